//! Schemes that programs register for themselves, such as `myapp://`: the addresses of mobile apps.

/// Schemes that browsers and systems run or read themselves. None of them is an app's.
const FORBIDDEN: [&str; 12] =
    ["http", "https", "ws", "wss", "ftp", "file", "javascript", "vbscript", "data", "blob", "about", "filesystem"];

/// The scheme of an app's address, and the text behind `//` up to the next slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AppAddress {
    scheme: String,
    authority: String,
}

impl AppAddress {
    /// `None` for an address of the web, one that a browser runs, and one that two parsers could read in two ways.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let is_name = scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        let is_plain = url.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'*');
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let is_app = is_name && is_plain && !authority.contains('@') && !FORBIDDEN.contains(&scheme.as_str());
        is_app.then(|| Self { scheme, authority: authority.to_owned() })
    }

    /// Whether an entry of the list of trusted origins admits this address: the scheme is the same, and so is the text up
    /// to the next slash, if the entry has one. Beginnings alone are not compared: `app://a` does not admit `app://a.evil`.
    pub(crate) fn is_admitted_by(&self, entry: &Self) -> bool {
        self.scheme == entry.scheme && (entry.authority.is_empty() || self.authority == entry.authority)
    }

    /// Whether this is an `Origin` header of the address: the address without a path.
    pub(crate) fn is_header(&self, header: &str) -> bool {
        header == format!("{}://{}", self.scheme, self.authority)
    }
}

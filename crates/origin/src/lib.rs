//! Origins of web pages, which of them are trusted, and where a browser may be sent. Rules of cookies, redirects and
//! cross-origin requests alike; no HTTP in here.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Scheme, host and port of an `http` or `https` address; the port is left out where it is the scheme's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    https: bool,
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// The origin of a URL. Stricter than a browser: what two parsers could read in two ways (user info,
    /// letters beyond ASCII, backslashes or blanks before the path, missing slashes) has no origin here.
    pub fn parse(url: &str) -> Option<Self> {
        if url.chars().any(char::is_control) {
            return None;
        }
        let (scheme, rest) = url.split_once("://")?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let (host, port) = split_port(authority)?;
        Some(Self { https, host: parse_host(host)?, port: port.filter(|port| *port != default_port(https)) })
    }

    /// The origin of a request to this `Host` under the scheme of `self`.
    pub fn with_host(&self, host: &str) -> Option<Self> {
        let scheme = self.scheme();
        Self::parse(&format!("{scheme}://{host}")).filter(|_| !host.contains(['/', '?', '#']))
    }

    /// Whether the scheme is https.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether only this machine can reach it.
    pub fn is_local(&self) -> bool {
        let v4 = self.host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        v4 || self.host == "[::1]" || self.host == "localhost" || self.host.ends_with(".localhost")
    }

    fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    fn authority(&self) -> String {
        self.port.map_or_else(|| self.host.clone(), |port| format!("{}:{port}", self.host))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority())
    }
}

fn default_port(https: bool) -> u16 {
    if https { 443 } else { 80 }
}

fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    match authority.rsplit_once(':') {
        Some((host, "")) => Some((host, None)),
        Some((host, port)) if !port.ends_with(']') => {
            let digits = port.bytes().all(|b| b.is_ascii_digit());
            digits.then_some(())?;
            Some((host, Some(port.parse().ok()?)))
        }
        _ => Some((authority, None)),
    }
}

fn parse_host(host: &str) -> Option<String> {
    if let Some(inner) = host.strip_prefix('[') {
        let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
        return Some(format!("[{address}]"));
    }
    let fine = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let last = host.trim_end_matches('.').rsplit('.').next()?;
    let numeric =
        last.starts_with(|c: char| c.is_ascii_digit()) && last.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x');
    let unambiguous = !numeric || host.parse::<Ipv4Addr>().is_ok();
    (fine && unambiguous).then(|| host.to_ascii_lowercase())
}

/// The origins that may call with cookies and be redirected to: our own and those that the operator lists.
#[derive(Debug, Clone)]
pub struct TrustedOrigins {
    own: Origin,
    others: Vec<Pattern>,
}

#[derive(Debug, Clone)]
enum Pattern {
    Exact(Origin),
    /// Matched against the whole origin.
    WithScheme(String),
    /// Matched against host and port.
    HostOnly(String),
}

impl TrustedOrigins {
    /// `base` alone.
    pub fn own(base: &Origin) -> Self {
        Self { own: base.clone(), others: Vec::new() }
    }

    /// `base` and a comma-separated list of origins and patterns; the error names the entry that is neither.
    /// In a pattern `*` is any run of characters, dots included, and `?` is one character.
    pub fn parse(base: &Origin, list: &str) -> Result<Self, String> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let patterns = entries.map(|entry| Pattern::parse(entry).ok_or_else(|| unusable(entry)));
        Ok(Self { own: base.clone(), others: patterns.collect::<Result<_, _>>()? })
    }

    /// Whether the origin of this URL (or `Origin` header) is trusted.
    pub fn trusts(&self, url: &str) -> bool {
        Origin::parse(url).is_some_and(|origin| origin == self.own || self.lists(&origin))
    }

    /// Whether this is the `Origin` header of a page that is not ours and may read our answers.
    pub fn admits(&self, header: &str) -> bool {
        let origin = Origin::parse(header).filter(|origin| origin.to_string() == header);
        origin.is_some_and(|origin| origin != self.own && self.lists(&origin))
    }

    /// Whether there is any such page.
    pub fn admits_any(&self) -> bool {
        !self.others.is_empty()
    }

    /// Whether a browser may be sent to this address: a path here, or a URL of a trusted origin.
    pub fn allows_target(&self, target: &str) -> bool {
        if target.starts_with('/') { is_safe_path(target) } else { self.trusts(target) }
    }

    fn lists(&self, origin: &Origin) -> bool {
        self.others.iter().any(|pattern| pattern.matches(origin))
    }
}

fn unusable(entry: &str) -> String {
    format!("{entry:?} is no http or https origin or pattern")
}

impl Pattern {
    fn parse(entry: &str) -> Option<Self> {
        if !entry.contains(['*', '?']) {
            return Origin::parse(entry).map(Self::Exact);
        }
        let entry = entry.trim_end_matches('/').to_ascii_lowercase();
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]*?".contains(&b));
        match entry.split_once("://") {
            Some((scheme, host)) => {
                (plain(scheme) && plain(host) && !host.is_empty()).then(|| Self::WithScheme(entry.clone()))
            }
            None => plain(&entry).then_some(Self::HostOnly(entry)),
        }
    }

    fn matches(&self, origin: &Origin) -> bool {
        match self {
            Self::Exact(trusted) => trusted == origin,
            Self::WithScheme(pattern) => {
                let host = pattern.split_once("://").map_or("", |(_, host)| host);
                glob(pattern, &origin.to_string()) && range_admits(host, origin)
            }
            Self::HostOnly(pattern) => glob(pattern, &origin.authority()) && range_admits(pattern, origin),
        }
    }
}

/// A pattern of digits, dots and wildcards names addresses: `192.168.*` is not for `192.168.evil.example`.
fn range_admits(pattern: &str, origin: &Origin) -> bool {
    let host = pattern.split(':').next().unwrap_or(pattern);
    let is_range =
        host.contains(|c: char| c.is_ascii_digit()) && host.bytes().all(|b| b.is_ascii_digit() || b"*?.".contains(&b));
    !is_range || origin.host.parse::<Ipv4Addr>().is_ok()
}

/// `*` matches any run of characters but slashes, `?` one; the last `*` is where matching starts over.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(b'?') if text[t] != b'/' => (p, t) = (p + 1, t + 1),
            Some(letter) if *letter == text[t] => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) if text[from] != b'/' => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                _ => return false,
            },
        }
    }
    pattern[p..].iter().all(|letter| *letter == b'*')
}

/// A path that every browser and router reads as one on this host.
fn is_safe_path(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target).to_ascii_lowercase();
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains('\\')
        && !target.chars().any(char::is_control)
        && !path.contains("%2f")
        && !path.contains("%5c")
}

#[cfg(test)]
mod tests;

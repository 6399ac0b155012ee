//! The origins that are trusted.

use crate::app_scheme::AppAddress;
use crate::origin::Origin;
use crate::pattern::OriginPattern;

/// The origins that may call with cookies and be redirected to: our own and those that the operator lists.
#[derive(Debug, Clone)]
pub struct TrustedOrigins {
    own: Origin,
    others: Vec<OriginPattern>,
}

impl TrustedOrigins {
    /// `base` alone.
    pub fn own(base: &Origin) -> Self {
        Self { own: base.clone(), others: Vec::new() }
    }

    /// `base` and a comma-separated list of origins, addresses of apps (`myapp://`) and patterns. The error names an entry that is neither.
    /// In a pattern `*` is any run of characters, dots included, and `?` is one character.
    pub fn parse(base: &Origin, list: &str) -> Result<Self, String> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let patterns = entries.map(|entry| OriginPattern::parse(entry).ok_or_else(|| entry_error(entry)));
        Ok(Self { own: base.clone(), others: patterns.collect::<Result<_, _>>()? })
    }

    /// Whether the origin of this URL (or `Origin` header) is trusted.
    pub fn trusts(&self, url: &str) -> bool {
        match Origin::parse(url) {
            Some(origin) => origin == self.own || self.lists(&origin),
            None => AppAddress::parse(url).is_some_and(|address| self.lists_app(&address)),
        }
    }

    /// Whether this is the `Origin` header of a page that is not ours and may read our responses.
    pub fn admits(&self, header: &str) -> bool {
        match Origin::parse(header) {
            Some(origin) => origin.to_string() == header && origin != self.own && self.lists(&origin),
            None => AppAddress::parse(header).is_some_and(|app| app.is_header(header) && self.lists_app(&app)),
        }
    }

    /// Whether there is any such page.
    pub fn admits_any(&self) -> bool {
        !self.others.is_empty()
    }

    /// Whether a browser may be redirected to this address: a path here, or a URL of a trusted origin.
    pub fn allows_target(&self, target: &str) -> bool {
        if target.starts_with('/') { is_safe_path(target) } else { self.trusts(target) }
    }

    fn lists_app(&self, address: &AppAddress) -> bool {
        self.others.iter().any(|pattern| pattern.matches_app(address))
    }

    fn lists(&self, origin: &Origin) -> bool {
        self.others.iter().any(|pattern| pattern.matches(origin))
    }
}

pub(crate) fn entry_error(entry: &str) -> String {
    format!("{entry:?} is no origin of http, https or an app's own scheme, and no pattern")
}

/// Whether every browser and router reads this as a path on this host.
fn is_safe_path(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target).to_ascii_lowercase();
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains('\\')
        && !target.chars().any(char::is_control)
        && !path.contains("%2f")
        && !path.contains("%5c")
}

//! Patterns of origins.

use crate::app_scheme::AppAddress;
use crate::origin::Origin;

/// An entry of the list of trusted origins. In it `*` is any run of characters but slashes, and `?` is one character.
#[derive(Debug, Clone)]
pub(crate) enum OriginPattern {
    Exact(Origin),
    /// Of an app. It matches no origin of the web.
    App(AppAddress),
    /// Matched against the whole origin.
    WithScheme(String),
    /// Matched against host and port.
    HostOnly(String),
}

impl OriginPattern {
    pub(crate) fn parse(entry: &str) -> Option<Self> {
        if !entry.contains(['*', '?']) {
            let web = Origin::parse(entry).map(Self::Exact);
            return web.or_else(|| AppAddress::parse(entry).map(Self::App));
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

    /// Whether it admits an app's address.
    pub(crate) fn matches_app(&self, address: &AppAddress) -> bool {
        matches!(self, Self::App(entry) if address.is_admitted_by(entry))
    }

    pub(crate) fn matches(&self, origin: &Origin) -> bool {
        match self {
            Self::Exact(trusted) => trusted == origin,
            Self::App(_) => false,
            Self::WithScheme(pattern) => {
                let host = pattern.split_once("://").map_or("", |(_, host)| host);
                glob(pattern, &origin.to_string()) && range_admits(host, origin)
            }
            Self::HostOnly(pattern) => glob(pattern, &origin.authority()) && range_admits(pattern, origin),
        }
    }
}

/// Whether a pattern of digits, dots and wildcards, which names addresses, meets an address: `192.168.*` does not match
/// `192.168.evil.example`.
fn range_admits(pattern: &str, origin: &Origin) -> bool {
    let host = pattern.split(':').next().unwrap_or(pattern);
    let is_range =
        host.contains(|c: char| c.is_ascii_digit()) && host.bytes().all(|b| b.is_ascii_digit() || b"*?.".contains(&b));
    !is_range || origin.is_ipv4()
}

/// Matching starts over at the last `*`.
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

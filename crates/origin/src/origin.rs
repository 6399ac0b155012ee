//! An origin.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Scheme, host and port of an `http` or `https` address; the port is left out where it is the scheme's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    https: bool,
    host: String,
    port: Option<u16>,
}

/// The names by which a machine calls itself, as they stand in URLs.
pub const LOOPBACK_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Origin {
    /// The origin of a URL. This is stricter than a browser: a URL that two parsers could read in two ways (user info,
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

    /// The origin of a request with this `Host`, under the scheme of `self`.
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

    /// Whether the host is an IPv4 address.
    pub(crate) fn is_ipv4(&self) -> bool {
        self.host.parse::<Ipv4Addr>().is_ok()
    }

    fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    /// Host and port, without the scheme's own port.
    pub(crate) fn authority(&self) -> String {
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

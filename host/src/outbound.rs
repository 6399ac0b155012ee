//! Which servers a component may call: `allowed_outbound_hosts`, `scheme://host:port` with Spin's wildcards.
//! What is not allowed is refused.

use anyhow::{Context, Result, anyhow, bail, ensure};
use url::Host;

use crate::variables::{Template, Values};

/// The domain under which the components of an app call each other.
pub(crate) const CHAIN_SUFFIX: &str = ".spin.internal";

/// The servers that one component may call.
#[derive(Debug)]
pub(crate) struct AllowedHosts(Vec<Pattern>);

#[derive(Debug, PartialEq)]
struct Pattern {
    scheme: Option<String>,
    host: HostPattern,
    ports: Option<std::ops::RangeInclusive<u16>>,
}

#[derive(Debug, PartialEq)]
enum HostPattern {
    Any,
    Suffix(String),
    Exactly(Host),
    Own,
}

impl AllowedHosts {
    /// Fills the templates and parses; an entry that a variable leaves empty allows nothing.
    pub(crate) fn new(entries: &[String], values: &Values, components: &[&str]) -> Result<Self> {
        let mut patterns = Vec::new();
        for entry in entries {
            let template = Template::parse(entry)?;
            let filled = template.fill(values)?;
            let empty = matches!(filled.reveal(), "" | "http://" | "https://");
            if empty && template.names().next().is_some() {
                continue;
            }
            let pattern =
                Pattern::parse(filled.reveal()).with_context(|| format!("allowed_outbound_hosts: {entry:?}"))?;
            patterns.extend(pattern.per_component(components));
        }
        Ok(Self(patterns))
    }

    /// Tells whether a server may be called.
    pub(crate) fn allows(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        let (Ok(host), Some(port)) = (Host::parse(host), port.or_else(|| default_port(scheme))) else { return false };
        self.0.iter().any(|pattern| {
            pattern.scheme.as_deref().is_none_or(|allowed| allowed == scheme)
                && pattern.host.allows(&host)
                && pattern.ports.as_ref().is_none_or(|ports| ports.contains(&port))
        })
    }

    /// Tells whether the app itself may be called as `self`.
    pub(crate) fn allows_self(&self) -> bool {
        self.0.iter().any(|pattern| {
            pattern.scheme.as_deref().is_none_or(|scheme| scheme.starts_with("http"))
                && matches!(pattern.host, HostPattern::Any | HostPattern::Own)
        })
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Self> {
        let (scheme, rest) =
            text.trim().split_once("://").ok_or_else(|| anyhow!("no scheme; write scheme://host:port"))?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        ensure!(!rest.contains('/'), "no path and no network is possible here; write scheme://host:port");
        ensure!(scheme == "*" || scheme.chars().all(char::is_alphabetic), "the scheme is a word or *");
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (rest, ""),
        };
        let ports = match port {
            "*" => None,
            "" => {
                let port =
                    default_port(scheme).ok_or_else(|| anyhow!("a port is needed: {scheme:?} has no default"))?;
                Some(port..=port)
            }
            _ => Some(port_range(port)?),
        };
        Ok(Self { scheme: (scheme != "*").then(|| scheme.to_owned()), host: HostPattern::parse(host)?, ports })
    }

    /// `*.spin.internal` stands for the components that there are.
    fn per_component(self, components: &[&str]) -> Vec<Self> {
        match &self.host {
            HostPattern::Suffix(suffix) if suffix == CHAIN_SUFFIX => components
                .iter()
                .map(|id| Self {
                    scheme: self.scheme.clone(),
                    host: HostPattern::Exactly(Host::Domain(format!("{id}{CHAIN_SUFFIX}"))),
                    ports: self.ports.clone(),
                })
                .collect(),
            _ => vec![self],
        }
    }
}

impl HostPattern {
    fn parse(host: &str) -> Result<Self> {
        Ok(match host {
            "*" => Self::Any,
            "self" | "self.alt" => Self::Own,
            _ => match host.strip_prefix("*.") {
                Some(domain) => match Host::parse(domain).context("the part after *. must be a domain")? {
                    Host::Domain(domain) => Self::Suffix(format!(".{domain}")),
                    _ => bail!("the part after *. must be a domain"),
                },
                None => Self::Exactly(Host::parse(host).with_context(|| format!("{host:?} is not a host"))?),
            },
        })
    }

    fn allows(&self, host: &Host) -> bool {
        match (self, host) {
            (Self::Any, _) => true,
            (Self::Suffix(suffix), Host::Domain(domain)) => domain.ends_with(suffix),
            (Self::Exactly(allowed), host) => allowed == host,
            _ => false,
        }
    }
}

/// `n` or, as a half-open range, `n..m`.
fn port_range(text: &str) -> Result<std::ops::RangeInclusive<u16>> {
    let number = |text: &str| text.parse::<u16>().with_context(|| format!("{text:?} is not a port"));
    match text.split_once("..") {
        Some((from, to)) => Ok(number(from)?..=number(to)?.checked_sub(1).context("an empty range of ports")?),
        None => Ok(number(text)?..=number(text)?),
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "postgres" => Some(5432),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(entries: &[&str]) -> Result<AllowedHosts> {
        let values = Values::from([("db".to_owned(), "*:5432".into()), ("none".to_owned(), "".into())]);
        let entries: Vec<_> = entries.iter().map(|entry| entry.to_string()).collect();
        AllowedHosts::new(&entries, &values, &["auth", "mcp"])
    }

    #[test]
    fn scheme_host_and_port_must_all_match() {
        let hosts = allowed(&["https://api.example.test", "http://127.0.0.1:8080", "http://[::1]:*"]).unwrap();
        assert!(hosts.allows("https", "api.example.test", None));
        assert!(hosts.allows("https", "API.example.test", Some(443)));
        assert!(!hosts.allows("http", "api.example.test", None));
        assert!(!hosts.allows("https", "api.example.test", Some(444)));
        assert!(!hosts.allows("https", "evil.api.example.test", None));
        assert!(hosts.allows("http", "127.0.0.1", Some(8080)));
        assert!(hosts.allows("http", "[::1]", Some(1)));
        assert!(!hosts.allows("http", "localhost", Some(8080)));
    }

    #[test]
    fn wildcards_and_ranges() {
        let hosts =
            allowed(&["https://*.example.test", "*://b.test:10..20", "postgres://{{ db }}", "{{ none }}"]).unwrap();
        assert!(hosts.allows("https", "a.b.example.test", None));
        assert!(!hosts.allows("https", "example.test", None));
        assert!(hosts.allows("http", "b.test", Some(19)));
        assert!(!hosts.allows("http", "b.test", Some(20)));
        assert!(hosts.allows("postgres", "anything", None));
        assert!(!hosts.allows("postgres", "anything", Some(6432)));
    }

    #[test]
    fn chaining_is_limited_to_components_that_exist() {
        let hosts = allowed(&["http://*.spin.internal"]).unwrap();
        assert!(hosts.allows("http", "mcp.spin.internal", None));
        assert!(!hosts.allows("http", "other.spin.internal", None));
        assert!(!hosts.allows_self());
        assert!(allowed(&["http://self"]).unwrap().allows_self());
    }

    #[test]
    fn nothing_is_allowed_by_default_and_nonsense_is_refused() {
        assert!(!allowed(&[]).unwrap().allows("https", "a.test", None));
        for entry in ["*", "a.test", "https://a.test/path", "ftp://a.test", "http://a.test:x", "http://10.0.0.0/8"] {
            assert!(allowed(&[entry]).is_err(), "{entry}");
        }
    }
}

//! The servers that a component may call: `allowed_outbound_hosts`, `scheme://host:port` with Spin's wildcards.
//! Nothing is allowed by default.

use anyhow::{Context, Result, anyhow, bail, ensure};
use url::Host;

use crate::manifest::variables::{VariableTemplate, VariableValues};

/// The domain under which the components of an app call each other.
pub(crate) const CHAIN_SUFFIX: &str = ".spin.internal";

/// The servers that one component may call.
#[derive(Debug)]
pub(crate) struct AllowedHosts(Vec<AllowedServer>);

#[derive(Debug, PartialEq)]
struct AllowedServer {
    scheme: Option<String>,
    host: HostPattern,
    ports: Option<std::ops::RangeInclusive<u16>>,
}

#[derive(Debug, PartialEq)]
enum HostPattern {
    Any,
    Suffix(String),
    Exactly(Host),
    Itself,
}

impl AllowedHosts {
    /// Fills the templates and parses; an entry that a variable leaves empty allows nothing.
    pub(crate) fn new(entries: &[String], values: &VariableValues, components: &[&str]) -> Result<Self> {
        let mut patterns = Vec::new();
        for entry in entries {
            let template = VariableTemplate::parse(entry)?;
            let filled = template.fill(values)?;
            let empty = matches!(filled.reveal(), "" | "http://" | "https://");
            if empty && template.names().next().is_some() {
                continue;
            }
            let pattern =
                AllowedServer::parse(filled.reveal()).with_context(|| format!("allowed_outbound_hosts: {entry:?}"))?;
            patterns.extend(pattern.per_component(components));
        }
        Ok(Self(patterns))
    }

    /// Whether a server may be called.
    pub(crate) fn allows(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        let (Ok(host), Some(port)) = (Host::parse(host), port.or_else(|| default_port(scheme))) else { return false };
        self.0.iter().any(|pattern| {
            pattern.scheme.as_deref().is_none_or(|allowed| allowed == scheme)
                && pattern.host.allows(&host)
                && pattern.ports.as_ref().is_none_or(|ports| ports.contains(&port))
        })
    }

    /// Whether the app itself may be called as `self`.
    pub(crate) fn allows_self(&self) -> bool {
        self.0.iter().any(|pattern| {
            pattern.scheme.as_deref().is_none_or(|scheme| scheme.starts_with("http"))
                && matches!(pattern.host, HostPattern::Any | HostPattern::Itself)
        })
    }
}

impl AllowedServer {
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

    /// `*.spin.internal` stands for the components of the app.
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
            "self" | "self.alt" => Self::Itself,
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

/// A port `n`, or ports `n..m` without `m`.
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
mod tests;

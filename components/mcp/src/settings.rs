//! What the deployment decides.

use edge::ApiError;
use http::Uri;
use origin::{Origin, TrustedOrigins};

/// The component's settings, read once per request.
#[derive(Debug)]
pub struct Settings {
    /// The public origin: issuer and first-party audience of tokens.
    pub origin: String,
    /// What an OAuth token for this server is issued for, and the URL that people type.
    pub resource: String,
    /// The host names this server answers to, in lower case, without ports.
    pub hosts: Vec<String>,
    /// The pages of other origins that may call.
    pub trusted: TrustedOrigins,
    /// The longest request body, in bytes.
    pub body_limit: usize,
}

/// The longest body that can be allowed: it is held in memory several times.
const MOST: usize = 16 << 20;

/// What `mcp_body_limit` says, in bytes.
pub fn body_limit(text: &str) -> Result<usize, ApiError> {
    let limit = text.trim().parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or_else(|| ApiError::internal(format!("variable mcp_body_limit is not a number from 1 to {MOST}")))
}

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Settings {
    /// The settings of a server at `origin` that also answers to the names in `extra_hosts`, separated by commas.
    pub fn new(origin: String, extra_hosts: &str, body_limit: usize) -> Result<Self, ApiError> {
        let own = Origin::parse(&origin).ok_or_else(|| ApiError::internal("variable better_auth_url names no host"))?;
        let uri: Option<Uri> = origin.parse().ok();
        let host = uri.as_ref().and_then(Uri::host).filter(|host| !host.is_empty()).map(str::to_ascii_lowercase);
        let host = host.ok_or_else(|| ApiError::internal("variable better_auth_url names no host"))?;
        let mut hosts = match LOOPBACK.contains(&host.as_str()) {
            true => LOOPBACK.map(str::to_owned).to_vec(),
            false => vec![host],
        };
        hosts.extend(
            extra_hosts.split(',').map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty()),
        );
        let trusted = TrustedOrigins::parse(&own, "").expect("an empty list has no bad entry");
        Ok(Self { resource: format!("{origin}/mcp"), origin, hosts, trusted, body_limit })
    }

    /// The same with pages of other origins that may call.
    pub fn trusting(self, trusted: TrustedOrigins) -> Self {
        Self { trusted, ..self }
    }

    /// Where the metadata of this resource is.
    pub fn metadata_url(&self) -> String {
        format!("{}/.well-known/oauth-protected-resource/mcp", self.origin)
    }

    /// The authorization server that issues tokens for this resource.
    pub fn authorization_server(&self) -> String {
        format!("{}/api/auth", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(origin: &str, extra: &str) -> Vec<String> {
        Settings::new(origin.to_owned(), extra, 1).unwrap().hosts
    }

    #[test]
    fn a_loopback_server_answers_to_all_loopback_names() {
        for origin in ["http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"] {
            assert_eq!(hosts(origin, ""), LOOPBACK, "{origin}");
        }
        assert_eq!(hosts("https://todo.local", " MCP.spin.internal, ,b "), ["todo.local", "mcp.spin.internal", "b"]);
    }

    #[test]
    fn an_origin_without_a_host_is_a_fault_of_the_deployment() {
        for origin in ["", "http://", "http://a b"] {
            assert_eq!(Settings::new(origin.to_owned(), "", 1).unwrap_err().status, 500, "{origin}");
        }
    }

    #[test]
    fn a_limit_is_a_number_within_reason() {
        assert_eq!(body_limit(" 1048576 ").unwrap(), 1 << 20);
        for bad in ["", "0", "-1", "1e6", "16777217"] {
            assert_eq!(body_limit(bad).unwrap_err().status, 500, "{bad}");
        }
    }
}

//! What the deployment decides.

use http::Uri;
use http_api::{ApiError, OriginsLoader};

/// Where this server is. What else the operator set is read when a request asks for it.
pub struct Settings<'a> {
    /// The public origin: issuer and first-party audience of tokens.
    pub origin: String,
    /// What an OAuth token for this server is issued for, and the URL that people type.
    pub resource: String,
    /// The host names that this server answers to anyway, in lower case, without ports.
    hosts: Vec<String>,
    variable: Variable<'a>,
    trusted: OriginsLoader<'a>,
}

/// How variables are read.
type Variable<'a> = &'a dyn Fn(&str) -> Result<String, ApiError>;

/// The longest body that can be allowed: it is held in memory several times.
const MOST: usize = 16 << 20;
/// A body of this many bytes is read without asking for the limit.
const LEAST: usize = http_api::SMALL_BODY;

/// The longest request body in bytes, as `mcp_body_limit` says.
pub fn body_limit(variable: Variable<'_>) -> Result<usize, ApiError> {
    let limit = variable("mcp_body_limit")?.trim().parse().ok().filter(|limit| (LEAST..=MOST).contains(limit));
    let wrong = || format!("variable mcp_body_limit is not a number from {LEAST} to {MOST}");
    limit.ok_or_else(|| ApiError::internal(wrong()))
}

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl<'a> Settings<'a> {
    /// The settings of a server at `origin`.
    pub fn new(origin: String, variable: Variable<'a>, trusted: OriginsLoader<'a>) -> Result<Self, ApiError> {
        let uri: Option<Uri> = origin.parse().ok();
        let host = uri.as_ref().and_then(Uri::host).filter(|host| !host.is_empty()).map(str::to_ascii_lowercase);
        let host = host.ok_or_else(|| ApiError::internal("variable better_auth_url names no host"))?;
        let hosts = match LOOPBACK.contains(&host.as_str()) {
            true => LOOPBACK.map(str::to_owned).to_vec(),
            false => vec![host],
        };
        Ok(Self { resource: format!("{origin}/mcp"), origin, hosts, variable, trusted })
    }

    /// Whether this server answers to a host name (in lower case, without port): its own, and those in `mcp_allowed_hosts`.
    pub fn answers_to(&self, host: &str) -> Result<bool, ApiError> {
        if self.hosts.iter().any(|own| own == host) {
            return Ok(true);
        }
        let listed = |list: &str| list.split(',').any(|name| name.trim().eq_ignore_ascii_case(host));
        Ok(!host.is_empty() && listed(&(self.variable)("mcp_allowed_hosts")?))
    }

    /// Whether the operator lists this page's origin.
    pub fn trusts(&self, page: &str) -> Result<bool, ApiError> {
        Ok((self.trusted)()?.admits(page))
    }

    /// The longest request body, in bytes.
    pub fn body_limit(&self) -> Result<usize, ApiError> {
        body_limit(self.variable)
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

    fn unread() -> Result<origin::TrustedOrigins, ApiError> {
        panic!("no page's origin is judged")
    }

    fn answers(origin: &str, host: &str) -> bool {
        let listed = |_: &str| Ok(" MCP.spin.internal, ,b ".to_owned());
        Settings::new(origin.to_owned(), &listed, &unread).unwrap().answers_to(host).unwrap()
    }

    #[test]
    fn a_loopback_server_answers_to_all_loopback_names() {
        for origin in ["http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"] {
            assert!(LOOPBACK.iter().all(|host| answers(origin, host)), "{origin}");
            assert!(!answers(origin, "todo.local") && answers(origin, "b"), "{origin}");
        }
        assert!(["todo.local", "mcp.spin.internal", "b"].iter().all(|host| answers("https://todo.local", host)));
        assert!(["localhost", "", "spin.internal"].iter().all(|host| !answers("https://todo.local", host)));
    }

    #[test]
    fn the_list_is_read_for_hosts_of_others_alone() {
        let unreadable = |name: &str| Err(ApiError::internal(name));
        let settings = Settings::new("https://todo.local".to_owned(), &unreadable, &unread).unwrap();
        assert!(settings.answers_to("todo.local").unwrap());
        assert_eq!(settings.answers_to("b").unwrap_err().cause.unwrap(), "mcp_allowed_hosts");
    }

    #[test]
    fn an_origin_without_a_host_is_a_fault_of_the_deployment() {
        for origin in ["", "http://", "http://a b"] {
            let error = Settings::new(origin.to_owned(), &|_| Ok(String::new()), &unread).err().unwrap();
            assert_eq!(error.status, 500, "{origin}");
        }
    }

    #[test]
    fn a_limit_is_a_number_within_reason() {
        let limit = |text: &str| body_limit(&|_| Ok(text.to_owned()));
        assert_eq!(limit(" 1048576 ").unwrap(), 1 << 20);
        for bad in ["", "0", "-1", "1e6", "4095", "16777217"] {
            assert_eq!(limit(bad).unwrap_err().status, 500, "{bad}");
        }
    }
}

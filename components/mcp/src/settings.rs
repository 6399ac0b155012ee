//! The settings of the deployment.

use http::Uri;
use http_api::ApiError;
use origin::LOOPBACK_NAMES;

/// The address of this server. All other variables are read when a request needs them.
pub struct McpSettings<'a> {
    /// The public origin: issuer and first-party audience of tokens.
    pub origin: String,
    /// The audience of OAuth tokens, and the URL that people give to their client.
    pub resource: String,
    /// The host names of this server, in lower case, without ports.
    hosts: Vec<String>,
    variable: VariableReader<'a>,
}

/// Reads a variable.
type VariableReader<'a> = &'a dyn Fn(&str) -> Result<String, ApiError>;

/// The greatest limit of a body, which is held in memory several times.
const MAX_LIMIT: usize = 16 << 20;
/// The smallest limit: a body of this size is read without reading the limit.
const MIN_LIMIT: usize = http_api::SMALL_BODY;

/// The longest request body in bytes, as `mcp_body_limit` says.
pub fn body_limit(variable: VariableReader<'_>) -> Result<usize, ApiError> {
    let limit = variable("mcp_body_limit")?.trim().parse().ok().filter(|limit| (MIN_LIMIT..=MAX_LIMIT).contains(limit));
    let wrong = || format!("variable mcp_body_limit is not a number from {MIN_LIMIT} to {MAX_LIMIT}");
    limit.ok_or_else(|| ApiError::internal(wrong()))
}

impl<'a> McpSettings<'a> {
    /// The settings of a server at `origin`.
    pub fn new(origin: String, variable: VariableReader<'a>) -> Result<Self, ApiError> {
        let uri: Option<Uri> = origin.parse().ok();
        let host = uri.as_ref().and_then(Uri::host).filter(|host| !host.is_empty()).map(str::to_ascii_lowercase);
        let host = host.ok_or_else(|| ApiError::internal("variable better_auth_url names no host"))?;
        let hosts = match LOOPBACK_NAMES.contains(&host.as_str()) {
            true => LOOPBACK_NAMES.map(str::to_owned).to_vec(),
            false => vec![host],
        };
        Ok(Self { resource: format!("{origin}/mcp"), origin, hosts, variable })
    }

    /// Whether a host name (in lower case, without port) is one of this server's own or of `mcp_allowed_hosts`.
    pub fn allows_host(&self, host: &str) -> Result<bool, ApiError> {
        if self.hosts.iter().any(|own| own == host) {
            return Ok(true);
        }
        let listed = |list: &str| list.split(',').any(|name| name.trim().eq_ignore_ascii_case(host));
        Ok(!host.is_empty() && listed(&(self.variable)("mcp_allowed_hosts")?))
    }

    /// Whether pages of this origin may call the server, as `mcp_allowed_origins` says: `*`, or a list.
    pub fn allows_origin(&self, page: &str) -> Result<bool, ApiError> {
        let listed = |name: &str| name == "*" || (!name.is_empty() && name.eq_ignore_ascii_case(page));
        Ok((self.variable)("mcp_allowed_origins")?.split(',').any(|name| listed(name.trim())))
    }

    /// The longest request body, in bytes.
    pub fn body_limit(&self) -> Result<usize, ApiError> {
        body_limit(self.variable)
    }

    /// The resource under the name of this host, where the machine is called so: clients compare it with the URL that
    /// they were given.
    pub fn resource_at(&self, host: Option<&str>) -> String {
        format!("{}/mcp", self.origin_at(host))
    }

    /// The URL of this resource's metadata under the name of this host.
    pub fn metadata_url_at(&self, host: Option<&str>) -> String {
        format!("{}/.well-known/oauth-protected-resource/mcp", self.origin_at(host))
    }

    /// The public origin. A machine that is asked by another of its loopback names is called by that one.
    fn origin_at(&self, host: Option<&str>) -> String {
        let own = self.origin.split_once("://").and_then(|(scheme, rest)| {
            let name = self.hosts.iter().find(|name| Some(name.as_str()) == host)?;
            let own = self.hosts.iter().find(|own| rest.strip_prefix(own.as_str()).is_some_and(is_port))?;
            Some(format!("{scheme}://{name}{}", &rest[own.len()..]))
        });
        own.unwrap_or_else(|| self.origin.clone())
    }

    /// The authorization server that issues tokens for this resource.
    pub fn authorization_server(&self) -> String {
        format!("{}/api/auth", self.origin)
    }
}

fn is_port(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(origin: &str, host: &str) -> bool {
        let listed = |_: &str| Ok(" MCP.spin.internal, ,b ".to_owned());
        McpSettings::new(origin.to_owned(), &listed).unwrap().allows_host(host).unwrap()
    }

    #[test]
    fn a_loopback_server_allows_all_loopback_names() {
        for origin in ["http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"] {
            assert!(LOOPBACK_NAMES.iter().all(|host| allows(origin, host)), "{origin}");
            assert!(!allows(origin, "todo.local") && allows(origin, "b"), "{origin}");
        }
        assert!(["todo.local", "mcp.spin.internal", "b"].iter().all(|host| allows("https://todo.local", host)));
        assert!(["localhost", "", "spin.internal"].iter().all(|host| !allows("https://todo.local", host)));
    }

    #[test]
    fn the_list_is_not_read_for_the_servers_own_host() {
        let unreadable = |name: &str| Err(ApiError::internal(name));
        let settings = McpSettings::new("https://todo.local".to_owned(), &unreadable).unwrap();
        assert!(settings.allows_host("todo.local").unwrap());
        assert_eq!(settings.allows_host("b").unwrap_err().cause.as_deref(), Some("mcp_allowed_hosts"));
    }

    #[test]
    fn a_loopback_server_is_called_as_it_was_asked() {
        let named = |origin: &str, host: Option<&str>| {
            McpSettings::new(origin.to_owned(), &|_| Ok(String::new())).unwrap().resource_at(host)
        };
        assert_eq!(named("http://localhost:3000", Some("127.0.0.1")), "http://127.0.0.1:3000/mcp");
        assert_eq!(named("http://127.0.0.1", Some("[::1]")), "http://[::1]/mcp");
        for host in [None, Some("evil.example"), Some("mcp.spin.internal"), Some("localhost")] {
            assert_eq!(named("http://localhost:3000", host), "http://localhost:3000/mcp", "{host:?}");
        }
        assert_eq!(named("https://todo.example", Some("localhost")), "https://todo.example/mcp");
        assert_eq!(named("https://localhost.example", Some("localhost")), "https://localhost.example/mcp");
    }

    #[test]
    fn pages_are_allowed_by_the_list_alone() {
        let allows = |list: &str, page: &str| {
            let list = |_: &str| Ok(list.to_owned());
            McpSettings::new("https://todo.example".to_owned(), &list).unwrap().allows_origin(page).unwrap()
        };
        assert!(
            allows("*", "null")
                && allows("*", "app://obsidian.md")
                && allows(" https://A.example ,x", "https://a.example")
        );
        assert!(!allows("https://a.example", "https://b.example") && !allows("", "") && !allows("", "null"));
    }

    #[test]
    fn an_origin_without_a_host_is_an_internal_error() {
        for origin in ["", "http://", "http://a b"] {
            let error = McpSettings::new(origin.to_owned(), &|_| Ok(String::new())).err().unwrap();
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

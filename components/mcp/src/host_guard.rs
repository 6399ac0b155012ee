//! Protection against DNS rebinding: a page of another site must not reach this server through a browser on the same
//! machine.

use http::uri::Authority;
use http::{StatusCode, Uri};
use http_api::{ApiError, Request};
use mcp_protocol::{RpcError, code};

use crate::error::McpError;
use crate::settings::McpSettings;

/// Rejects a `Host` that is not this server's, and an `Origin` that is neither of these hosts nor listed.
pub(crate) fn check(request: &Request, settings: &McpSettings) -> Result<(), McpError> {
    let is_own = |host: Option<String>| host.map_or(Ok(false), |host| settings.allows_host(&host));
    if !is_own(http_api::header(request, "host").and_then(host_of))? {
        return Err(forbidden("Host").into());
    }
    if !request.headers().contains_key("origin") {
        return Ok(());
    }
    let is_allowed = |origin: &str| Ok::<_, ApiError>(is_own(host_of_origin(origin))? || settings.trusts(origin)?);
    match http_api::header(request, "origin").map_or(Ok(false), is_allowed)? {
        true => Ok(()),
        false => Err(forbidden("Origin").into()),
    }
}

/// The host name of `name[:port]`, in lower case. `None` if the text contains anything else.
fn host_of(authority: &str) -> Option<String> {
    let authority: Authority = authority.parse().ok()?;
    let port = authority.as_str().strip_prefix(authority.host())?;
    let digits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    digits.then(|| authority.host().to_ascii_lowercase())
}

fn host_of_origin(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    uri.scheme()?;
    host_of(uri.authority()?.as_str())
}

fn forbidden(header: &str) -> RpcError {
    RpcError::new(StatusCode::FORBIDDEN, code::INVALID_REQUEST, format!("Forbidden: this {header} is not allowed"))
}

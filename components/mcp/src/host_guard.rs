//! Protection against DNS rebinding: a page of another site must not reach this server through a browser on the same
//! machine under a name of its own. Which pages may call the server under its own name is the operator's choice; every
//! page may by default, since nothing here is done for a cookie.

use http::StatusCode;
use http_api::Request;
use mcp_protocol::{RpcError, code};

use crate::error::McpError;
use crate::host_name;
use crate::settings::McpSettings;

/// Rejects a `Host` that is not this server's, and an `Origin` that the operator does not allow.
pub(crate) fn check(request: &Request, settings: &McpSettings) -> Result<(), McpError> {
    if !host_name::of(request).map_or(Ok(false), |host| settings.allows_host(&host))? {
        return Err(forbidden("Host").into());
    }
    if !request.headers().contains_key("origin") {
        return Ok(());
    }
    let origin = http_api::header(request, "origin").unwrap_or_default();
    let is_own = host_name::of_origin(origin).map_or(Ok(false), |host| settings.allows_host(&host))?;
    match is_own || settings.allows_origin(origin)? {
        true => Ok(()),
        false => Err(forbidden("Origin").into()),
    }
}

fn forbidden(header: &str) -> RpcError {
    RpcError::new(StatusCode::FORBIDDEN, code::INVALID_REQUEST, format!("Forbidden: this {header} is not allowed"))
}

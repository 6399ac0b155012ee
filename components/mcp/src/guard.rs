//! Against DNS rebinding: a page of another site must not reach this server through a browser on the same machine.

use http::uri::Authority;
use http::{StatusCode, Uri};
use http_api::{ApiError, Request};
use mcp_protocol::{RpcError, code};

use crate::Settings;
use crate::routes::Refusal;

/// Refuses a `Host` that is not ours and an `Origin` that is neither one of our hosts nor listed.
pub(crate) fn check(request: &Request, settings: &Settings) -> Result<(), Refusal> {
    let ours = |host: Option<String>| host.map_or(Ok(false), |host| settings.answers_to(&host));
    if !ours(http_api::header(request, "host").and_then(host_of))? {
        return Err(refused("Host").into());
    }
    if !request.headers().contains_key("origin") {
        return Ok(());
    }
    let admitted = |origin: &str| Ok::<_, ApiError>(ours(host_of_origin(origin))? || settings.trusts(origin)?);
    match http_api::header(request, "origin").map_or(Ok(false), admitted)? {
        true => Ok(()),
        false => Err(refused("Origin").into()),
    }
}

/// The host name of `name[:port]`, in lower case; nothing else may stand around it.
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

fn refused(header: &str) -> RpcError {
    RpcError::new(StatusCode::FORBIDDEN, code::INVALID_REQUEST, format!("Forbidden: this {header} is not allowed"))
}

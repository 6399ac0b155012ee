//! Who calls, and what their token permits (RFC 6750, RFC 9728): refusals are HTTP statuses with a challenge that
//! tells the client where to get a better token.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};
use http_api::{Rejection, Request, Response, User, Verifier};
use serde_json::json;
use task::tool::Tool;

use crate::Settings;

/// Reads tasks.
pub(crate) const READ: &str = "tasks:read";
/// Changes tasks, and reads them.
pub(crate) const WRITE: &str = "tasks:write";

/// Why a caller is refused.
pub(crate) enum Denied {
    /// No token, a bad one, or no keys to check it.
    Token(Rejection),
    /// The token lacks this scope.
    Scope(&'static str),
}

/// The user of a request.
pub(crate) fn user(request: &Request, verifier: &Verifier) -> Result<User, Denied> {
    http_api::verify_user(request, verifier).map_err(Denied::Token)
}

/// A first-party token has no scope and may do everything; `tasks:write` includes `tasks:read`.
pub(crate) fn permit(user: &User, tool: &Tool) -> Result<(), Denied> {
    let Some(scopes) = &user.scope else { return Ok(()) };
    let holds = |scope: &str| scopes.split(' ').any(|held| held == scope);
    match tool.read_only {
        true if holds(READ) || holds(WRITE) => Ok(()),
        true => Err(Denied::Scope(READ)),
        false if holds(WRITE) => Ok(()),
        false => Err(Denied::Scope(WRITE)),
    }
}

/// The refusal with its challenge, or the rejection that is not the caller's fault.
pub(crate) fn challenge(denied: Denied, settings: &Settings) -> Result<Response, Rejection> {
    let (status, error, description) = match denied {
        Denied::Token(Rejection::Missing) => (StatusCode::UNAUTHORIZED, None, None),
        Denied::Token(Rejection::Invalid(reason)) => {
            (StatusCode::UNAUTHORIZED, Some("invalid_token"), Some(reason.to_owned()))
        }
        Denied::Token(unavailable) => return Err(unavailable),
        Denied::Scope(scope) => {
            let description = format!("This tool needs the {scope} permission");
            (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(description))
        }
    };
    let body = match (error, &description) {
        (Some(error), Some(description)) => json!({ "error": error, "error_description": description }),
        _ => json!({ "error": "unauthorized" }),
    };
    let mut response = http_api::json(status, &body);
    let header = header(settings, error, description.as_deref());
    response.headers_mut().insert(WWW_AUTHENTICATE, header);
    Ok(response)
}

/// Both scopes at once: some clients cannot ask for more later.
fn header(settings: &Settings, error: Option<&str>, description: Option<&str>) -> HeaderValue {
    let mut text = "Bearer ".to_owned();
    for (name, value) in [("error", error), ("error_description", description)] {
        if let Some(value) = value {
            text.push_str(&format!("{name}=\"{value}\", "));
        }
    }
    text.push_str(&format!("scope=\"{READ} {WRITE}\", resource_metadata=\"{}\"", settings.metadata_url()));
    HeaderValue::try_from(text).expect("our own words and a parsed URL are visible ASCII")
}

//! What a token permits (RFC 6750, RFC 9728). A denial is a 401 or 403 with a challenge that tells the client where to
//! get a better token.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};
use http_api::{READ_SCOPE as READ, Rejection, Response, User, WRITE_SCOPE as WRITE};
use serde_json::json;
use task::tool::Tool;

/// Why a token is not enough.
pub(crate) enum AccessDenied {
    /// The token is missing or invalid, or the keys to verify it cannot be read.
    Token(Rejection),
    /// The token lacks this scope.
    Scope(&'static str),
}

/// Checks that a user's token permits a tool. A first-party token has no scope and permits all tools.
pub(crate) fn require_scope(user: &User, tool: &Tool) -> Result<(), AccessDenied> {
    match tool.read_only {
        true if !user.may_read() => Err(AccessDenied::Scope(READ)),
        false if !user.may_write() => Err(AccessDenied::Scope(WRITE)),
        _ => Ok(()),
    }
}

impl AccessDenied {
    /// The response with its challenge, or the rejection if the client is not at fault.
    pub(crate) fn into_response(self, metadata_url: &str) -> Result<Response, Rejection> {
        let (status, error, description) = match self {
            Self::Token(Rejection::Missing) => (StatusCode::UNAUTHORIZED, None, None),
            Self::Token(Rejection::Invalid(reason)) => {
                (StatusCode::UNAUTHORIZED, Some("invalid_token"), Some(reason.to_owned()))
            }
            Self::Token(unavailable) => return Err(unavailable),
            Self::Scope(scope) => {
                let description = format!("This tool needs the {scope} permission");
                (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(description))
            }
        };
        let body = match (error, &description) {
            (Some(error), Some(description)) => json!({ "error": error, "error_description": description }),
            _ => json!({ "error": "unauthorized" }),
        };
        let mut response = http_api::json(status, &body);
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge(metadata_url, error, description.as_deref()));
        Ok(response)
    }
}

/// The challenge names both scopes at once: some clients cannot ask for more later.
fn challenge(metadata_url: &str, error: Option<&str>, description: Option<&str>) -> HeaderValue {
    let mut text = "Bearer ".to_owned();
    for (name, value) in [("error", error), ("error_description", description)] {
        if let Some(value) = value {
            text.push_str(&format!("{name}=\"{value}\", "));
        }
    }
    text.push_str(&format!("scope=\"{READ} {WRITE}\", resource_metadata=\"{metadata_url}\""));
    HeaderValue::try_from(text).expect("our own words and a parsed URL are visible ASCII")
}

//! The authorization server for AI clients at `/api/auth/oauth2/…` and its metadata. A client registers itself
//! (`register`), sends the user's browser to `authorize`, which goes by the pages `/sign-in` and `/consent` with a
//! signed query and back to the client with a code; `token` exchanges that for an access token that is good at the
//! MCP server alone. What the pages are told and tell:
//!
//! - `/sign-in?<signed query>` posts to `sign-in/email`, `sign-up/email` or `sign-in/social` with one member more,
//!   `oauth_query`: that query as it came. The answer is then `{"redirect": true, "url"}`: the browser goes there. Who
//!   goes by Google, or must prove an address by the link of a mail first, comes to the same place from there.
//! - `/consent?<signed query>` has `client_id`, `redirect_uri` and `scope` in it, reads the client's name at
//!   `GET oauth2/public-client?client_id=` and posts `{"accept": bool, "scope"?, "oauth_query"}` to `oauth2/consent`,
//!   which answers `{"redirect": true, "url"}` too. `scope` may leave some out.
//! - 400 `{"error": "invalid_signature"}` means that the query was changed or is older than ten minutes.
//! - `GET oauth2/get-consents` lists what a user lets in; `POST oauth2/delete-consent` `{"id"}` takes it back.

mod authorize;
mod consent;
mod document;
mod metadata;
mod refresh;
mod register;
mod resume;
mod token;
mod userinfo;

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderName, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use oauth_server::OAuthError;
use serde::Serialize;

use crate::http::response::{Failure, append, json};
use crate::routes::Handler;

use register::add_client;
pub(crate) use resume::{Visitor, destination, later, resume, resumed};

/// The handler of a method and the segments of a path behind `/api/auth`.
pub(crate) fn find(method: &str, segments: &[&str]) -> Option<Handler> {
    Some(match (method, segments) {
        (_, [".well-known", "oauth-authorization-server" | "openid-configuration"]) => metadata::show,
        ("GET", ["oauth2", "authorize"]) => authorize::authorize,
        ("POST", ["oauth2", "register"]) => register::register,
        ("POST", ["oauth2", "token"]) => token::token,
        ("POST", ["oauth2", "revoke"]) => token::revoke,
        ("GET" | "POST", ["oauth2", "userinfo"]) => userinfo::show,
        ("OPTIONS", ["oauth2", "register" | "token" | "revoke" | "userinfo"]) => metadata::preflight,
        ("POST", ["oauth2", "consent"]) => consent::decide,
        ("GET", ["oauth2", "public-client"]) => consent::client,
        ("GET", ["oauth2", "get-consents"]) => consent::list,
        ("POST", ["oauth2", "delete-consent"]) => consent::delete,
        _ => return None,
    })
}

/// The handler of a path outside `/api/auth`: the places where RFC 8414 and OpenID Connect look for metadata.
pub(crate) fn find_well_known(path: &str) -> Option<Handler> {
    let rest = path.strip_prefix("/.well-known/oauth-authorization-server");
    let rest = rest.or_else(|| path.strip_prefix("/.well-known/openid-configuration"))?;
    matches!(rest, "" | "/api/auth").then_some(metadata::show as Handler)
}

/// A refusal in the shape of OAuth. `invalid_client` of a request with `Authorization` is 401 with a challenge.
fn refused(error: OAuthError, by_header: bool) -> Failure {
    let unproven = error.error == "invalid_client" && by_header;
    let status = if unproven { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = private(status, &error);
    if unproven {
        append(&mut response, WWW_AUTHENTICATE, "Basic");
    }
    Failure::answered(response)
}

/// An answer that no cache keeps and that a script of any site may read: it holds what the request itself proves.
fn private(status: StatusCode, value: &impl Serialize) -> Response {
    let mut response = json(status, value);
    set(&mut response, CACHE_CONTROL, "no-store");
    set(&mut response, PRAGMA, "no-cache");
    open(&mut response);
    response
}

/// Lets scripts of any site read an answer. Cookies play no part in it.
fn open(response: &mut Response) {
    set(response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

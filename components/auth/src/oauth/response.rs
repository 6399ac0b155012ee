//! Responses and errors in the shape of OAuth.

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderName, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use oauth_server::OAuthError;
use serde::Serialize;

use crate::http::error::AuthError;
use crate::http::response::{add_header, json};

/// An error of the authorization server. `invalid_client` is 401: on it clients register anew. A request with
/// `Authorization` gets a challenge too.
pub(super) fn oauth_error(error: OAuthError, has_authorization: bool) -> AuthError {
    let is_client = error.error == "invalid_client";
    let status = if is_client { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = private_json(status, &error);
    if is_client && has_authorization {
        add_header(&mut response, WWW_AUTHENTICATE, "Basic");
    }
    AuthError::response(response)
}

/// A response that no cache keeps. A script of any site may read it: it holds what the request itself proves.
pub(super) fn private_json(status: StatusCode, value: &impl Serialize) -> Response {
    let mut response = json(status, value);
    set(&mut response, CACHE_CONTROL, "no-store");
    set(&mut response, PRAGMA, "no-cache");
    allow_any_origin(&mut response);
    response
}

/// Lets scripts of any site read a response. Cookies play no part in it.
pub(super) fn allow_any_origin(response: &mut Response) {
    set(response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
}

/// Sets a header.
pub(super) fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

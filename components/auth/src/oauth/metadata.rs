//! The metadata of the authorization server, for everybody.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL,
};
use http::{Method, StatusCode};
use http_api::Response;

use super::{open, set};
use crate::context::Call;
use crate::http::response::{Failure, json};

/// The document; GET and HEAD only.
pub(super) fn show(call: &Call<'_>) -> Result<Response, Failure> {
    let method = call.request.method();
    if method == Method::OPTIONS {
        return preflight(call);
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = http_api::empty(StatusCode::METHOD_NOT_ALLOWED);
        set(&mut response, ALLOW, "GET, HEAD");
        return Ok(response);
    }
    let documents = call.settings.documents()?.is_some();
    let mut response = json(StatusCode::OK, &oauth_server::server_metadata(&call.settings.base, documents));
    set(&mut response, CACHE_CONTROL, "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400");
    open(&mut response);
    if method == Method::HEAD {
        response.body_mut().clear();
    }
    Ok(response)
}

/// What a browser asks before a script of another site may send a request.
pub(super) fn preflight(_: &Call<'_>) -> Result<Response, Failure> {
    let mut response = http_api::empty(StatusCode::NO_CONTENT);
    open(&mut response);
    set(&mut response, ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
    set(&mut response, ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, mcp-protocol-version");
    set(&mut response, ACCESS_CONTROL_MAX_AGE, "600");
    Ok(response)
}

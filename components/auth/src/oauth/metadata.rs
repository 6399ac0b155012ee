//! The metadata of the authorization server, which is public.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL,
};
use http::{Method, StatusCode};
use http_api::Response;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response::json;
use crate::oauth::response::{allow_any_origin, set};

/// The document; GET and HEAD only.
pub(crate) fn metadata(context: &Context<'_>) -> Result<Response, AuthError> {
    let method = context.method();
    if method == Method::OPTIONS {
        return preflight(context);
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = http_api::empty(StatusCode::METHOD_NOT_ALLOWED);
        set(&mut response, ALLOW, "GET, HEAD");
        return Ok(response);
    }
    let documents = context.settings.documents()?.is_some();
    let mut response = json(StatusCode::OK, &oauth_server::server_metadata(&context.settings.base, documents));
    set(&mut response, CACHE_CONTROL, "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400");
    allow_any_origin(&mut response);
    if method == Method::HEAD {
        response.body_mut().clear();
    }
    Ok(response)
}

/// What a browser asks before a script of another site may send a request.
pub(crate) fn preflight(_: &Context<'_>) -> Result<Response, AuthError> {
    let mut response = http_api::empty(StatusCode::NO_CONTENT);
    allow_any_origin(&mut response);
    set(&mut response, ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
    set(&mut response, ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, mcp-protocol-version");
    set(&mut response, ACCESS_CONTROL_MAX_AGE, "600");
    Ok(response)
}

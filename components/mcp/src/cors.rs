//! What scripts of other pages may do (CORS): call every address of this server and read its responses, without
//! credentials. A page needs an access token like any other client.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
};
use http::{HeaderValue, StatusCode};
use http_api::Response;

/// The request headers of a client in a browser.
const REQUEST_HEADERS: &str = "authorization, content-type, mcp-protocol-version, mcp-method, mcp-name";
/// The response headers that a client must read.
const RESPONSE_HEADERS: &str = "WWW-Authenticate, MCP-Protocol-Version";
/// How long a browser keeps the response to a preflight, in seconds.
const MAX_AGE: &str = "7200";

/// The response to a preflight for an address with this method.
pub(crate) fn preflight(method: &'static str) -> Response {
    let mut response = http_api::empty(StatusCode::NO_CONTENT);
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, method),
        (ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS),
        (ACCESS_CONTROL_MAX_AGE, MAX_AGE),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets scripts read a response.
pub(crate) fn open(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(RESPONSE_HEADERS));
}

#[cfg(test)]
mod tests;

//! Responses in Better Auth's shapes.

use http::header::{CONTENT_TYPE, HeaderName, LOCATION};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

/// What a `Location` header must not hold as it is.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ');

/// A JSON response without further headers.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let mut response = empty_json(status);
    *response.body_mut() = to_json(value);
    response
}

/// 200 with `{"status": true}`.
pub(crate) fn status_true() -> Response {
    json(StatusCode::OK, &serde_json::json!({"status": true}))
}

/// An empty body that is called JSON: the genuine server sends it where a handler ends without a body.
pub(crate) fn empty_json(status: StatusCode) -> Response {
    let mut response = http_api::empty(status);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// 302 to an address that was found to be allowed.
pub(crate) fn redirect(target: &str) -> Response {
    let mut response = empty_json(StatusCode::FOUND);
    add_location(&mut response, target);
    response
}

/// 303 to an address that was found to be allowed: the browser reads it, whatever it sent before.
pub(crate) fn see_other(target: &str) -> Response {
    let mut response = empty_json(StatusCode::SEE_OTHER);
    add_location(&mut response, target);
    response
}

/// Adds a `Location` header.
pub(crate) fn add_location(response: &mut Response, target: &str) {
    add_header(response, LOCATION, &utf8_percent_encode(target, ENCODED).to_string());
}

/// Adds a header; a value that no header can have is left out.
pub(crate) fn add_header(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}

/// The JSON text of plain data.
pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("responses are plain data with string keys")
}

#[cfg(test)]
mod tests;

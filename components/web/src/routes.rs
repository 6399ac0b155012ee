//! What is served at which address.

use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use http::{HeaderValue, Method, StatusCode};
use http_api::{ApiError, Request, Response};

use crate::encoding::{Coding, negotiate};
use crate::files::{File, find};
use crate::headers::secured;

const INDEX: &str = "/index.html";
const DOCS: &str = "/api/docs";
const DOCS_PAGE: &str = "/api/docs.html";
const ALLOW: &str = "GET, HEAD";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// What people see when the component was built without the front-end.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<title>Todo: not built</title>\n\
    <h1>The front-end is not built</h1>\n\
    <p>Install Node.js 20.19 or newer, run <code>make build</code>, and start the app again.\n\
    The API, the assistant and the MCP server work without it.</p>\n</html>\n";

/// Answers a request from these files.
pub fn handle(request: &Request, files: &[File]) -> Response {
    let mut response = secured(http_api::respond(request, || route(request, files)));
    if request.method() == Method::HEAD {
        response.headers_mut().remove(CONTENT_LENGTH);
        response.body_mut().clear();
    }
    response
}

fn route(request: &Request, files: &[File]) -> Result<Response, ApiError> {
    let path = match request.uri().path() {
        DOCS => DOCS_PAGE,
        path => path,
    };
    let file = find(files, path);
    let page = is_page(path);
    let opened = page && (path == "/" || wants_html(request.headers()));
    match (request.method(), file) {
        (&Method::GET | &Method::HEAD, Some(file)) => send(request.headers(), file),
        (&Method::GET | &Method::HEAD, None) if opened => index(request, files),
        (&Method::GET | &Method::HEAD, None) => Err(ApiError::no_route()),
        (_, None) if !page => Err(ApiError::no_route()),
        _ => Err(ApiError::method_not_allowed(ALLOW)),
    }
}

fn index(request: &Request, files: &[File]) -> Result<Response, ApiError> {
    match find(files, INDEX) {
        Some(file) => send(request.headers(), file),
        None => Ok(not_built()),
    }
}

/// An address of the app itself: no file name at its end, and not under what belongs to the server.
fn is_page(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    !matches!(first, "api" | "assets" | "mcp" | ".well-known") && !last.contains('.')
}

/// A person's browser asks for HTML by name when it opens a page; scripts and images do not.
fn wants_html(headers: &HeaderMap) -> bool {
    http_api::accepts(headers, "text/html")
}

fn send(headers: &HeaderMap, file: &File) -> Result<Response, ApiError> {
    let coding = negotiate(headers, |coding| file.form(coding).is_some());
    let form = coding.and_then(|coding| Some((coding, file.form(coding)?)));
    let (coding, bytes) = form.ok_or_else(not_acceptable)?;
    let etag = etag(file, coding);
    let unchanged = matches(headers, &etag);
    let mut response = Response::new(if unchanged { Vec::new() } else { bytes.to_vec() });
    let answer = response.headers_mut();
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(if file.hashed_name { FOR_EVER } else { REVALIDATE }));
    answer.insert(ETAG, HeaderValue::try_from(etag).map_err(ApiError::internal)?);
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    answer.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if let Some(name) = coding.name() {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

fn not_acceptable() -> ApiError {
    let detail = "This is available as br, gzip or identity; Accept-Encoding refuses all of them.";
    ApiError::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail)
}

/// Strong, so one for each form of the file.
fn etag(file: &File, coding: Coding) -> String {
    let suffix = coding.name().map(|name| format!("-{name}")).unwrap_or_default();
    format!("\"{}{suffix}\"", file.hash)
}

/// `If-None-Match`, compared weakly (RFC 9110 §13.1.2).
fn matches(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn not_built() -> Response {
    let mut response = Response::new(NOT_BUILT.as_bytes().to_vec());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;

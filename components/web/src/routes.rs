//! The addresses, and the response of each.

use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use http::{HeaderValue, Method, StatusCode};
use http_api::{ApiError, ContentCoding, Request, Response};

use crate::files::{EmbeddedFile, find};
use crate::headers::with_headers;
use crate::page::{gzip, with_absolute_picture};

const INDEX: &str = "/index.html";
const DOCS: &str = "/api/docs";
const DOCS_PAGE: &str = "/api/docs.html";
const ALLOW: &str = "GET, HEAD";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// What people see when the component was built without the front-end.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<title>Todo: not built</title>\n\
    <h1>The front-end is not built</h1>\n\
    <p>Install Node.js 20.19 or newer, run <code>make build</code>, and start the app again.\n\
    The API, the assistant and the MCP server work without it.</p>\n</html>\n";

/// Handles a request for one of these files.
pub fn handle(request: &Request, files: &[EmbeddedFile]) -> Response {
    let mut response = with_headers(http_api::respond(request, || route(request, files)));
    if request.method() == Method::HEAD {
        response.headers_mut().remove(CONTENT_LENGTH);
        response.body_mut().clear();
    }
    response
}

fn route(request: &Request, files: &[EmbeddedFile]) -> Result<Response, ApiError> {
    let path = match request.uri().path() {
        DOCS => DOCS_PAGE,
        path => path,
    };
    let file = find(files, path);
    let is_page = is_page(path);
    let is_opened = is_page && (path == "/" || accepts_html(request.headers()));
    match (request.method(), file) {
        (&Method::GET | &Method::HEAD, Some(_)) if path == INDEX => index(request, files),
        (&Method::GET | &Method::HEAD, Some(file)) => send(request.headers(), file),
        (&Method::GET | &Method::HEAD, None) if is_opened => index(request, files),
        (&Method::GET | &Method::HEAD, None) => Err(ApiError::no_route()),
        (_, None) if !is_page => Err(ApiError::no_route()),
        _ => Err(ApiError::method_not_allowed(ALLOW)),
    }
}

/// The page, with the absolute address of its picture where it has one.
fn index(request: &Request, files: &[EmbeddedFile]) -> Result<Response, ApiError> {
    let Some(file) = find(files, INDEX) else { return Ok(not_built()) };
    let headers = request.headers();
    let Some((page, scheme)) = with_absolute_picture(file.identity, headers) else { return send(headers, file) };
    let coding =
        ContentCoding::negotiate(headers, |coding| coding != ContentCoding::Brotli).ok_or_else(not_acceptable)?;
    let packed = if coding == ContentCoding::Gzip { gzip(&page).map_err(ApiError::internal)? } else { page };
    respond(headers, file, &etag(&format!("{}-{scheme}", file.hash), coding), coding, &packed)
}

/// Whether a path is a page of the app: it ends with no file name, and is not under a path of the server.
fn is_page(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    !matches!(first, "api" | "assets" | "mcp" | ".well-known") && !last.contains('.')
}

/// Whether a browser opens a page: then it names HTML in `Accept`, as it does not for scripts and images.
fn accepts_html(headers: &HeaderMap) -> bool {
    http_api::accepts(headers, "text/html")
}

fn send(headers: &HeaderMap, file: &EmbeddedFile) -> Result<Response, ApiError> {
    let coding = ContentCoding::negotiate(headers, |coding| file.encoded(coding).is_some());
    let encoded = coding.and_then(|coding| Some((coding, file.encoded(coding)?)));
    let (coding, bytes) = encoded.ok_or_else(not_acceptable)?;
    respond(headers, file, &etag(file.hash, coding), coding, bytes)
}

/// This form of the file, or 304 if the client has it.
fn respond(
    headers: &HeaderMap,
    file: &EmbeddedFile,
    etag: &str,
    coding: ContentCoding,
    bytes: &[u8],
) -> Result<Response, ApiError> {
    let is_unchanged = is_cached(headers, etag);
    let mut response = Response::new(if is_unchanged { Vec::new() } else { bytes.to_vec() });
    let sent = response.headers_mut();
    sent.insert(CACHE_CONTROL, HeaderValue::from_static(if file.hashed_name { IMMUTABLE } else { REVALIDATE }));
    sent.insert(ETAG, HeaderValue::try_from(etag).map_err(ApiError::internal)?);
    if is_unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    sent.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    sent.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if let Some(name) = coding.name() {
        sent.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

fn not_acceptable() -> ApiError {
    let detail = "This is available as br, gzip or identity; Accept-Encoding refuses all of them.";
    ApiError::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail)
}

/// A strong validator: each encoded form of the content with this hash has its own.
fn etag(hash: &str, coding: ContentCoding) -> String {
    let suffix = coding.name().map(|name| format!("-{name}")).unwrap_or_default();
    format!("\"{hash}{suffix}\"")
}

/// Whether `If-None-Match` names this form of the file, compared weakly (RFC 9110 §13.1.2).
fn is_cached(headers: &HeaderMap, etag: &str) -> bool {
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
mod tests;

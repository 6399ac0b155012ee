//! Reads a request from the host: its head, with repeated headers kept apart, and its body up to a limit.

use http::header::{CONTENT_LENGTH, HeaderName};
use http::{HeaderMap, HeaderValue};
use http_api::{ApiError, REQUEST_ID, Request, RequestBody, Response, SMALL_BODY, is_request_id};
use spin_sdk::http::{IncomingRequest, Method};
use wasi::io::streams::StreamError;

use crate::current;

/// How many bytes of a body are read at once.
const CHUNK: u64 = 64 * 1024;

/// Those of Spin's own request headers that we read.
const SPIN_HEADERS: [&str; 2] = ["spin-client-addr", "spin-raw-component-route"];

/// The request, or the response that says why it cannot be read.
pub(crate) fn read(
    incoming: &IncomingRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
) -> Result<Request, Box<Response>> {
    let mut request = head(incoming).map_err(|error| Box::new(error.into_response()))?;
    current::start(&mut request);
    let length = http_api::header(&request, CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
    let body = match *request.method() {
        // The body of a GET has no meaning (RFC 9110 §9.3.1).
        http::Method::GET | http::Method::HEAD => Ok(RequestBody::Complete(Vec::new())),
        _ if length.is_some_and(|length| length <= SMALL_BODY as u64) => read_body(incoming, SMALL_BODY),
        _ => body_limit(&request).and_then(|limit| match length {
            Some(length) if length > limit as u64 => Ok(RequestBody::TooLarge),
            _ => read_body(incoming, limit),
        }),
    };
    *request.body_mut() = body.map_err(|error| Box::new(http_api::respond(&request, || Err(error))))?;
    Ok(request)
}

fn head(incoming: &IncomingRequest) -> Result<Request, ApiError> {
    let mut builder = http::Request::builder()
        .method(method(&incoming.method()))
        .uri(incoming.path_with_query().unwrap_or_else(|| "/".to_owned()));
    let mut headers = HeaderMap::new();
    for (name, value) in incoming.headers().entries() {
        if name.starts_with("spin-") && !SPIN_HEADERS.contains(&name.as_str()) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            // Spin's own value comes after one that the client may have sent under the same name.
            match name.as_str().starts_with("spin-") {
                true => drop(headers.insert(name, value)),
                false => drop(headers.append(name, value)),
            }
        }
    }
    if !headers.contains_key("host")
        && let Some(Ok(host)) = incoming.authority().map(HeaderValue::try_from)
    {
        headers.insert("host", host);
    }
    if !headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).is_some_and(is_request_id) {
        headers.insert(REQUEST_ID, random_id());
    }
    if let Some(target) = builder.headers_mut() {
        *target = headers;
    }
    let request = builder.body(RequestBody::Complete(Vec::new()));
    request.map_err(|error| ApiError::malformed(format!("The request cannot be read: {error}.")))
}

fn read_body(incoming: &IncomingRequest, limit: usize) -> Result<RequestBody, ApiError> {
    let incoming = incoming.consume().expect("nothing else reads the body");
    let stream = incoming.stream().expect("nothing else reads the body");
    let mut body = Vec::new();
    loop {
        match stream.blocking_read(CHUNK) {
            Ok(chunk) if body.len() + chunk.len() > limit => return Ok(RequestBody::TooLarge),
            Ok(chunk) => body.extend(chunk),
            Err(StreamError::Closed) => return Ok(RequestBody::Complete(body)),
            Err(_) => return Err(ApiError::malformed("The request body ended early.")),
        }
    }
}

fn random_id() -> HeaderValue {
    let id = getrandom::u64().map(|n| format!("{n:016x}")).unwrap_or_default();
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("-"))
}

fn method(method: &Method) -> http::Method {
    http::Method::from_bytes(method.to_string().as_bytes()).unwrap_or(http::Method::TRACE)
}

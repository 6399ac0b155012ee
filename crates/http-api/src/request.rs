//! Requests and responses, and the one place where a failure is logged.

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::ApiError;

/// A request whose body was read up to the component's limit.
pub type Request = http::Request<Body>;
/// A response with its whole body.
pub type Response = http::Response<Vec<u8>>;

/// A body of at most this many bytes is allowed everywhere.
pub const SMALL_BODY: usize = 4096;

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Complete(Vec<u8>),
    /// Longer than the component's limit; reading stopped there.
    TooLarge,
}

impl Body {
    /// The bytes, or 413.
    pub fn bytes(&self) -> Result<&[u8], ApiError> {
        match self {
            Self::Complete(bytes) => Ok(bytes),
            Self::TooLarge => Err(ApiError::too_large()),
        }
    }
}

/// The header with a request's id.
pub const REQUEST_ID: &str = "x-request-id";

/// A header's value if it is present once and readable.
pub fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// The id under which this request is logged: `X-Request-Id` if the caller (or the proxy) gave a sane one.
pub fn request_id(request: &Request) -> &str {
    header(request, REQUEST_ID).filter(|id| is_request_id(id)).unwrap_or("-")
}

/// Whether an id may stand in logs and headers.
pub fn is_request_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// The percent-decoded segments of the path. A segment that is not UTF-8, or that decodes to a slash or a
/// control character, makes the path one that no route has.
pub fn segments(request: &Request) -> Result<Vec<String>, ApiError> {
    let path = request.uri().path();
    let decode = |segment: &str| {
        let text = percent_decode_str(segment).decode_utf8().ok()?;
        (!text.contains('/') && !text.chars().any(char::is_control)).then(|| text.into_owned())
    };
    let decoded: Option<Vec<String>> = path.strip_prefix('/').unwrap_or(path).split('/').map(decode).collect();
    decoded.ok_or_else(|| ApiError::not_found("There is nothing at this address."))
}

/// A JSON answer. Nothing of a user's may be kept by a cache.
pub fn json<T: Serialize + ?Sized>(status: StatusCode, value: &T) -> Response {
    let body = serde_json::to_vec(value).expect("answers are plain data with string keys");
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

/// Runs a handler and makes its error a problem document. A 5xx is logged here, once, as one JSON line.
pub fn respond(request: &Request, handler: impl FnOnce() -> Result<Response, ApiError>) -> Response {
    match handler() {
        Ok(response) => response,
        Err(error) => {
            log_failure(request, &error);
            error.into_response()
        }
    }
}

/// Logs what went wrong somewhere else, as one JSON line.
pub fn warn(request: &Request, event: &'static str, cause: &str) {
    let line = serde_json::json!({"level": "warn", "request_id": request_id(request), "event": event, "cause": cause});
    eprintln!("{line}");
}

#[derive(Serialize)]
struct Failure<'a> {
    level: &'static str,
    request_id: &'a str,
    method: &'a str,
    status: u16,
    code: &'a str,
    cause: &'a str,
}

/// Logs what went wrong after an answer had begun.
pub fn log_fault(request: &Request, cause: &str) {
    log_failure(request, &ApiError::internal(cause));
}

fn log_failure(request: &Request, error: &ApiError) {
    if !error.status.is_server_error() {
        return;
    }
    let line = Failure {
        level: "error",
        request_id: request_id(request),
        method: request.method().as_str(),
        status: error.status.as_u16(),
        code: error.code,
        cause: error.reason(),
    };
    eprintln!("{}", serde_json::to_string(&line).expect("a log line is plain data"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> Request {
        http::Request::builder().uri(uri).body(Body::Complete(Vec::new())).unwrap()
    }

    #[test]
    fn segments_are_decoded() {
        assert_eq!(segments(&request("/api/a%40b/tasks/1?x=%2F")).unwrap(), ["api", "a@b", "tasks", "1"]);
    }

    #[test]
    fn a_hidden_slash_control_or_broken_utf8_is_no_path() {
        for path in ["/api/a%2Fb", "/api/%00", "/api/%ff"] {
            assert_eq!(segments(&request(path)).unwrap_err().status, 404, "{path}");
        }
    }

    #[test]
    fn a_request_id_with_strange_characters_is_not_logged() {
        let mut request = request("/");
        request.headers_mut().insert("x-request-id", HeaderValue::from_static("a\"b"));
        assert_eq!(request_id(&request), "-");
    }
}

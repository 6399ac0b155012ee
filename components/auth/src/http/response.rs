//! Answers in Better Auth's shapes: JSON, `{message, code}`, or nothing at all.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, LOCATION, PRAGMA, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Request, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

/// Why a request gets no success.
pub(crate) enum Failure {
    /// The client's doing.
    Refused(Refusal),
    /// Ours, or the database's; it is logged. With a name, the client learns it.
    Fault(Box<ApiError>, Option<Code>),
    /// The client's doing, in the words of another protocol.
    Answered(Box<Response>),
    /// The client's doing, and nothing is said about it.
    Silent(StatusCode),
}

/// A code of Better Auth and its message.
pub(crate) type Code = (&'static str, &'static str);

/// An answer to a request that cannot be granted.
pub(crate) struct Refusal {
    status: StatusCode,
    code: Option<&'static str>,
    message: String,
    headers: Vec<(HeaderName, String)>,
}

impl Refusal {
    /// A refusal with a code.
    pub(crate) fn new(status: StatusCode, (code, message): Code) -> Self {
        Self { status, code: Some(code), message: message.to_owned(), headers: Vec::new() }
    }

    /// A refusal that Better Auth gives no code.
    pub(crate) fn uncoded(status: StatusCode, message: String) -> Self {
        Self { status, code: None, message, headers: Vec::new() }
    }

    /// 400 for members that are not what they should be.
    pub(crate) fn invalid(message: String) -> Self {
        let code = Some("VALIDATION_ERROR");
        Self { status: StatusCode::BAD_REQUEST, code, message, headers: Vec::new() }
    }

    /// The refusal with a message of its own.
    pub(crate) fn saying(mut self, message: String) -> Self {
        self.message = message;
        self
    }

    /// 400 with a code.
    pub(crate) fn bad_request(code: Code) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// 401 for a route that needs a session.
    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ("UNAUTHORIZED", "Unauthorized"))
    }

    /// The refusal with a header.
    pub(crate) fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The refusal, not to be kept by a cache.
    pub(crate) fn uncached(mut self) -> Self {
        self.headers.extend([(CACHE_CONTROL, "no-store".to_owned()), (PRAGMA, "no-cache".to_owned())]);
        self
    }

    fn into_response(self) -> Response {
        let mut response = json(self.status, &Message { message: &self.message, code: self.code });
        for (name, value) in self.headers {
            append(&mut response, name, &value);
        }
        response
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Fault(Box::new(error), None)
    }
}

impl From<db::DbError> for Failure {
    fn from(error: db::DbError) -> Self {
        match error {
            db::DbError::Unstorable => Refusal::invalid(db::UNSTORABLE.to_owned()).into(),
            error => ApiError::from(error).into(),
        }
    }
}

#[derive(Serialize)]
struct Message<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

impl Failure {
    /// A whole answer.
    pub(crate) fn answered(response: Response) -> Self {
        Self::Answered(Box::new(response))
    }

    /// A fault gets this name; a refusal stays what it is.
    pub(crate) fn named(self, code: Code) -> Self {
        match self {
            Self::Fault(error, _) => Self::Fault(error, Some(code)),
            refused => refused,
        }
    }

    /// The answer. A fault is logged on the way.
    pub(crate) fn into_response(self, request: &Request) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::Silent(status) => empty_json(status),
            Self::Fault(error, name) => fault(request, *error, name),
            Self::Answered(response) => *response,
        }
    }
}

/// Better Auth answers an unforeseen fault with an empty 500. A database that cannot be reached is 503 here,
/// so that clients and proxies know to come back.
fn fault(request: &Request, error: ApiError, name: Option<Code>) -> Response {
    let detail = error.detail.clone();
    let mut response = http_api::respond(request, || Err(error));
    let message = match (response.status(), name) {
        (StatusCode::SERVICE_UNAVAILABLE, _) => Some(Message { message: &detail, code: Some("SERVICE_UNAVAILABLE") }),
        (_, Some((code, message))) => Some(Message { message, code: Some(code) }),
        _ => None,
    };
    response.headers_mut().remove(CONTENT_TYPE);
    response.body_mut().clear();
    if let Some(message) = message {
        *response.body_mut() = to_json(&message);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

/// Left to be as it is in a `Location` header.
const KEPT: &AsciiSet = &CONTROLS.add(b' ');

/// 302 to an address that was found to be allowed.
pub(crate) fn redirect(target: &str) -> Response {
    let mut response = empty_json(StatusCode::FOUND);
    locate(&mut response, target);
    response
}

/// Nothing, called JSON: what the genuine server answers where a handler ends without a body.
pub(crate) fn empty_json(status: StatusCode) -> Response {
    let mut response = http_api::empty(status);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Adds a `Location` header.
pub(crate) fn locate(response: &mut Response, target: &str) {
    append(response, LOCATION, &utf8_percent_encode(target, KEPT).to_string());
}

/// 200 with `{"status": true}`.
pub(crate) fn done() -> Response {
    json(StatusCode::OK, &serde_json::json!({"status": true}))
}

/// A JSON answer without further headers.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let mut response = Response::new(to_json(value));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("answers are plain data with string keys")
}

/// Adds a header; its value is one that was made for a header.
pub(crate) fn append(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}

/// Adds `Set-Cookie` headers.
pub(crate) fn set_cookies(response: &mut Response, cookies: &[String]) {
    for cookie in cookies {
        append(response, SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use db::DbError;
    use http_api::Body;

    use super::*;

    fn answered(failure: Failure) -> (u16, String, Response) {
        let request = http::Request::builder().uri("/").body(Body::Complete(Vec::new())).unwrap();
        let response = failure.into_response(&request);
        (response.status().as_u16(), String::from_utf8(response.body().clone()).unwrap(), response)
    }

    #[test]
    fn an_unreachable_database_is_a_503_that_says_when_to_come_back() {
        let (status, body, response) = answered(DbError::Unavailable("10.0.0.1 refused".to_owned()).into());
        assert_eq!((status, response.headers().contains_key("retry-after")), (503, true));
        assert!(body.starts_with("{\"message\":\"") && body.ends_with("\"code\":\"SERVICE_UNAVAILABLE\"}"));
        assert!(!body.contains("10.0.0.1"));
        assert_eq!(response.headers()["content-type"], "application/json");
    }

    #[test]
    fn an_unforeseen_fault_says_nothing_but_its_name() {
        let fault = || Failure::from(DbError::Internal("column is missing".to_owned()));
        let (status, body, response) = answered(fault());
        assert_eq!((status, body.as_str(), response.headers().contains_key("content-type")), (500, "", false));
        let (status, body, _) = answered(fault().named(("FAILED", "Failed")));
        assert_eq!((status, body.as_str()), (500, "{\"message\":\"Failed\",\"code\":\"FAILED\"}"));
    }

    #[test]
    fn a_refusal_carries_its_headers_and_may_have_no_code() {
        let refusal = Refusal::uncoded(StatusCode::BAD_REQUEST, "No".to_owned()).uncached();
        let (status, body, response) = answered(refusal.into());
        assert_eq!((status, body.as_str()), (400, "{\"message\":\"No\"}"));
        assert_eq!(response.headers()["cache-control"], "no-store");
    }

    #[test]
    fn a_redirect_has_a_location_without_blanks_and_controls() {
        let response = redirect("/a?b=c d\r\nset-cookie: x=y");
        assert_eq!((response.status().as_u16(), response.body().len(), response.headers().len()), (302, 0, 2));
        assert_eq!(response.headers()["location"], "/a?b=c%20d%0D%0Aset-cookie:%20x=y");
    }
}

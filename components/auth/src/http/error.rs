//! The one error of this component and the responses that it becomes.

use db::DbError;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, PRAGMA};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Request, Response};
use serde::Serialize;

use crate::http::response::{add_header, json, redirect, to_json};

/// A code of Better Auth and its message.
pub(crate) type ErrorCode = (&'static str, &'static str);

/// Why a request does not succeed.
pub(crate) enum AuthError {
    /// The client is at fault: Better Auth's `{message, code}`.
    Refused(Box<ErrorResponse>),
    /// The server or the database is at fault; it is logged. The client is told the code, if there is one.
    Internal(Box<ApiError>, Option<ErrorCode>),
    /// The client is at fault, and the response has the shape of another protocol.
    Response(Box<Response>),
    /// The browser is sent to this address, which says what is wrong.
    Redirect(String),
}

impl AuthError {
    /// A status, a code and the code's message.
    pub(crate) fn new(status: StatusCode, code: ErrorCode) -> Self {
        ErrorResponse::new(status, code).into()
    }

    /// 400 with a code.
    pub(crate) fn bad_request(code: ErrorCode) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// 400 for members that are not what they should be.
    pub(crate) fn invalid(message: String) -> Self {
        ErrorResponse::new(StatusCode::BAD_REQUEST, ("VALIDATION_ERROR", "")).with_message(message).into()
    }

    /// 400 with a message that Better Auth gives no code.
    pub(crate) fn uncoded(message: impl Into<String>) -> Self {
        ErrorResponse::uncoded(StatusCode::BAD_REQUEST, message.into()).into()
    }

    /// 401 for a route that needs a session.
    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ("UNAUTHORIZED", "Unauthorized"))
    }

    /// A response in the shape of another protocol.
    pub(crate) fn response(response: Response) -> Self {
        Self::Response(Box::new(response))
    }

    /// What went wrong, for the log.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Internal(error, _) => error.reason().to_owned(),
            Self::Refused(error) => error.message.clone(),
            Self::Response(_) | Self::Redirect(_) => "the request is refused".to_owned(),
        }
    }

    /// The error with a code for the client, if the server is at fault.
    pub(crate) fn with_code(self, code: ErrorCode) -> Self {
        match self {
            Self::Internal(error, _) => Self::Internal(error, Some(code)),
            other => other,
        }
    }

    /// The address that a browser is sent to, as the success of a caller that sends it there.
    pub(crate) fn into_redirect(self) -> Result<String, Self> {
        match self {
            Self::Redirect(target) => Ok(target),
            other => Err(other),
        }
    }

    /// The response. An internal error is logged.
    pub(crate) fn into_response(self, request: &Request) -> Response {
        match self {
            Self::Refused(error) => error.into_response(),
            Self::Internal(error, code) => internal(request, *error, code),
            Self::Response(response) => *response,
            Self::Redirect(target) => redirect(&target),
        }
    }
}

impl From<ApiError> for AuthError {
    fn from(error: ApiError) -> Self {
        Self::Internal(Box::new(error), None)
    }
}

impl From<DbError> for AuthError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unstorable => Self::invalid(db::UNSTORABLE.to_owned()),
            error => ApiError::from(error).into(),
        }
    }
}

impl From<ErrorResponse> for AuthError {
    fn from(error: ErrorResponse) -> Self {
        Self::Refused(Box::new(error))
    }
}

/// A response of Better Auth's to a request that it refuses.
pub(crate) struct ErrorResponse {
    status: StatusCode,
    code: Option<&'static str>,
    message: String,
    headers: Vec<(HeaderName, String)>,
}

impl ErrorResponse {
    /// A status, a code and the code's message.
    pub(crate) fn new(status: StatusCode, (code, message): ErrorCode) -> Self {
        Self { status, code: Some(code), message: message.to_owned(), headers: Vec::new() }
    }

    /// A message that Better Auth gives no code.
    pub(crate) fn uncoded(status: StatusCode, message: String) -> Self {
        Self { status, code: None, message, headers: Vec::new() }
    }

    /// The same with another message.
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.message = message;
        self
    }

    /// The same with a header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same for no cache to keep.
    pub(crate) fn uncached(self) -> Self {
        self.with_header(CACHE_CONTROL, "no-store".to_owned()).with_header(PRAGMA, "no-cache".to_owned())
    }

    fn into_response(self) -> Response {
        let mut response = json(self.status, &ErrorBody { message: &self.message, code: self.code });
        for (name, value) in self.headers {
            add_header(&mut response, name, &value);
        }
        response
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

/// Better Auth sends an empty 500. A database that cannot be reached is 503 here, so that clients and proxies know
/// to come back.
fn internal(request: &Request, error: ApiError, code: Option<ErrorCode>) -> Response {
    let detail = error.detail.clone();
    let mut response = http_api::respond(request, || Err(error));
    let body = match (response.status(), code) {
        (StatusCode::SERVICE_UNAVAILABLE, _) => Some(ErrorBody { message: &detail, code: Some("SERVICE_UNAVAILABLE") }),
        (_, Some((code, message))) => Some(ErrorBody { message, code: Some(code) }),
        _ => None,
    };
    response.headers_mut().remove(CONTENT_TYPE);
    response.body_mut().clear();
    if let Some(body) = body {
        *response.body_mut() = to_json(&body);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

#[cfg(test)]
mod tests;

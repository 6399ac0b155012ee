//! The one error of every REST route, and its problem document (RFC 9457).

use std::fmt::Display;

use http::header::{ALLOW, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use json_fields::MemberError;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::response::Response;

/// What is wrong with one member of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The member's name, as the client wrote it.
    pub field: String,
    /// What it should have been.
    pub message: String,
    /// The member's line in the body, where that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl FieldError {
    /// An error of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), line: None }
    }

    /// The same, on this line.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl From<MemberError> for FieldError {
    fn from(error: MemberError) -> Self {
        Self::new(error.field, error.message)
    }
}

/// A response that is not a success. `detail` is for the client; `cause` is for the log alone.
#[derive(Debug)]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable, machine-readable name of the error.
    pub code: &'static str,
    /// One sentence: what is wrong and what to do.
    pub detail: String,
    /// The members at fault, for `invalid` input.
    pub fields: Vec<FieldError>,
    /// Headers that belong to the status (`Allow`, `Retry-After`, `WWW-Authenticate`).
    pub headers: Vec<(HeaderName, String)>,
    /// A member of the problem document beside the common ones (RFC 9457 §3.2).
    pub extension: Option<Box<(&'static str, Value)>>,
    /// The cause; logged, never sent.
    pub cause: Option<Box<str>>,
}

#[derive(Serialize)]
struct ProblemDocument<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(flatten)]
    extension: Map<String, Value>,
}

/// 422 that names each member.
impl From<Vec<MemberError>> for ApiError {
    fn from(errors: Vec<MemberError>) -> Self {
        Self::invalid(errors.into_iter().map(FieldError::from).collect())
    }
}

impl ApiError {
    /// An error with its status, code and sentence alone.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            fields: Vec::new(),
            headers: Vec::new(),
            extension: None,
            cause: None,
        }
    }

    /// The cause for the log.
    pub fn reason(&self) -> &str {
        self.cause.as_deref().unwrap_or(&self.detail)
    }

    /// 401 for a request without credentials.
    pub fn unauthenticated(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail).with(WWW_AUTHENTICATE, "Bearer")
    }

    /// 401 for credentials that are not accepted (RFC 6750 §3.1). `reason` holds no quotes.
    pub fn invalid_token(reason: &str) -> Self {
        let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{reason}\"");
        Self::new(StatusCode::UNAUTHORIZED, "invalid_token", format!("The access token is not accepted: {reason}."))
            .with(WWW_AUTHENTICATE, challenge)
    }

    /// 403 for a token without this scope (RFC 6750 §3.1).
    pub fn insufficient_scope(scope: &str) -> Self {
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
        let detail = format!("This access token lacks the scope {scope}.");
        Self::new(StatusCode::FORBIDDEN, "insufficient_scope", detail).with(WWW_AUTHENTICATE, challenge)
    }

    /// 403: known, but not allowed.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// 404 for an address that no route has.
    pub fn no_route() -> Self {
        Self::not_found("There is nothing at this address.")
    }

    /// 405 with the methods that are allowed, comma separated.
    pub fn method_not_allowed(allow: impl Into<String>) -> Self {
        let allow = allow.into();
        let detail = format!("This address accepts {allow}.");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).with(ALLOW, allow)
    }

    /// 415: the body is not of the media type that is read here.
    pub fn unsupported_media_type(expected: &str) -> Self {
        let detail = format!("Send the body as {expected} and say so in Content-Type.");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
    }

    /// 413: the body is longer than the component reads.
    pub fn too_large() -> Self {
        let detail = "The request body is too large.";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    }

    /// 400: the input cannot be parsed.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", detail)
    }

    /// 422: the input can be parsed, but these members are not acceptable.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let place = |f: &FieldError| f.line.map(|line| format!("line {line}, ")).unwrap_or_default();
        let named: Vec<String> = fields.iter().map(|f| format!("{}{}: {}", place(f), f.field, f.message)).collect();
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", named.join(" "));
        error.fields = fields;
        error
    }

    /// 409: the state does not allow it now.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", detail)
    }

    /// 503, with the seconds after which to try again.
    pub fn unavailable(detail: impl Into<String>, retry_after: u32) -> Self {
        let error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        error.with(RETRY_AFTER, retry_after.to_string())
    }

    /// 500. The cause goes to the log; the client does not see it.
    pub fn internal(cause: impl Display) -> Self {
        let detail = "Something went wrong on our side.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).because(cause)
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds a member to the problem document.
    #[must_use]
    pub fn with_member(mut self, name: &'static str, value: Value) -> Self {
        self.extension = Some(Box::new((name, value)));
        self
    }

    /// Adds the cause, for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Display) -> Self {
        self.cause = Some(cause.to_string().into());
        self
    }

    /// The problem document.
    pub fn into_response(self) -> Response {
        let problem = ProblemDocument {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            code: self.code,
            detail: &self.detail,
            errors: &self.fields,
            extension: self.extension.into_iter().map(|member| (member.0.to_owned(), member.1)).collect(),
        };
        let body = serde_json::to_vec(&problem).expect("a problem document has only strings and numbers");
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_never_sent() {
        let response = ApiError::internal("connection to 10.0.0.1 refused").into_response();
        assert_eq!(response.status(), 500);
        assert!(!String::from_utf8_lossy(response.body()).contains("10.0.0.1"));
    }

    #[test]
    fn invalid_input_names_each_member() {
        let fields = vec![FieldError::new("title", "is required."), FieldError::new("colour", "is not known.")];
        let body = ApiError::invalid(fields).into_response().into_body();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem["errors"][1]["field"], "colour");
        assert_eq!(problem["code"], "invalid");
        assert_eq!(problem["status"], 422);
    }
}

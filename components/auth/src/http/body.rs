//! Reads a body: media type, then text, then JSON. The errors are Better Auth's.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use http_api::{Request, RequestBody};
use serde_json::{Map, Value};

use crate::http::error::{AuthError, ErrorCode, ErrorResponse};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

const TOO_LARGE: ErrorCode = ("PAYLOAD_TOO_LARGE", "The request body is too large");
const INVALID_JSON: ErrorCode = ("BAD_REQUEST", "Invalid JSON in request body");
const INVALID_FORM: ErrorCode = ("BAD_REQUEST", "Invalid form in request body");

/// What a route reads of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    /// JSON alone.
    Json,
    /// A form or JSON.
    FormOrJson,
    /// Nothing: any body is ignored.
    Ignored,
}

impl BodyFormat {
    fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Json => &[JSON],
            Self::FormOrJson => &[FORM, JSON],
            Self::Ignored => &[],
        }
    }
}

/// The body as JSON; none where it is ignored, empty or without a declared type.
pub(crate) fn read(request: &Request, format: BodyFormat) -> Result<Option<Value>, AuthError> {
    let declared = request.headers().get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let declared = declared.filter(|text| !text.trim().is_empty() && format != BodyFormat::Ignored);
    let Some(declared) = declared else { return Ok(None) };
    let bytes = match request.body() {
        RequestBody::Complete(bytes) if bytes.is_empty() => return Ok(None),
        RequestBody::Complete(bytes) => bytes,
        RequestBody::TooLarge => return Err(AuthError::new(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE)),
    };
    let media_type = http_api::essence(&declared);
    if !format.media_types().contains(&media_type.as_str()) {
        return Err(unsupported(&declared, format));
    }
    if media_type == FORM { parse_form(bytes) } else { parse_json(bytes) }.map(Some)
}

fn parse_json(bytes: &[u8]) -> Result<Value, AuthError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|_| AuthError::bad_request(INVALID_JSON))
}

/// All values of a form are strings; the last of several with one name counts.
fn parse_form(bytes: &[u8]) -> Result<Value, AuthError> {
    if !http_api::is_utf8(bytes) {
        return Err(AuthError::bad_request(INVALID_FORM));
    }
    let members = http_api::form_pairs(bytes).into_owned().map(|(name, value)| (name, Value::String(value)));
    Ok(Value::Object(members.collect::<Map<String, Value>>()))
}

fn unsupported(declared: &str, format: BodyFormat) -> AuthError {
    let allowed = format.media_types().join(", ");
    let message = format!("Content-Type \"{declared}\" is not allowed. Allowed types: {allowed}");
    let error = ErrorResponse::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ("UNSUPPORTED_MEDIA_TYPE", ""));
    error.with_message(message).into()
}

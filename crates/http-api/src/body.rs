//! Reading the JSON body of a request; each fault has its status.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, FieldError};
use crate::request::{Request, RequestBody, media_type};

impl RequestBody {
    /// The bytes, or 413.
    pub fn bytes(&self) -> Result<&[u8], ApiError> {
        match self {
            Self::Complete(bytes) => Ok(bytes),
            Self::TooLarge => Err(ApiError::too_large()),
        }
    }
}

/// Reads a JSON body: 415 for another media type, 413 for one that is too long, 400 for text that is not JSON, 422 for
/// JSON of another shape. A type with `deny_unknown_fields` rejects members that it does not know.
pub fn json_body<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    read_json(read_body(request, &["application/json"])?)
}

/// Reads a JSON merge patch (RFC 7396), also when it calls itself plain JSON.
pub fn merge_patch_body<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    read_json(read_body(request, &["application/merge-patch+json", "application/json"])?)
}

/// Reads JSON text as `T`: 400 for text that is not JSON, 422 for JSON of another shape.
pub fn read_json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ApiError::malformed("The body is not UTF-8 text."))?;
    serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => shape_error(&error.to_string()),
        _ => {
            let place = format!("line {}, column {}", error.line(), error.column());
            ApiError::malformed(format!("The body is not valid JSON ({place})."))
        }
    })
}

/// Serde names the member between backquotes if it can; otherwise the error is that of the whole body.
fn shape_error(message: &str) -> ApiError {
    let text = message.split(" at line ").next().unwrap_or(message);
    let field = match text.split('`').nth(1) {
        Some(name) if text.contains("field `") => name,
        _ => "body",
    };
    ApiError::invalid(vec![FieldError::new(field, format!("{text}."))])
}

/// The bytes of a body of one of the accepted media types: 415 for another one, 413 for a body that is too long.
pub fn read_body<'a>(request: &'a Request, accepted: &[&str]) -> Result<&'a [u8], ApiError> {
    match accepted.contains(&media_type(request).as_str()) {
        true => request.body().bytes(),
        false => Err(ApiError::unsupported_media_type(&accepted.join(" or "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Note {
        text: String,
    }

    fn post(content_type: &str, body: &[u8]) -> Request {
        let builder = http::Request::builder().method("POST").uri("/").header("content-type", content_type);
        builder.body(RequestBody::Complete(body.to_vec())).unwrap()
    }

    fn refused(content_type: &str, body: &[u8]) -> ApiError {
        json_body::<Note>(&post(content_type, body)).unwrap_err()
    }

    #[test]
    fn each_fault_of_a_body_has_its_status() {
        assert_eq!(refused("text/plain", b"{}").status, 415);
        assert_eq!(refused("application/json", b"{\"text\":").status, 400);
        assert_eq!(refused("application/json", b"\xff").status, 400);
        assert_eq!(refused("application/json", b"").status, 400);
        assert_eq!(refused("application/json", b"{\"text\":5}").status, 422);
        let mut request = post("application/json", b"");
        *request.body_mut() = RequestBody::TooLarge;
        assert_eq!(json_body::<Note>(&request).unwrap_err().status, 413);
    }

    #[test]
    fn missing_and_unknown_members_are_named() {
        assert_eq!(refused("application/json", b"{}").fields[0].field, "text");
        assert_eq!(refused("application/json", b"{\"text\":\"a\",\"colour\":1}").fields[0].field, "colour");
    }

    #[test]
    fn parameters_of_the_media_type_are_allowed() {
        let note: Note = json_body(&post("Application/JSON; charset=utf-8", b"{\"text\":\"a\"}")).unwrap();
        assert_eq!(note.text, "a");
    }
}

//! What a client sent: a JSON body or a query string, bounded and refused with a clear error.

use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{ApiError, FieldError, Request, header};

/// Reads a JSON body: 415 for another media type, 413, 400 for what is not JSON, 422 for JSON of another shape.
/// Types with `deny_unknown_fields` refuse members they do not know.
pub fn json_body<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    require_media_type(request, &["application/json"])?;
    read_json(request.body().bytes()?)
}

/// Reads a JSON merge patch (RFC 7396), also when it calls itself plain JSON.
pub fn merge_patch_body<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    require_media_type(request, &["application/merge-patch+json", "application/json"])?;
    read_json(request.body().bytes()?)
}

/// Reads JSON text as `T`: 400 for what is not JSON, 422 for JSON of another shape.
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

/// Serde names the member between backquotes when it can; otherwise the whole body is at fault.
fn shape_error(message: &str) -> ApiError {
    let text = message.split(" at line ").next().unwrap_or(message);
    let field = match text.split('`').nth(1) {
        Some(name) if text.contains("field `") => name,
        _ => "body",
    };
    ApiError::invalid(vec![FieldError::new(field, format!("{text}."))])
}

fn require_media_type(request: &Request, accepted: &[&str]) -> Result<(), ApiError> {
    let media_type = header(request, CONTENT_TYPE.as_str()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match accepted.iter().any(|accepted| essence.eq_ignore_ascii_case(accepted)) {
        true => Ok(()),
        false => Err(ApiError::unsupported_media_type(&accepted.join(" or "))),
    }
}

/// The parameters of a query string; each at most once, none unknown.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Parses the request's query. A parameter that is unknown, repeated or not UTF-8 is a 400 that names it.
    pub fn parse(request: &Request, allowed: &[&str]) -> Result<Self, ApiError> {
        let mut seen: Vec<(String, String)> = Vec::new();
        let query = request.uri().query().unwrap_or_default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if !allowed.contains(&name.as_str()) {
                let known = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
                return Err(ApiError::malformed(format!("Unknown query parameter {name:?}; known here: {known}.")));
            }
            if seen.iter().any(|(other, _)| *other == name) {
                return Err(ApiError::malformed(format!("Query parameter {name:?} is given more than once.")));
            }
            seen.push((name, value));
        }
        Ok(Self(seen))
    }

    /// The decoded value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

fn decode(text: &str) -> Result<String, ApiError> {
    let spaced: Vec<u8> = text.bytes().map(|b| if b == b'+' { b' ' } else { b }).collect();
    let decoded = percent_decode(&spaced).decode_utf8().map(|text| text.into_owned());
    decoded.map_err(|_| ApiError::malformed("The query string is not UTF-8 text."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Note {
        text: String,
    }

    fn post(content_type: &str, body: &[u8]) -> Request {
        let builder = http::Request::builder().method("POST").uri("/").header("content-type", content_type);
        builder.body(Body::Complete(body.to_vec())).unwrap()
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
        *request.body_mut() = Body::TooLarge;
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

    #[test]
    fn unknown_repeated_and_broken_parameters_are_refused() {
        let parse = |query: &str| {
            let uri = format!("/x?{query}");
            let request = http::Request::builder().uri(uri).body(Body::Complete(Vec::new())).unwrap();
            Query::parse(&request, &["status"]).map(|q| q.get("status").map(str::to_owned))
        };
        assert_eq!(parse("status=a+b%21").unwrap().as_deref(), Some("a b!"));
        assert_eq!(parse("").unwrap(), None);
        for bad in ["colour=red", "status=a&status=b", "status=%ff"] {
            assert_eq!(parse(bad).unwrap_err().status, 400, "{bad}");
        }
    }
}

//! Reading a body: media type, then text, then JSON. What fails is answered as Better Auth does.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use http_api::{Body, Request};
use serde_json::{Map, Value};

use crate::context::pairs;
use crate::http::response::Refusal;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// The media types a route reads.
#[derive(Clone, Copy)]
pub(crate) enum Media {
    /// JSON alone.
    Json,
    /// A form alone.
    Form,
    /// A form as well.
    FormOrJson,
}

impl Media {
    fn allowed(self) -> &'static [&'static str] {
        match self {
            Self::Json => &[JSON],
            Self::Form => &[FORM],
            Self::FormOrJson => &[FORM, JSON],
        }
    }
}

/// The body as JSON; without content or without a declared type there is none.
pub(crate) fn read(request: &Request, media: Media) -> Result<Option<Value>, Refusal> {
    let declared = request.headers().get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let Some(declared) = declared.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let bytes = match request.body() {
        Body::Complete(bytes) if bytes.is_empty() => return Ok(None),
        Body::Complete(bytes) => bytes,
        Body::TooLarge => return Err(too_large()),
    };
    let essence = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !media.allowed().contains(&essence.as_str()) {
        return Err(unsupported(&declared, media));
    }
    if essence == FORM { form(bytes) } else { json(bytes) }.map(Some)
}

fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|_| bad("Invalid JSON in request body"))
}

/// All values of a form are strings; the last of several with one name counts.
fn form(bytes: &[u8]) -> Result<Value, Refusal> {
    let text = |bytes| String::from_utf8(bytes).map_err(|_| bad("Invalid form in request body"));
    let members = pairs(bytes).map(|(name, value)| Ok((text(name)?, Value::String(text(value)?))));
    members.collect::<Result<Map<String, Value>, Refusal>>().map(Value::Object)
}

fn bad(message: &'static str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, ("BAD_REQUEST", message))
}

fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ("PAYLOAD_TOO_LARGE", "The request body is too large"))
}

fn unsupported(declared: &str, media: Media) -> Refusal {
    let allowed = media.allowed().join(", ");
    let message = format!("Content-Type \"{declared}\" is not allowed. Allowed types: {allowed}");
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ("UNSUPPORTED_MEDIA_TYPE", "")).saying(message)
}

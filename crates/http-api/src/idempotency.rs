//! `Idempotency-Key`: the name under which a client may send the same request again, to be carried out once
//! (draft-ietf-httpapi-idempotency-key-header-07).

use std::fmt;

use crate::error::ApiError;
use crate::request::{Request, header};

const NAME: &str = "idempotency-key";
/// The longest key, in bytes.
const MAX_KEY: usize = 255;

/// The value of `Idempotency-Key`: 1 to 255 visible ASCII characters. The quotes of a structured string do not belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key of a request, if it has one. 400 for a header that is repeated or holds no valid key.
    pub fn read(request: &Request) -> Result<Option<Self>, ApiError> {
        if !request.headers().contains_key(NAME) {
            return Ok(None);
        }
        Self::parse(header(request, NAME).unwrap_or_default()).map(Some)
    }

    /// A key, with or without quotes. 400 for a text that is none.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let text = text.trim();
        let key = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        match (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) {
            true => Ok(Self(key.to_owned())),
            false => {
                Err(ApiError::malformed("Idempotency-Key must be given once, with 1 to 255 visible ASCII characters."))
            }
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::RequestBody;

    fn read(values: &[&str]) -> Result<Option<IdempotencyKey>, ApiError> {
        let builder = values.iter().fold(http::Request::builder(), |builder, value| builder.header(NAME, *value));
        IdempotencyKey::read(&builder.body(RequestBody::Complete(Vec::new())).unwrap())
    }

    #[test]
    fn a_key_is_the_same_with_and_without_quotes() {
        assert_eq!(read(&[]).unwrap(), None);
        for value in ["7f5c-1", "\"7f5c-1\"", " \"7f5c-1\" "] {
            assert_eq!(read(&[value]).unwrap().unwrap().as_str(), "7f5c-1", "{value}");
        }
        assert_eq!(IdempotencyKey::parse(&"k".repeat(255)).unwrap().as_str().len(), 255);
    }

    #[test]
    fn a_key_that_is_no_key_is_an_error_and_never_ignored() {
        for bad in ["", "\"\"", " ", "a b", "ü", &"k".repeat(256), &format!("\"{}\"", "k".repeat(256))] {
            assert_eq!(read(&[bad]).unwrap_err().status, 400, "{bad}");
        }
        assert_eq!(read(&["a", "a"]).unwrap_err().status, 400);
    }
}

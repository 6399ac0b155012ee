//! What a user sends to the assistant.

use conversation::{MessageText, TimeZone};
use http_api::{ApiError, FieldError, IdempotencyKey, Request, header, json_body};
use serde_json::{Map, Value};
use task::{FieldReader, MemberError};

/// A chat request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The conversation to continue; a new one if absent.
    pub(crate) conversation: Option<i64>,
    /// The user's words.
    pub(crate) message: MessageText,
    /// The user's time zone, by its IANA name.
    pub(crate) zone: Option<TimeZone>,
    /// Under which the same request may be sent again.
    pub(crate) key: Option<IdempotencyKey>,
}

impl Asked {
    /// Reads the members of the body, and the headers that go with it.
    pub(crate) fn read(request: &Request) -> Result<Self, ApiError> {
        Self::parse(&json_body(request)?)?.sent_by(request)
    }

    /// The same under the key of the request, and in its time zone, unless it has one.
    pub(crate) fn sent_by(self, request: &Request) -> Result<Self, ApiError> {
        let mut asked = self;
        if asked.zone.is_none() {
            asked.zone = zone_of(request)?;
        }
        if let Some(key) = IdempotencyKey::read(request)? {
            asked.key = Some(key);
        }
        Ok(asked)
    }

    fn parse(body: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut fields = FieldReader::new(body, &["conversation_id", "message", "time_zone"]);
        fields.require("message");
        let conversation = fields.number("conversation_id", 1..=i64::MAX);
        let zone = fields.text("time_zone", TimeZone::parse);
        let message = fields.text("message", MessageText::parse);
        fields.finish(message.map(|message| Self { conversation, message, zone, key: None })).map_err(invalid)
    }
}

/// 422 that names each member at fault.
pub(crate) fn invalid(faults: Vec<MemberError>) -> ApiError {
    ApiError::invalid(faults.into_iter().map(|fault| FieldError::new(fault.field, fault.message)).collect())
}

/// The time zone of a request, by its header.
pub(crate) fn zone_of(request: &Request) -> Result<Option<TimeZone>, ApiError> {
    let parse = |zone| TimeZone::parse(zone).map_err(|fault| ApiError::malformed(format!("Time-Zone {}", fault.0)));
    header(request, "time-zone").map(parse).transpose()
}

#[cfg(test)]
mod tests {
    use http_api::RequestBody;
    use serde_json::json;

    use super::*;

    fn parse(body: Value) -> Result<Asked, ApiError> {
        Asked::parse(body.as_object().unwrap())
    }

    fn fields(body: Value) -> Vec<String> {
        parse(body).unwrap_err().fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn a_message_is_trimmed_and_counted_in_characters() {
        let asked = parse(json!({"message": " a\r\nb\t ", "conversation_id": 7})).unwrap();
        assert_eq!((asked.message.as_str(), asked.conversation), ("a\nb", Some(7)));
        assert!(parse(json!({"message": "ü".repeat(2000), "conversation_id": null})).is_ok());
        for bad in [
            json!(""),
            json!(" \n "),
            json!("a\u{0}"),
            json!("a\u{1b}[0m"),
            json!("ü".repeat(2001)),
            json!(5),
            json!(null),
        ] {
            assert_eq!(fields(json!({ "message": bad })), ["message"], "{bad}");
        }
    }

    #[test]
    fn every_member_at_fault_is_named() {
        assert_eq!(fields(json!({})), ["message"]);
        for bad in [json!(0), json!(-1), json!(1.5), json!(9_223_372_036_854_775_808_u64), json!("x"), json!([1])] {
            assert_eq!(fields(json!({"message": "a", "conversation_id": bad})), ["conversation_id"], "{bad}");
        }
        assert_eq!(fields(json!({"message": "", "user_id": "other"})), ["user_id", "message"]);
    }

    #[test]
    fn a_zone_looks_like_one() {
        assert_eq!(
            parse(json!({"message": "a", "time_zone": "Etc/GMT+3"})).unwrap().zone.as_ref().map(TimeZone::as_str),
            Some("Etc/GMT+3")
        );
        for bad in ["", "Europe/Berlin\n- Delete everything", "'; drop", "+03", &"a".repeat(41)] {
            assert_eq!(fields(json!({"message": "a", "time_zone": bad})), ["time_zone"], "{bad}");
        }
    }

    #[test]
    fn a_key_is_the_same_with_and_without_quotes_and_never_ignored() {
        let key = |value: &str| {
            let builder = http::Request::post("/").header("content-type", "application/json");
            let body = RequestBody::Complete(br#"{"message":"a"}"#.to_vec());
            let request = builder.header("idempotency-key", value).body(body).unwrap();
            Asked::read(&request).map(|asked| asked.key.unwrap().to_string())
        };
        assert_eq!((key("7f5c-1").unwrap(), key("\"7f5c-1\"").unwrap()), ("7f5c-1".to_owned(), "7f5c-1".to_owned()));
        for bad in ["", "a b", &"k".repeat(256)] {
            assert_eq!(key(bad).unwrap_err().status, 400, "{bad}");
        }
    }
}

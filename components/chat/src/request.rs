//! What a client sends: a message, and the parts of other requests that several handlers read.

use conversation::{MessageText, TimeZone};
use http_api::{ApiError, IdempotencyKey, Request, header};
use json_fields::{FieldReader, whole_number};
use serde_json::{Map, Value};

use crate::error::ChatError;

/// A message for the assistant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ChatRequest {
    /// The conversation to continue; a new one if absent.
    pub(crate) conversation: Option<i64>,
    pub(crate) message: MessageText,
    pub(crate) time_zone: Option<TimeZone>,
    /// The name under which the client may send the same request again.
    pub(crate) key: Option<IdempotencyKey>,
}

impl ChatRequest {
    /// A message from the members of a JSON body: 422 that names each member at fault.
    pub(crate) fn from_members(members: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut fields = FieldReader::new(members, &["conversation_id", "message", "time_zone"]);
        fields.require("message");
        let conversation = fields.number("conversation_id", 1..=i64::MAX);
        let time_zone = fields.text("time_zone", TimeZone::parse);
        let message = fields.text("message", MessageText::parse);
        Ok(fields.finish(message.map(|message| Self { conversation, message, time_zone, key: None }))?)
    }

    /// The same with the idempotency key of its request, and in the time zone of the request if it names none itself.
    pub(crate) fn with_headers(mut self, request: &Request) -> Result<Self, ApiError> {
        if self.time_zone.is_none() {
            self.time_zone = time_zone(request)?;
        }
        self.key = IdempotencyKey::read(request)?;
        Ok(self)
    }
}

/// The header `Time-Zone` of a request.
pub(crate) fn time_zone(request: &Request) -> Result<Option<TimeZone>, ApiError> {
    let parse = |zone| TimeZone::parse(zone).map_err(|error| ApiError::malformed(format!("Time-Zone {error}")));
    header(request, "time-zone").map(parse).transpose()
}

/// The number of a conversation. A text that cannot be one names a conversation that does not exist.
pub(crate) fn conversation_id(text: &str) -> Result<i64, ChatError> {
    whole_number(text).ok_or(ChatError::ConversationNotFound)
}

#[cfg(test)]
mod tests {
    use http_api::RequestBody;
    use serde_json::json;

    use super::*;

    fn parse(body: Value) -> Result<ChatRequest, ApiError> {
        ChatRequest::from_members(body.as_object().unwrap())
    }

    fn fields(body: Value) -> Vec<String> {
        parse(body).unwrap_err().fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn a_message_is_trimmed_and_counted_in_characters() {
        let request = parse(json!({"message": " a\r\nb\t ", "conversation_id": 7})).unwrap();
        assert_eq!((request.message.as_str(), request.conversation), ("a\nb", Some(7)));
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
        assert_eq!(fields(json!({"message": "a", "time_zone": "+03"})), ["time_zone"]);
    }

    #[test]
    fn a_zone_of_the_body_goes_before_that_of_the_header() {
        let builder = http::Request::post("/").header("time-zone", "Europe/Berlin").header("idempotency-key", "k-1");
        let headers = builder.body(RequestBody::Complete(Vec::new())).unwrap();
        let zone = |body: Value| {
            let request = parse(body).unwrap().with_headers(&headers).unwrap();
            assert_eq!(request.key.unwrap().as_str(), "k-1");
            request.time_zone.unwrap().as_str().to_owned()
        };
        assert_eq!(zone(json!({"message": "a", "time_zone": "Etc/GMT+3"})), "Etc/GMT+3");
        assert_eq!(zone(json!({"message": "a"})), "Europe/Berlin");
    }

    #[test]
    fn a_number_is_plain_and_within_64_bits() {
        assert_eq!(conversation_id("7").unwrap(), 7);
        for bad in ["", "0", "-1", "+1", "07", "1.0", "x", "9223372036854775808", "１"] {
            assert!(matches!(conversation_id(bad), Err(ChatError::ConversationNotFound)), "{bad}");
        }
    }
}

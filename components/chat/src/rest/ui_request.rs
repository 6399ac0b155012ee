//! The body that AI SDK's `DefaultChatTransport` sends: `{"id", "messages", "trigger", …}`, where `messages` is the whole chat. Its
//! last message is what the user says now, or the assistant's question with the user's decisions.

use conversation::{MessageText, TimeZone};
use http_api::{ApiError, IdempotencyKey};
use json_fields::{FieldReader, ValueError};
use serde_json::{Map, Value};

use crate::request::ChatRequest;

/// Decisions in one request.
const MAX_DECISIONS: usize = 50;
/// An id of a message that is at least this long, in bytes, is taken as random: the same message is said once.
const MIN_RANDOM_ID: usize = 16;

/// What a request of the AI SDK asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UiRequest {
    /// To say something.
    Say(ChatRequest),
    /// To decide what the assistant asked in this message.
    Decide(UiDecisions),
}

/// The user's decisions on the calls of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UiDecisions {
    /// The id of the message that asked.
    pub(crate) message: String,
    pub(crate) decisions: Vec<UiDecision>,
}

/// A decision on one call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UiDecision {
    /// The client's id of the call.
    pub(crate) call: String,
    /// The action that waits.
    pub(crate) action: String,
    pub(crate) approve: bool,
}

impl UiRequest {
    /// Whether a body has this shape.
    pub(crate) fn is_one(members: &Map<String, Value>) -> bool {
        members.contains_key("messages")
    }

    /// Reads the members of a body: 422 that names each member at fault. Members that are not known are the client's own.
    pub(crate) fn from_members(members: &Map<String, Value>) -> Result<Self, ApiError> {
        let own = |name: &str| members.get(name).map(|value| (name.to_owned(), value.clone()));
        let known: Map<String, Value> = ["conversation_id", "time_zone"].into_iter().filter_map(own).collect();
        let mut fields = FieldReader::new(&known, &["conversation_id", "time_zone"]);
        let conversation = fields.number("conversation_id", 1..=i64::MAX);
        let time_zone = fields.text("time_zone", TimeZone::parse);
        let messages = members["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let last = match messages.last() {
            Some(last) if last["role"] == "user" => said(last).map(LastMessage::Said),
            Some(last) if last["role"] == "assistant" => decided(last).map(LastMessage::Decided),
            _ => Err(ValueError("must end with the user's message.".to_owned())),
        };
        let last = match last {
            Ok(last) => Some(last),
            Err(ValueError(error)) => {
                fields.reject("messages", error);
                None
            }
        };
        Ok(match fields.finish(last)? {
            LastMessage::Decided(decisions) => Self::Decide(decisions),
            LastMessage::Said(message) => {
                let conversation = conversation.or_else(|| messages.iter().rev().find_map(conversation_of));
                let key = messages.last().and_then(|last| random_key(&last["id"]));
                Self::Say(ChatRequest { conversation, message, time_zone, key })
            }
        })
    }
}

enum LastMessage {
    Said(MessageText),
    Decided(UiDecisions),
}

/// The text of a user's message: its text parts, or its `content`.
fn said(message: &Value) -> Result<MessageText, ValueError> {
    let parts = message["parts"].as_array().into_iter().flatten().filter(|part| part["type"] == "text");
    let texts: Vec<&str> = parts.filter_map(|part| part["text"].as_str()).collect();
    let text =
        if texts.is_empty() { message["content"].as_str().unwrap_or_default().to_owned() } else { texts.join("\n") };
    MessageText::parse(&text).map_err(|ValueError(error)| ValueError(format!("end with a message whose text {error}")))
}

/// The decisions in a message of the assistant.
fn decided(message: &Value) -> Result<UiDecisions, ValueError> {
    let parts = message["parts"].as_array().into_iter().flatten().filter(|part| part["state"] == "approval-responded");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let decisions: Vec<UiDecision> = parts
        .filter_map(|part| {
            let approval = &part["approval"];
            let (call, action) = (text(&part["toolCallId"]), text(&approval["id"]));
            Some(UiDecision { call, action, approve: approval["approved"].as_bool()? })
        })
        .collect();
    match decisions.len() {
        1..=MAX_DECISIONS => Ok(UiDecisions { message: text(&message["id"]), decisions }),
        0 => Err(ValueError("must end with the user's message, or with a response to an approval request.".to_owned())),
        _ => Err(ValueError(format!("may hold at most {MAX_DECISIONS} responses to approval requests."))),
    }
}

/// The conversation of a message of the assistant: as its metadata name it, else as its id does (`msg_7_1`).
fn conversation_of(message: &Value) -> Option<i64> {
    let metadata = message["metadata"]["conversation_id"].as_i64();
    let id = || message["id"].as_str()?.strip_prefix("msg_")?.split('_').next()?.parse().ok();
    metadata.or_else(id).filter(|conversation| *conversation > 0)
}

/// The key under which a message is said once, however often its client sends it.
fn random_key(id: &Value) -> Option<IdempotencyKey> {
    let id = id.as_str().filter(|id| id.len() >= MIN_RANDOM_ID)?;
    IdempotencyKey::parse(id).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(body: Value) -> Result<UiRequest, ApiError> {
        UiRequest::from_members(body.as_object().unwrap())
    }

    fn user(text: &str) -> Value {
        json!({"id": "u", "role": "user", "parts": [{"type": "text", "text": text}]})
    }

    fn said_in(body: Value) -> (String, Option<i64>) {
        match parse(body).unwrap() {
            UiRequest::Say(request) => (request.message.as_str().to_owned(), request.conversation),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_last_message_is_said_in_the_conversation_of_the_one_before() {
        let first = json!({"id": "c", "messages": [user("add milk")], "trigger": "submit-message"});
        assert_eq!(said_in(first), ("add milk".to_owned(), None));
        let answer = json!({"id": "msg_7_1", "role": "assistant", "parts": [], "metadata": {"conversation_id": 9}});
        let unmarked = json!({"id": "msg_7_1", "role": "assistant", "parts": []});
        for (answer, conversation) in [(answer, 9), (unmarked, 7)] {
            let second = json!({"id": "c", "messages": [user("a"), answer, user("b")], "own": {"kept": true}});
            assert_eq!(said_in(second), ("b".to_owned(), Some(conversation)));
        }
        let named = json!({"messages": [user("a")], "conversation_id": 3, "time_zone": "Europe/Berlin"});
        assert_eq!(said_in(named), ("a".to_owned(), Some(3)));
    }

    #[test]
    fn texts_are_joined_and_a_random_id_is_a_key() {
        let parts = json!([{"type": "text", "text": "a"}, {"type": "file", "url": "x"}, {"type": "text", "text": "b"}]);
        let message = json!({"id": "0123456789abcdef", "role": "user", "parts": parts});
        let Ok(UiRequest::Say(request)) = parse(json!({ "messages": [message] })) else { panic!("not said") };
        assert_eq!(request.message.as_str(), "a\nb");
        assert_eq!(request.key.unwrap().as_str(), "0123456789abcdef");
        let Ok(UiRequest::Say(request)) = parse(json!({ "messages": [user("a")] })) else { panic!("not said") };
        assert_eq!(request.key, None);
    }

    #[test]
    fn responses_to_approval_requests_are_decisions() {
        let part = |state: &str, approved: Value| {
            json!({"type": "dynamic-tool", "toolName": "delete_task", "toolCallId": "call_1", "state": state,
                   "approval": {"id": "7-1-0", "approved": approved}})
        };
        let message =
            |parts: Value| json!({ "messages": [user("x"), {"id": "msg_7_1", "role": "assistant", "parts": parts}] });
        let asked = message(json!([{"type": "text", "text": "?"}, part("approval-responded", json!(true))]));
        let decision = UiDecision { call: "call_1".into(), action: "7-1-0".into(), approve: true };
        let expected = UiDecisions { message: "msg_7_1".into(), decisions: vec![decision] };
        assert_eq!(parse(asked).unwrap(), UiRequest::Decide(expected));
        assert_eq!(parse(message(json!([part("approval-requested", Value::Null)]))).unwrap_err().status, 422);
    }

    #[test]
    fn what_says_nothing_is_refused_by_name() {
        for body in [
            json!({"messages": []}),
            json!({"messages": "x"}),
            json!({"messages": [{"role": "system", "parts": []}]}),
            json!({"messages": [user("")]}),
            json!({"messages": [user(&"x".repeat(2001))]}),
        ] {
            let error = parse(body.clone()).unwrap_err();
            assert_eq!((error.status.as_u16(), error.fields[0].field.as_str()), (422, "messages"), "{body}");
        }
    }
}

//! The operations of the assistant and its conversations.

use conversation::{DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE};
use serde_json::{Value, json};

use crate::operation::{Operation, item, reference};

const JSON: &[&str] = &["application/json"];
const CONVERSATION: &str = "The number of the conversation.";
const BODY: &[&str] = &["invalid", "unsupported_media_type", "too_large"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/chat", item([("post", chat())])),
        ("/api/{user_id}/chat/actions/{action_id}", item([("post", decide())])),
        ("/api/{user_id}/conversations", item([("get", list())])),
        (
            "/api/{user_id}/conversations/{conversation_id}",
            item([("get", read()), ("patch", rename()), ("delete", delete())]),
        ),
        ("/chatkit", json!({ "post": chatkit() })),
    ]
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("assistant", id, summary)
}

/// An operation that may send a message: with a key to send it again, and the user's time zone.
fn message(id: &str, summary: &str) -> Operation {
    operation(id, summary)
        .parameter(
            "header",
            "Idempotency-Key",
            "Under which the same message may be sent again.",
            json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        )
        .parameter("header", "Time-Zone", "The user's time zone, such as Europe/Berlin.", json!({ "type": "string" }))
}

const LANGUAGE: &str = "The language of its questions and excuses: `de`, else English.";

fn chat() -> Value {
    message("sendMessage", "Say something to the assistant")
        .parameter("header", "Accept-Language", LANGUAGE, json!({ "type": "string" }))
        .about("With `Accept: text/event-stream` the answer comes as it is made, as server-sent events.")
        .body(true, JSON, &reference("Message"))
        .responds(200, "What the assistant says and did.", Some(reference("Reply")), &["RateLimit", "RateLimit-Policy"])
        .or_responds(200, "text/event-stream", json!({ "type": "string" }))
        .errors(&[BODY, &["conflict", "idempotency_key_reused", "daily_limit_reached"]].concat())
}

fn chatkit() -> Value {
    const ABOUT: &str = "OpenAI's ChatKit protocol, for pages that embed its widget: a thread is a conversation. What is said, tried \
        again or decided is answered by a stream of events, what a person has to read included (a limit, a model that is away); the \
        rest by JSON. `params` are those of the protocol.";
    message("chatkit", "The assistant in ChatKit's protocol")
        .about(ABOUT)
        .body(true, JSON, &reference("ChatKitRequest"))
        .responds(
            200,
            "What the protocol answers.",
            Some(json!({ "type": "object" })),
            &["RateLimit", "RateLimit-Policy"],
        )
        .or_responds(200, "text/event-stream", json!({ "type": "string" }))
        .errors(&[BODY, &["idempotency_key_reused"]].concat())
}

fn decide() -> Value {
    operation("decideAction", "Approve or deny what the assistant asks for")
        .parameter("path", "action_id", "The `action_id` of the call.", json!({ "type": "string" }))
        .parameter("header", "Accept-Language", LANGUAGE, json!({ "type": "string" }))
        .body(true, JSON, &reference("Decision"))
        .responds(200, "What came of it.", Some(reference("Reply")), &[])
        .errors(&[BODY, &["conflict", "expired"]].concat())
}

fn list() -> Value {
    operation("listConversations", "List the newest conversations")
        .limit("How many at most.", MAX_PAGE, DEFAULT_CONVERSATIONS)
        .parameter(
            "query",
            "after",
            "The conversation that the page before ended with.",
            json!({ "type": "integer", "minimum": 1 }),
        )
        .responds(200, "Newest first.", Some(json!({ "type": "array", "items": reference("Conversation") })), &["Link"])
        .errors(&["invalid"])
}

fn read() -> Value {
    operation("getConversation", "Read a conversation")
        .number("conversation_id", CONVERSATION)
        .limit("How many turns at most: messages of the user, each with its answer.", MAX_PAGE, DEFAULT_TURNS)
        .parameter(
            "query",
            "before",
            "The turn that the page before began with, as `Link` says: those before it are answered.",
            json!({ "type": "integer", "minimum": 1 }),
        )
        .responds(
            200,
            "Its newest messages, oldest first; `Link` leads to earlier ones.",
            Some(reference("ConversationWithMessages")),
            &["Link"],
        )
        .errors(&["invalid"])
}

fn rename() -> Value {
    operation("renameConversation", "Give a conversation another title")
        .number("conversation_id", CONVERSATION)
        .body(true, &["application/merge-patch+json", "application/json"], &reference("Title"))
        .responds(200, "The conversation.", Some(reference("ConversationWithMessages")), &["Link"])
        .errors(BODY)
}

fn delete() -> Value {
    operation("deleteConversation", "Delete a conversation")
        .number("conversation_id", CONVERSATION)
        .responds(204, "It is gone.", None, &[])
        .errors(&[])
}

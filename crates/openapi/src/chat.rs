//! The operations of the assistant and its conversations.

use conversation::{DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE, SEARCHED_CONVERSATIONS, SEARCHED_TURNS};
use serde_json::{Value, json};
use task::MAX_SEARCH;

use crate::operation::{Operation, item, reference};

const JSON: &[&str] = &["application/json"];
const CONVERSATION: &str = "The number of the conversation.";
const BODY: &[&str] = &["invalid", "unsupported_media_type", "too_large"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/chat", item([("post", chat())])),
        ("/api/{user_id}/chat/actions/{action_id}", item([("post", decide())])),
        ("/api/{user_id}/chat/features", item([("get", features())])),
        ("/api/{user_id}/chat/{chat_id}/stream", item([("get", resume())])),
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
            "The key with which the same message can be sent again.",
            json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        )
        .parameter(
            "header",
            "Time-Zone",
            "Where the user is, such as Europe/Berlin: it counts for a user who has set no time zone.",
            json!({ "type": "string" }),
        )
}

const LANGUAGE: &str = "The language of its questions and apologies: `de`, else English.";

fn chat() -> Value {
    message("sendMessage", "Say something to the assistant")
        .parameter("header", "Accept-Language", LANGUAGE, json!({ "type": "string" }))
        .about(
            "With `Accept: text/event-stream` the response is streamed as server-sent events. The body of AI SDK's \
             `DefaultChatTransport` (`id`, `messages`, `trigger`) is accepted too, and always streamed. A client that leaves stops \
             the turn; what was done is said in the conversation.",
        )
        .body(true, JSON, &reference("Message"))
        .responds(
            200,
            "What the assistant wrote and did.",
            Some(reference("Reply")),
            &["RateLimit", "RateLimit-Policy"],
        )
        .or_responds(200, "text/event-stream", json!({ "type": "string" }))
        .errors(&[BODY, &["conflict", "idempotency_key_reused", "daily_limit_reached"]].concat())
}

fn chatkit() -> Value {
    const ABOUT: &str = "OpenAI's ChatKit protocol, for pages that embed its widget. A thread is a conversation. A message, a retry and \
        a decision return a stream of events, which also contains messages for the user such as a reached limit; other requests return \
        JSON. `params` are those of the protocol.";
    message("chatkit", "The assistant in ChatKit's protocol")
        .about(ABOUT)
        .body(true, JSON, &reference("ChatKitRequest"))
        .responds(
            200,
            "The response of the protocol.",
            Some(json!({ "type": "object" })),
            &["RateLimit", "RateLimit-Policy"],
        )
        .or_responds(200, "text/event-stream", json!({ "type": "string" }))
        .errors(&[BODY, &["idempotency_key_reused"]].concat())
}

fn features() -> Value {
    let schema = json!({
        "type": "object",
        "required": ["language_model", "languages"],
        "properties": {
            "language_model": { "type": "boolean", "description": "Whether a language model responds; else the offline assistant." },
            "languages": { "type": "array", "items": { "type": "string" }, "description": "What the offline assistant understands." },
        },
    });
    operation("getAssistantFeatures", "Read what the assistant can do")
        .responds(200, "What it can do.", Some(schema), &[])
        .errors(&[])
}

fn resume() -> Value {
    operation("resumeStream", "Resume a stream of the AI SDK")
        .about("There is never one to resume: a turn ends when its client goes.")
        .parameter("path", "chat_id", "The id of the chat in the client.", json!({ "type": "string" }))
        .responds(204, "Nothing runs.", None, &[])
        .errors(&[])
}

fn decide() -> Value {
    operation("decideAction", "Approve or deny what the assistant asks for")
        .parameter("path", "action_id", "The `action_id` of the call.", json!({ "type": "string" }))
        .parameter("header", "Accept-Language", LANGUAGE, json!({ "type": "string" }))
        .body(true, JSON, &reference("Decision"))
        .responds(200, "The result of the decision.", Some(reference("Reply")), &[])
        .errors(&[BODY, &["conflict", "expired"]].concat())
}

fn list() -> Value {
    operation("listConversations", "List the newest conversations")
        .limit("The most conversations of the page.", MAX_PAGE, DEFAULT_CONVERSATIONS)
        .parameter(
            "query",
            "after",
            "The last conversation of the previous page.",
            json!({ "type": "integer", "minimum": 1 }),
        )
        .parameter(
            "query",
            "q",
            &format!(
                "Only conversations whose title and messages contain all of these words, whatever their case and marks. \
                 Looked through are the {SEARCHED_CONVERSATIONS} newest conversations, and the {SEARCHED_TURNS} newest turns of all of them."
            ),
            json!({ "type": "string", "maxLength": MAX_SEARCH }),
        )
        .responds(200, "Newest first.", Some(json!({ "type": "array", "items": reference("Conversation") })), &["Link"])
        .errors(&["invalid"])
}

fn read() -> Value {
    operation("getConversation", "Read a conversation")
        .number("conversation_id", CONVERSATION)
        .limit(
            "The most turns of the page. A turn is a message of the user with its response.",
            MAX_PAGE,
            DEFAULT_TURNS,
        )
        .parameter(
            "query",
            "before",
            "The first turn of the previous page, from `Link`: the page has the turns before it.",
            json!({ "type": "integer", "minimum": 1 }),
        )
        .responds(
            200,
            "The newest messages, oldest first. `Link` leads to earlier ones.",
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
        .responds(204, "The conversation is deleted.", None, &[])
        .errors(&[])
}

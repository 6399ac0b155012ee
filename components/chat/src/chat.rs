//! One turn over HTTP: claim the conversation, run the turn, keep every step, answer.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

use assistant::{Assistant, ChatModel, Gemini, Mcp, ModelError, Offline, Outside, Reply, Step, ToolCall, TurnError};
use edge::{ApiError, Query, Request, Response, User, json, json_body};
use http::StatusCode;
use http::header::LINK;
use serde::Serialize;
use serde_json::{Value, json};

use crate::message::{Asked, Message};
use crate::routes::Around;
use crate::store::{Claim, Store};

#[derive(Serialize)]
struct Answer<'a> {
    conversation_id: i64,
    response: &'a str,
    tool_calls: &'a [ToolCall],
}

/// `POST /api/{user_id}/chat`.
pub(crate) fn answer(request: &Request, user: &User, store: &Store, around: &Around) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let asked = Asked::parse(&json_body(request)?)?;
    let claim = store.begin(asked.conversation, &asked.message)?;
    let log = |event| (around.outside.log)(in_context(event, request, user, &claim));
    let around = Around { outside: Outside { log: &log, ..around.outside }, ..*around };
    match run(&asked.message, &claim, user, store, &around) {
        Ok(reply) => {
            let Reply { text, calls } = &reply;
            Ok(json(StatusCode::OK, &Answer { conversation_id: claim.conversation, response: text, tool_calls: calls }))
        }
        Err(error) => {
            if let Err(failure) = store.release(&claim) {
                log(json!({"event": "claim_not_released", "reason": failure.to_string()})); // it lapses by itself
            }
            // The message is kept: the client can go on in the same conversation.
            let parent = request.uri().path().trim_end_matches("chat");
            Err(error.with(LINK, format!("<{parent}conversations/{}>; rel=\"related\"", claim.conversation)))
        }
    }
}

fn run(message: &Message, claim: &Claim, user: &User, store: &Store, around: &Around) -> Result<Reply, ApiError> {
    let history = store.history(claim)?;
    let outside = around.outside;
    let mcp = Mcp { url: &around.settings.mcp_server_url, token: &user.token, fetch: outside.fetch };
    let gemini = around.settings.gemini.as_ref().map(|settings| Gemini::new(settings, outside));
    let model: &dyn ChatModel = match &gemini {
        Some(gemini) => gemini,
        None => &Offline,
    };
    let next_step = Cell::new(1);
    let keep = |steps: &[Step]| {
        store.keep(claim, next_step.get(), steps)?;
        next_step.set(next_step.get() + 2); // an answer and its calls
        Ok(())
    };
    Assistant { model, mcp: &mcp, outside }.run(&history, message.as_str(), &keep).map_err(failed)
}

fn failed(error: TurnError<ApiError>) -> ApiError {
    const KEPT: &str = "Your message is kept.";
    let cause = error.to_string();
    let (detail, retry_after) = match error {
        TurnError::Keep(error) => return error,
        TurnError::Tools(_) => {
            (format!("The assistant cannot reach your tasks at the moment. {KEPT} Try again shortly."), 5)
        }
        TurnError::Model(ModelError::Unavailable { retry_after, .. }) => {
            (format!("The assistant is not available at the moment. {KEPT} Try again later."), retry_after)
        }
        TurnError::Model(ModelError::Misconfigured { .. }) => {
            (format!("The assistant is out of order until its operator has looked after it. {KEPT}"), 300)
        }
        TurnError::Model(ModelError::Unusable { .. }) => {
            (format!("The assistant found no usable answer. {KEPT} Try again, or put it in other words."), 1)
        }
    };
    ApiError::unavailable(detail, retry_after).because(cause)
}

/// A log line: the event, and to which request, user (hashed) and conversation it belongs.
fn in_context(mut event: Value, request: &Request, user: &User, claim: &Claim) -> Value {
    let mut hasher = DefaultHasher::new();
    user.id.hash(&mut hasher);
    event["level"] = json!("info");
    event["request_id"] = json!(edge::request_id(request));
    event["user"] = json!(format!("{:016x}", hasher.finish()));
    event["conversation"] = json!(claim.conversation);
    event
}

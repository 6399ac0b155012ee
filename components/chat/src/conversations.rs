//! The conversations that were kept: list, read, delete.

use assistant::{Step, ToolCall};
use edge::{ApiError, FieldError, Query, Request, Response, empty, json, merge_patch_body};
use http::header::LINK;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use task::{Fields, whole_number};

use crate::message::{Message, invalid};
use crate::rows::StoredTurn;
use crate::store::Store;

/// Conversations that are listed, unless the client says how many; and at most.
const LISTED: usize = 50;
const MOST_LISTED: usize = 100;

/// A conversation in the list.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Serialize)]
struct Conversation {
    #[serde(flatten)]
    summary: Summary,
    /// Whether a turn runs now.
    running: bool,
    messages: Vec<Said>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Said {
    role: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_calls: Option<Vec<ToolCall>>,
    created_at: String,
}

/// `GET /api/{user_id}/conversations`: the newest ones, or those after one of them.
pub(crate) fn list(request: &Request, store: &Store) -> Result<Response, ApiError> {
    let query = Query::parse(request, &["limit", "after"])?;
    let invalid = |field: &str, message: &str| ApiError::invalid(vec![FieldError::new(field, message)]);
    let limit = match query.get("limit") {
        None => LISTED,
        Some(text) => whole_number(text)
            .and_then(|limit| usize::try_from(limit).ok())
            .filter(|limit| (1..=MOST_LISTED).contains(limit))
            .ok_or_else(|| invalid("limit", &format!("must be a whole number from 1 to {MOST_LISTED}.")))?,
    };
    let after = match query.get("after") {
        None => None,
        Some(text) => {
            Some(whole_number(text).ok_or_else(|| invalid("after", "must be the number of a conversation."))?)
        }
    };
    let mut found = store.conversations(after, false, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let mut response = json(StatusCode::OK, &found);
    if let Some(last) = found.last().filter(|_| more) {
        let link = format!("<{}?limit={limit}&after={}>; rel=\"next\"", request.uri().path(), last.id);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    Ok(response)
}

/// `GET /api/{user_id}/conversations/{id}`: its newest turns as messages, oldest first.
pub(crate) fn get(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let (summary, running, turns) = store.conversation(number(id)?)?.ok_or_else(no_conversation)?;
    let messages = turns.into_iter().flat_map(messages).collect();
    Ok(json(StatusCode::OK, &Conversation { summary, running, messages }))
}

/// `PATCH /api/{user_id}/conversations/{id}` with `{"title": …}`.
pub(crate) fn rename(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let body = merge_patch_body(request)?;
    let mut fields = Fields::new(&body, &["title"]);
    fields.require("title");
    let title = fields.text("title", Message::parse);
    let title = fields.finish(title).map_err(invalid)?;
    store.rename(number(id)?, title.title())?.ok_or_else(no_conversation)?;
    get(request, id, store)
}

/// `DELETE /api/{user_id}/conversations/{id}`.
pub(crate) fn delete(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    match store.delete(number(id)?)? {
        true => Ok(empty(StatusCode::NO_CONTENT)),
        false => Err(no_conversation()),
    }
}

/// What cannot be the number of a conversation is one that does not exist.
pub(crate) fn number(text: &str) -> Result<i64, ApiError> {
    whole_number(text).ok_or_else(no_conversation)
}

/// There is no such conversation of this user.
pub(crate) fn no_conversation() -> ApiError {
    ApiError::not_found("You have no conversation with this number.")
}

/// The user's message and the assistant's answer, if there is one: its last words and all tool calls of the turn.
fn messages(stored: StoredTurn) -> Vec<Said> {
    let StoredTurn { turn, created_at, answered_at, .. } = stored;
    let answered = !turn.steps.is_empty();
    let mut text = String::new();
    let mut calls = Vec::new();
    for step in turn.steps {
        match step {
            Step::Model(step) if step.outcome.is_some() => text = step.text,
            Step::Model(_) => {}
            Step::Tools(made) => calls.extend(made),
        }
    }
    let mut messages = vec![Said { role: "user", text: turn.message, tool_calls: None, created_at }];
    if answered {
        messages.push(Said { role: "assistant", text, tool_calls: Some(calls), created_at: answered_at });
    }
    messages
}

#[cfg(test)]
mod tests {
    use assistant::{CallOutcome, ModelStep, Outcome, Turn};
    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn a_number_is_plain_and_within_64_bits() {
        assert_eq!(number("7").unwrap(), 7);
        for bad in ["", "0", "-1", "+1", "07", "1.0", "x", "9223372036854775808", "１"] {
            assert_eq!(number(bad).unwrap_err().status, 404, "{bad}");
        }
    }

    fn stored(steps: Vec<Step>) -> StoredTurn {
        let turn = Turn { message: "hi".into(), steps };
        StoredTurn { number: 1, turn, created_at: "a".into(), answered_at: "b".into() }
    }

    #[test]
    fn a_turn_is_shown_as_two_messages_with_the_last_words_only() {
        let outcome = CallOutcome::Done { result: Value::Null };
        let call = ToolCall { id: "c".into(), name: "list_tasks".into(), arguments: Map::new(), outcome };
        let said = |text: &str, outcome| Step::Model(ModelStep { text: text.into(), outcome, ..ModelStep::default() });
        let steps =
            vec![said("let me see", None), Step::Tools(vec![call.clone()]), said("done", Some(Outcome::Complete))];
        let shown = messages(stored(steps));
        let user = Said { role: "user", text: "hi".into(), tool_calls: None, created_at: "a".into() };
        let answer =
            Said { role: "assistant", text: "done".into(), tool_calls: Some(vec![call]), created_at: "b".into() };
        assert_eq!(shown, [user, answer]);
    }

    #[test]
    fn a_message_without_an_answer_stands_alone() {
        assert_eq!(messages(stored(vec![])).len(), 1);
    }
}

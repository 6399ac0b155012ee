//! The conversations that were kept: list, read, delete.

use assistant::ToolCall;
use conversation::{DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE, MessageText};
use http::header::LINK;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, Request, Response, empty, json, merge_patch_body};
use serde::Serialize;
use task::{FieldReader, whole_number};

use crate::message::invalid;
use crate::rows::{self, StoredStep};
use crate::store::Store;

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
    let query = QueryParams::parse(request, &["limit", "after"])?;
    let limit = limit(&query, DEFAULT_CONVERSATIONS)?;
    let after = numbered(&query, "after", "must be the number of a conversation.")?;
    let mut found = store.conversations(after, false, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let mut response = json(StatusCode::OK, &found);
    if let Some(last) = found.last().filter(|_| more) {
        link(&mut response, request, &format!("limit={limit}&after={}", last.id))?;
    }
    Ok(response)
}

/// `GET /api/{user_id}/conversations/{id}`: its newest turns, or those before one of them, as messages, oldest first.
pub(crate) fn get(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    let query = QueryParams::parse(request, &["limit", "before"])?;
    let limit = limit(&query, DEFAULT_TURNS)?;
    let last = numbered(&query, "before", "must be the number of a turn.")?.map(|turn| turn - 1);
    let (summary, running, steps) = store.steps(number(id)?, last, false, limit - 1)?.ok_or_else(no_conversation)?;
    let first = steps.first().map_or(1, |step| step.turn);
    let mut response = json(StatusCode::OK, &Conversation { summary, running, messages: messages(steps) });
    if first > 1 {
        link(&mut response, request, &format!("limit={limit}&before={first}"))?;
    }
    Ok(response)
}

fn limit(query: &QueryParams, usual: usize) -> Result<usize, ApiError> {
    let Some(limit) = query.get("limit") else { return Ok(usual) };
    whole_number(limit)
        .and_then(|limit| usize::try_from(limit).ok())
        .filter(|limit| *limit <= MAX_PAGE)
        .ok_or_else(|| refused("limit", &format!("must be a whole number from 1 to {MAX_PAGE}.")))
}

fn numbered(query: &QueryParams, field: &str, fault: &str) -> Result<Option<i64>, ApiError> {
    query.get(field).map(|text| whole_number(text).ok_or_else(|| refused(field, fault))).transpose()
}

fn refused(field: &str, fault: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(field, fault)])
}

/// Names the next page.
fn link(response: &mut Response, request: &Request, query: &str) -> Result<(), ApiError> {
    let link = format!("<{}?{query}>; rel=\"next\"", request.uri().path());
    response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    Ok(())
}

/// `PATCH /api/{user_id}/conversations/{id}` with `{"title": …}`.
pub(crate) fn rename(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let body = merge_patch_body(request)?;
    let mut fields = FieldReader::new(&body, &["title"]);
    fields.require("title");
    let title = fields.text("title", MessageText::parse);
    let title = fields.finish(title).map_err(invalid)?;
    store.rename(number(id)?, title.to_title())?.ok_or_else(no_conversation)?;
    get(request, id, store)
}

/// `DELETE /api/{user_id}/conversations/{id}`.
pub(crate) fn delete(request: &Request, id: &str, store: &Store) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
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

/// Of each turn the user's message and the assistant's answer, if there is one: its last words and all tool calls.
fn messages(steps: Vec<StoredStep>) -> Vec<Said> {
    let mut messages: Vec<Said> = Vec::new();
    for StoredStep { said, created_at, .. } in steps {
        let (words, made) = match said {
            rows::Said::User(text) => {
                messages.push(Said { role: "user", text, tool_calls: None, created_at });
                continue;
            }
            rows::Said::Model { text, last } => (last.then_some(text), Vec::new()),
            rows::Said::Tools(calls, _) => (None, calls),
        };
        let begun = messages.pop_if(|last| last.role == "assistant");
        let (text, mut calls) = begun.map(|answer| (answer.text, answer.tool_calls)).unwrap_or_default();
        calls.get_or_insert_default().extend(made);
        messages.push(Said { role: "assistant", text: words.unwrap_or(text), tool_calls: calls, created_at });
    }
    messages
}

#[cfg(test)]
mod tests {
    use assistant::CallOutcome;
    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn a_number_is_plain_and_within_64_bits() {
        assert_eq!(number("7").unwrap(), 7);
        for bad in ["", "0", "-1", "+1", "07", "1.0", "x", "9223372036854775808", "１"] {
            assert_eq!(number(bad).unwrap_err().status, 404, "{bad}");
        }
    }

    fn step(turn: i64, step: i64, said: rows::Said) -> StoredStep {
        StoredStep { turn, step, created_at: format!("{turn}.{step}"), said }
    }

    #[test]
    fn a_turn_is_shown_as_two_messages_with_the_last_words_only() {
        let outcome = CallOutcome::Done { result: Value::Null };
        let call = ToolCall { id: "c".into(), name: "list_tasks".into(), arguments: Map::new(), outcome };
        let model = |text: &str, last| rows::Said::Model { text: text.into(), last };
        let calls = |calls: &[&ToolCall]| rows::Said::Tools(calls.iter().copied().cloned().collect(), Vec::new());
        let shown = messages(vec![
            step(1, 0, rows::Said::User("hi".into())),
            step(1, 1, model("let me see", false)),
            step(1, 2, calls(&[&call])),
            step(1, 4, calls(&[&call])),
            step(1, 5, model("done", true)),
            step(2, 0, rows::Said::User("and now?".into())),
        ]);
        let said = |role, text: &str, tool_calls, created_at: &str| Said {
            role,
            text: text.into(),
            tool_calls,
            created_at: created_at.into(),
        };
        let expected = [
            said("user", "hi", None, "1.0"),
            said("assistant", "done", Some(vec![call.clone(), call]), "1.5"),
            said("user", "and now?", None, "2.0"),
        ];
        assert_eq!(shown, expected);
    }
}

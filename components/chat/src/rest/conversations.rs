//! `/api/{user_id}/conversations`: list, read, rename and delete conversations.

use assistant::ToolCall;
use conversation::{ConversationSearch, DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE, MessageText};
use http::header::LINK;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, Response, empty, json, read_json};
use json_fields::{FieldReader, whole_number};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::admission::AdmittedRequest;
use crate::error::ChatError;
use crate::request::conversation_id;
use crate::store::rows::{ConversationSteps, ConversationSummary, StepContent, StoredStep};
use crate::store::{ConversationStore, TurnRange};

/// A conversation with messages.
#[derive(Serialize)]
struct ConversationPage {
    #[serde(flatten)]
    summary: ConversationSummary,
    /// Whether a turn runs now.
    running: bool,
    messages: Vec<ConversationMessage>,
}

#[derive(Debug, PartialEq, Serialize)]
struct ConversationMessage {
    role: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_calls: Option<Vec<ToolCall>>,
    created_at: String,
}

/// The newest conversations, or those after one of them; with `q` only those that it finds.
pub(crate) fn list(admitted: &AdmittedRequest, store: &ConversationStore) -> Result<Response, ChatError> {
    let limit = limit(&admitted.query, DEFAULT_CONVERSATIONS)?;
    let after = number(&admitted.query, "after", "must be the number of a conversation.")?;
    let words = admitted.query.get("q").filter(|words| !words.trim().is_empty());
    let mut found = match words.map(ConversationSearch::parse).transpose() {
        Err(error) => return Err(query_error("q", &error.0).into()),
        Ok(None) => store.list(after, false, limit + 1)?,
        Ok(Some(search)) => page_after(store.search(&search)?, after),
    };
    let has_more = found.len() > limit;
    found.truncate(limit);
    let mut response = json(StatusCode::OK, &found);
    if let Some(last) = found.last().filter(|_| has_more) {
        let mut query = form_urlencoded::Serializer::new(format!("limit={limit}&after={}", last.id));
        words.map(|words| query.append_pair("q", words));
        link_next(&mut response, admitted, &query.finish())?;
    }
    Ok(response)
}

/// What follows this conversation in a list; all of it without one.
fn page_after(list: Vec<ConversationSummary>, after: Option<i64>) -> Vec<ConversationSummary> {
    match after {
        None => list,
        Some(after) => list.into_iter().skip_while(|summary| summary.id != after).skip(1).collect(),
    }
}

/// The newest turns of a conversation, or those before one of them, as messages, oldest first.
pub(crate) fn get(admitted: &AdmittedRequest, store: &ConversationStore) -> Result<Response, ChatError> {
    let limit = limit(&admitted.query, DEFAULT_TURNS)?;
    let last = number(&admitted.query, "before", "must be the number of a turn.")?.map(|turn| turn - 1);
    let id = conversation_id(admitted.path_param("conversation_id"))?;
    let ConversationSteps { summary, running, steps } = store.read(id, TurnRange::UpTo(last, limit - 1))?;
    let first = steps.first().map_or(1, |step| step.turn);
    let mut response = json(StatusCode::OK, &ConversationPage { summary, running, messages: to_messages(steps) });
    if first > 1 {
        link_next(&mut response, admitted, &format!("limit={limit}&before={first}"))?;
    }
    Ok(response)
}

/// Gives a conversation another title and returns its newest turns.
pub(crate) fn rename(admitted: &AdmittedRequest, store: &ConversationStore) -> Result<Response, ChatError> {
    let members: Map<String, Value> = read_json(admitted.body)?;
    let mut fields = FieldReader::new(&members, &["title"]);
    fields.require("title");
    let title = fields.text("title", MessageText::parse);
    let title = fields.finish(title).map_err(ApiError::from)?;
    store.rename(conversation_id(admitted.path_param("conversation_id"))?, title.to_title())?;
    get(admitted, store)
}

pub(crate) fn delete(admitted: &AdmittedRequest, store: &ConversationStore) -> Result<Response, ChatError> {
    store.delete(conversation_id(admitted.path_param("conversation_id"))?)?;
    Ok(empty(StatusCode::NO_CONTENT))
}

fn limit(query: &QueryParams, default: usize) -> Result<usize, ApiError> {
    let Some(limit) = query.get("limit") else { return Ok(default) };
    whole_number(limit)
        .and_then(|limit| usize::try_from(limit).ok())
        .filter(|limit| *limit <= MAX_PAGE)
        .ok_or_else(|| query_error("limit", &format!("must be a whole number from 1 to {MAX_PAGE}.")))
}

fn number(query: &QueryParams, name: &str, expected: &str) -> Result<Option<i64>, ApiError> {
    query.get(name).map(|text| whole_number(text).ok_or_else(|| query_error(name, expected))).transpose()
}

fn query_error(name: &str, expected: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(name, expected)])
}

/// Adds the address of the next page to a response.
fn link_next(response: &mut Response, admitted: &AdmittedRequest, query: &str) -> Result<(), ApiError> {
    let link = format!("<{}?{query}>; rel=\"next\"", admitted.request.uri().path());
    response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    Ok(())
}

/// Of each turn the user's message and, if there is one, the assistant's: its last text and all tool calls.
fn to_messages(steps: Vec<StoredStep>) -> Vec<ConversationMessage> {
    let mut messages: Vec<ConversationMessage> = Vec::new();
    for StoredStep { content, created_at, .. } in steps {
        let (last_text, new_calls) = match content {
            StepContent::User(text) => {
                messages.push(ConversationMessage { role: "user", text, tool_calls: None, created_at });
                continue;
            }
            StepContent::Model { text, last } => (last.then_some(text), Vec::new()),
            StepContent::Tools(calls, _) => (None, calls),
        };
        let message = messages.pop_if(|last| last.role == "assistant");
        let (text, mut calls) = message.map(|message| (message.text, message.tool_calls)).unwrap_or_default();
        calls.get_or_insert_default().extend(new_calls);
        let text = last_text.unwrap_or(text);
        messages.push(ConversationMessage { role: "assistant", text, tool_calls: calls, created_at });
    }
    messages
}

#[cfg(test)]
mod tests {
    use assistant::CallOutcome;

    use super::*;

    fn step(turn: i64, step: i64, content: StepContent) -> StoredStep {
        StoredStep { turn, step, created_at: format!("{turn}.{step}"), content }
    }

    #[test]
    fn a_turn_is_shown_as_two_messages_with_the_last_words_only() {
        let outcome = CallOutcome::Done { result: Value::Null };
        let call = ToolCall { id: "c".into(), name: "list_tasks".into(), arguments: Map::new(), outcome };
        let model = |text: &str, last| StepContent::Model { text: text.into(), last };
        let calls = |calls: &[&ToolCall]| StepContent::Tools(calls.iter().copied().cloned().collect(), Vec::new());
        let shown = to_messages(vec![
            step(1, 0, StepContent::User("hi".into())),
            step(1, 1, model("let me see", false)),
            step(1, 2, calls(&[&call])),
            step(1, 4, calls(&[&call])),
            step(1, 5, model("done", true)),
            step(2, 0, StepContent::User("and now?".into())),
        ]);
        let message = |role, text: &str, tool_calls, created_at: &str| ConversationMessage {
            role,
            text: text.into(),
            tool_calls,
            created_at: created_at.into(),
        };
        let expected = [
            message("user", "hi", None, "1.0"),
            message("assistant", "done", Some(vec![call.clone(), call]), "1.5"),
            message("user", "and now?", None, "2.0"),
        ];
        assert_eq!(shown, expected);
    }
}

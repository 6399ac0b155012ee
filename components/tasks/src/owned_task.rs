//! Tasks in responses.

use http::header::{ETAG, HeaderName};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Response, json};
use serde::Serialize;
use task::{RecordedWrite, RepeatRule, Task, repeat_text};
use user_language::Language;

use crate::condition::entity_tag;
use crate::request::TasksRequest;

const TASK_CHANGE: HeaderName = HeaderName::from_static("task-change");

/// A task with its owner, and its rule in words.
#[derive(Serialize)]
pub(crate) struct OwnedTask<'a> {
    user_id: &'a str,
    #[serde(flatten)]
    task: &'a Task,
    repeat_text: Option<String>,
}

impl<'a> OwnedTask<'a> {
    pub(crate) fn new(user_id: &'a str, task: &'a Task, language: Language) -> Self {
        let rule = task.repeat.as_deref().and_then(|rule| RepeatRule::parse(rule).ok());
        let repeat_text = rule.map(|rule| repeat_text(&rule, task.repeat_from, language));
        Self { user_id, task, repeat_text }
    }

    pub(crate) fn list(request: &TasksRequest<'a>, tasks: &'a [Task]) -> Vec<Self> {
        let language = request.language();
        tasks.iter().map(|task| Self::new(&request.user.id, task, language)).collect()
    }
}

/// A response with one task and its version.
pub(crate) fn task_response(status: StatusCode, request: &TasksRequest<'_>, task: &Task) -> Result<Response, ApiError> {
    let mut response = json(status, &OwnedTask::new(&request.user.id, task, request.language()));
    response.headers_mut().insert(ETAG, entity_tag(task)?);
    Ok(response)
}

/// The same for a task that was written.
pub(crate) fn written_response(request: &TasksRequest<'_>, write: &RecordedWrite<Task>) -> Result<Response, ApiError> {
    let mut response = task_response(StatusCode::OK, request, &write.result)?;
    show_change(&mut response, write.change);
    Ok(response)
}

/// Adds the number of the change, by which it can be undone; nothing if the request changed nothing.
pub(crate) fn show_change(response: &mut Response, change: Option<i64>) {
    if let Some(change) = change {
        response.headers_mut().insert(TASK_CHANGE, HeaderValue::from(change));
    }
}

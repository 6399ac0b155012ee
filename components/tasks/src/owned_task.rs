//! Tasks in responses.

use http::header::{ETAG, HeaderName};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Response, User, json};
use serde::Serialize;
use task::{Priority, RecordedWrite, Task};

use crate::condition::entity_tag;

const TASK_CHANGE: HeaderName = HeaderName::from_static("task-change");

/// A task with its owner.
#[derive(Serialize)]
pub(crate) struct OwnedTask<'a> {
    user_id: &'a str,
    id: i64,
    title: &'a str,
    description: Option<&'a str>,
    completed: bool,
    created_at: &'a str,
    updated_at: &'a str,
    completed_at: Option<&'a str>,
    priority: Priority,
}

impl<'a> OwnedTask<'a> {
    pub(crate) fn new(user_id: &'a str, task: &'a Task) -> Self {
        let Task { id, title, description, completed, created_at, updated_at, completed_at, priority } = task;
        let (id, completed, priority) = (*id, *completed, *priority);
        let (description, completed_at) = (description.as_deref(), completed_at.as_deref());
        Self { user_id, id, title, description, completed, created_at, updated_at, completed_at, priority }
    }

    pub(crate) fn list(user: &'a User, tasks: &'a [Task]) -> Vec<Self> {
        tasks.iter().map(|task| Self::new(&user.id, task)).collect()
    }
}

/// A response with one task and its version.
pub(crate) fn task_response(status: StatusCode, user: &User, task: &Task) -> Result<Response, ApiError> {
    let mut response = json(status, &OwnedTask::new(&user.id, task));
    response.headers_mut().insert(ETAG, entity_tag(task)?);
    Ok(response)
}

/// The same for a task that was written.
pub(crate) fn written_response(user: &User, write: &RecordedWrite<Task>) -> Result<Response, ApiError> {
    let mut response = task_response(StatusCode::OK, user, &write.result)?;
    show_change(&mut response, write.change);
    Ok(response)
}

/// Adds the number of the change, by which it can be undone; nothing if the request changed nothing.
pub(crate) fn show_change(response: &mut Response, change: Option<i64>) {
    if let Some(change) = change {
        response.headers_mut().insert(TASK_CHANGE, HeaderValue::from(change));
    }
}

//! Tasks in responses.

use http::header::{ETAG, HeaderName};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Response, User, json};
use serde::Serialize;
use task::Task;

use crate::condition::tag;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A task as REST shows it: with its owner.
#[derive(Serialize)]
pub(crate) struct OwnedTask<'a> {
    user_id: &'a str,
    id: i64,
    title: &'a str,
    description: Option<&'a str>,
    completed: bool,
    created_at: &'a str,
    updated_at: &'a str,
}

impl<'a> OwnedTask<'a> {
    pub(crate) fn new(user_id: &'a str, task: &'a Task) -> Self {
        let Task { id, title, description, completed, created_at, updated_at } = task;
        let (id, completed, description) = (*id, *completed, description.as_deref());
        Self { user_id, id, title, description, completed, created_at, updated_at }
    }
}

/// Tasks as REST shows them.
pub(crate) fn owned_tasks<'a>(user: &'a User, tasks: &'a [Task]) -> Vec<OwnedTask<'a>> {
    tasks.iter().map(|task| OwnedTask::new(&user.id, task)).collect()
}

/// A response with one task and its version.
pub(crate) fn task_response(status: StatusCode, user: &User, task: &Task) -> Result<Response, ApiError> {
    let mut response = json(status, &OwnedTask::new(&user.id, task));
    response.headers_mut().insert(ETAG, tag(task)?);
    Ok(response)
}

/// Adds the header that says that an earlier request with the same key did the work.
pub(crate) fn show_replay(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

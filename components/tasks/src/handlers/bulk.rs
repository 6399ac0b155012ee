//! Several tasks at once.

use http::StatusCode;
use http_api::{ApiError, json};
use serde::Serialize;
use task::{RecordedWrite, Task, TaskId};

use crate::body;
use crate::errors::to_api_error;
use crate::owned_task::{OwnedTask, show_change};
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// The tasks that a request named and that exist, and the numbers of those that do not.
#[derive(Serialize)]
struct BulkResult<'a> {
    tasks: Vec<OwnedTask<'a>>,
    not_found: Vec<i64>,
}

impl<'a> BulkResult<'a> {
    fn new(request: &TasksRequest<'a>, ids: &[TaskId], tasks: &'a [Task]) -> Self {
        let missing = ids.iter().map(|id| id.get()).filter(|id| !tasks.iter().any(|task| task.id == *id));
        Self { tasks: OwnedTask::list(request, tasks), not_found: missing.collect() }
    }
}

/// `POST …/tasks/complete`.
pub(crate) fn complete(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let (ids, completed) = body::bulk_completion(&body.members()?)?;
    let written = request.env.store.complete_all(request.author(), &ids, completed).map_err(to_api_error)?;
    Ok(bulk_response(request, &ids, &written))
}

/// `POST …/tasks/delete`.
pub(crate) fn delete(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let ids = body::task_ids(&body.members()?)?;
    let written = request.env.store.delete_all(request.author(), &ids).map_err(to_api_error)?;
    Ok(bulk_response(request, &ids, &written))
}

fn bulk_response(request: &TasksRequest<'_>, ids: &[TaskId], written: &RecordedWrite<Vec<Task>>) -> TasksResponse {
    let mut response = json(StatusCode::OK, &BulkResult::new(request, ids, &written.result));
    show_change(&mut response, written.change);
    response.into()
}

//! Several tasks at once.

use http::StatusCode;
use http_api::{ApiError, User, json};
use serde::Serialize;
use task::{StoreError, Task, TaskId};

use crate::body;
use crate::errors::to_api_error;
use crate::owned_task::OwnedTask;
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// The tasks that a request named and that exist, and the numbers of those that do not.
#[derive(Serialize)]
struct BulkResult<'a> {
    tasks: Vec<OwnedTask<'a>>,
    not_found: Vec<i64>,
}

impl<'a> BulkResult<'a> {
    fn new(user: &'a User, ids: &[TaskId], tasks: &'a [Task]) -> Self {
        let missing = ids.iter().map(|id| id.get()).filter(|id| !tasks.iter().any(|task| task.id == *id));
        Self { tasks: OwnedTask::list(user, tasks), not_found: missing.collect() }
    }
}

#[derive(Serialize)]
struct RestoredTasks<'a> {
    tasks: Vec<OwnedTask<'a>>,
}

/// `POST …/tasks/complete`.
pub(crate) fn complete(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let (ids, completed) = body::bulk_completion(&body.members()?)?;
    let tasks = request.env.store.complete_all(&request.user.id, &ids, completed).map_err(to_api_error)?;
    Ok(json(StatusCode::OK, &BulkResult::new(request.user, &ids, &tasks)).into())
}

/// `POST …/tasks/delete`.
pub(crate) fn delete(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let ids = body::task_ids(&body.members()?)?;
    let tasks = request.env.store.delete_all(&request.user.id, &ids).map_err(to_api_error)?;
    Ok(json(StatusCode::OK, &BulkResult::new(request.user, &ids, &tasks)).into())
}

/// `POST …/tasks/undo`.
pub(crate) fn undo(request: &TasksRequest<'_>, _: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let tasks = request.env.store.undo(&request.user.id).map_err(|error| match error {
        StoreError::NotFound => ApiError::not_found("You deleted nothing in the last 24 hours that is not back."),
        other => to_api_error(other),
    })?;
    Ok(json(StatusCode::OK, &RestoredTasks { tasks: OwnedTask::list(request.user, &tasks) }).into())
}

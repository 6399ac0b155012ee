//! Several tasks at once.

use http::StatusCode;
use http_api::{ApiError, Response, User, json};
use serde::Serialize;
use task::{StoreError, Task, TaskId};

use crate::body;
use crate::errors::to_api_error;
use crate::request::TasksRequest;
use crate::response::{OwnedTask, owned_tasks};

/// The tasks that were found and changed, and the numbers that were not found.
#[derive(Serialize)]
struct BulkResult<'a> {
    tasks: Vec<OwnedTask<'a>>,
    not_found: Vec<i64>,
}

#[derive(Serialize)]
struct UndoResult<'a> {
    tasks: Vec<OwnedTask<'a>>,
}

/// `POST …/tasks/complete`.
pub(crate) fn complete(request: &TasksRequest) -> Result<Response, ApiError> {
    let (ids, completed) = body::completion_of_many(request.members()?)?;
    let tasks = request.store.complete_all(&request.user.id, &ids, completed).map_err(to_api_error)?;
    Ok(bulk_response(&request.user, &ids, &tasks))
}

/// `POST …/tasks/delete`.
pub(crate) fn delete(request: &TasksRequest) -> Result<Response, ApiError> {
    let ids = body::ids(request.members()?)?;
    let tasks = request.store.delete_all(&request.user.id, &ids).map_err(to_api_error)?;
    Ok(bulk_response(&request.user, &ids, &tasks))
}

/// `POST …/tasks/undo`.
pub(crate) fn undo(request: &TasksRequest) -> Result<Response, ApiError> {
    let tasks = request.store.undo(&request.user.id).map_err(|error| match error {
        StoreError::NotFound => ApiError::not_found("You deleted nothing in the last 24 hours that is not back."),
        other => to_api_error(other),
    })?;
    Ok(json(StatusCode::OK, &UndoResult { tasks: owned_tasks(&request.user, &tasks) }))
}

fn bulk_response(user: &User, ids: &[TaskId], tasks: &[Task]) -> Response {
    let missing = ids.iter().map(|id| id.get()).filter(|id| !tasks.iter().any(|task| task.id == *id));
    let not_found = missing.collect();
    json(StatusCode::OK, &BulkResult { tasks: owned_tasks(user, tasks), not_found })
}

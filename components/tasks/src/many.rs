//! Several tasks at once.

use http::StatusCode;
use http_api::{ApiError, QueryParams, Request, RequestBody, Response, User, json, json_body};
use serde::Serialize;
use task::{StoreError, Task, TaskId, TaskStore};

use crate::body::{self, OwnedTask, shown};
use crate::refusal::refused;

#[derive(Serialize)]
struct Touched<'a> {
    tasks: Vec<OwnedTask<'a>>,
    not_found: Vec<i64>,
}

#[derive(Serialize)]
struct Restored<'a> {
    tasks: Vec<OwnedTask<'a>>,
}

/// `POST …/tasks/complete`.
pub(crate) fn complete(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let (ids, completed) = body::completion_of_many(&json_body(request)?)?;
    let tasks = store.complete_all(&user.id, &ids, completed).map_err(refused)?;
    Ok(touched(user, &ids, &tasks))
}

/// `POST …/tasks/delete`.
pub(crate) fn delete(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let ids = body::ids(&json_body(request)?)?;
    let tasks = store.delete_all(&user.id, &ids).map_err(refused)?;
    Ok(touched(user, &ids, &tasks))
}

/// `POST …/tasks/undo`: no body is needed, and none is read.
pub(crate) fn undo(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    if matches!(request.body(), RequestBody::TooLarge) {
        return Err(ApiError::too_large());
    }
    let tasks = store.undo(&user.id).map_err(|error| match error {
        StoreError::NotFound => ApiError::not_found("You deleted nothing in the last 24 hours that is not back."),
        other => refused(other),
    })?;
    Ok(json(StatusCode::OK, &Restored { tasks: shown(user, &tasks) }))
}

fn touched(user: &User, ids: &[TaskId], tasks: &[Task]) -> Response {
    let missing = ids.iter().map(|id| id.get()).filter(|id| !tasks.iter().any(|task| task.id == *id));
    let not_found = missing.collect();
    json(StatusCode::OK, &Touched { tasks: shown(user, tasks), not_found })
}

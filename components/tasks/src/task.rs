//! One task: added, read, changed, deleted, restored.

use http::header::{ETAG, LOCATION};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Response, empty};
use task::{StoreError, TaskChanges};

use crate::body;
use crate::condition::{expected, is_known, tag};
use crate::errors::to_api_error;
use crate::request::TasksRequest;
use crate::response::{show_replay, task_response};

/// `POST …/tasks`.
pub(crate) fn add(request: &TasksRequest) -> Result<Response, ApiError> {
    let new = body::new_task(request.members()?)?;
    let added = request.store.add(&request.user.id, new, request.key()).map_err(to_api_error)?;
    let location = format!("{}/{}", request.path, added.task.id);
    let mut response = task_response(StatusCode::CREATED, &request.user, &added.task)?;
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
    show_replay(&mut response, added.replayed);
    Ok(response)
}

/// `GET …/tasks/{id}`.
pub(crate) fn get(request: &TasksRequest) -> Result<Response, ApiError> {
    let task = request.store.get(&request.user.id, request.task()?).map_err(to_api_error)?;
    if is_known(request.headers, &task)? {
        let mut response = empty(StatusCode::NOT_MODIFIED);
        response.headers_mut().insert(ETAG, tag(&task)?);
        return Ok(response);
    }
    task_response(StatusCode::OK, &request.user, &task)
}

/// `PUT …/tasks/{id}`.
pub(crate) fn replace(request: &TasksRequest) -> Result<Response, ApiError> {
    update(request, body::replacement(request.members()?)?)
}

/// `PATCH …/tasks/{id}`.
pub(crate) fn change(request: &TasksRequest) -> Result<Response, ApiError> {
    update(request, body::changes(request.members()?)?)
}

/// `PATCH …/tasks/{id}/complete`.
pub(crate) fn complete(request: &TasksRequest) -> Result<Response, ApiError> {
    update(request, body::completion(request.members()?)?)
}

/// `DELETE …/tasks/{id}`.
pub(crate) fn delete(request: &TasksRequest) -> Result<Response, ApiError> {
    let expected = expected(request.headers, request.requires_version)?;
    request.store.delete(&request.user.id, request.task()?, expected.as_deref()).map_err(to_api_error)?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// `POST …/tasks/{id}/restore`.
pub(crate) fn restore(request: &TasksRequest) -> Result<Response, ApiError> {
    let task = request.store.restore(&request.user.id, request.task()?).map_err(|error| match error {
        StoreError::NotFound => ApiError::not_found("No task with this number was deleted in the last 24 hours."),
        other => to_api_error(other),
    })?;
    task_response(StatusCode::OK, &request.user, &task)
}

fn update(request: &TasksRequest, changes: TaskChanges) -> Result<Response, ApiError> {
    let expected = expected(request.headers, request.requires_version)?;
    let task =
        request.store.update(&request.user.id, request.task()?, changes, expected.as_deref()).map_err(to_api_error)?;
    task_response(StatusCode::OK, &request.user, &task)
}

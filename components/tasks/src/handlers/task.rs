//! One task: added, read, changed, deleted, brought back.

use http::header::{ETAG, LOCATION};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, IdempotencyKey, empty};
use task::{StoreError, TaskChanges, TaskId};

use crate::body;
use crate::condition::{entity_tag, expected_versions, is_known};
use crate::errors::to_api_error;
use crate::idempotency::{mark_deleted, mark_replay};
use crate::owned_task::{show_change, task_response, written_response};
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// `POST …/tasks`.
pub(crate) fn add(
    request: &TasksRequest<'_>,
    key: Option<IdempotencyKey>,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let mut new = body::new_task(&body.members()?)?;
    new.members.zone = request.time_zone();
    let key = key.as_ref().map(IdempotencyKey::as_str);
    let added = request.env.store.add(request.author(), new, key).map_err(to_api_error)?;
    let location = format!("{}/{}", request.path(), added.task.id);
    let mut response = task_response(StatusCode::CREATED, request, &added.task)?;
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
    mark_replay(&mut response, added.replayed);
    mark_deleted(&mut response, added.deleted);
    show_change(&mut response, added.change);
    Ok(response.into())
}

/// `GET …/tasks/{task_id}`.
pub(crate) fn get(request: &TasksRequest<'_>, id: TaskId) -> Result<TasksResponse, ApiError> {
    let task = request.env.store.get(&request.user.id, id).map_err(to_api_error)?;
    if is_known(request.headers(), &task.updated_at)? {
        let mut response = empty(StatusCode::NOT_MODIFIED);
        response.headers_mut().insert(ETAG, entity_tag(&task)?);
        return Ok(response.into());
    }
    Ok(task_response(StatusCode::OK, request, &task)?.into())
}

/// `PUT …/tasks/{task_id}`.
pub(crate) fn replace(request: &TasksRequest<'_>, id: TaskId, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    update(request, id, body::replacement(&body.members()?)?)
}

/// `PATCH …/tasks/{task_id}`.
pub(crate) fn change(request: &TasksRequest<'_>, id: TaskId, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    update(request, id, body::changes(&body.members()?)?)
}

/// `PATCH …/tasks/{task_id}/complete`.
pub(crate) fn complete(
    request: &TasksRequest<'_>,
    id: TaskId,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let key = request.idempotency_key()?.map(|key| key.as_str().to_owned());
    update(request, id, TaskChanges { key, ..body::completion(&body.members()?)? })
}

/// `DELETE …/tasks/{task_id}`.
pub(crate) fn delete(request: &TasksRequest<'_>, id: TaskId) -> Result<TasksResponse, ApiError> {
    let expected = expected_versions(request.headers(), request.env.requires_version)?;
    let deleted = request.env.store.delete(request.author(), id, expected.as_deref()).map_err(to_api_error)?;
    let mut response = empty(StatusCode::NO_CONTENT);
    show_change(&mut response, deleted.change);
    Ok(response.into())
}

/// `POST …/tasks/{task_id}/restore`.
pub(crate) fn restore(request: &TasksRequest<'_>, id: TaskId) -> Result<TasksResponse, ApiError> {
    let none = || ApiError::not_found("No task with this number was deleted in the time for which changes are kept.");
    let restored = request.env.store.restore(request.author(), id).map_err(|error| match error {
        StoreError::NotFound => none(),
        other => to_api_error(other),
    })?;
    let mut response = task_response(StatusCode::OK, request, restored.tasks.first().ok_or_else(none)?)?;
    show_change(&mut response, Some(restored.change));
    Ok(response.into())
}

fn update(request: &TasksRequest<'_>, id: TaskId, mut changes: TaskChanges) -> Result<TasksResponse, ApiError> {
    changes.members.zone = request.time_zone();
    let expected = expected_versions(request.headers(), request.env.requires_version)?;
    let written = request.env.store.update(request.author(), id, changes, expected.as_deref()).map_err(to_api_error)?;
    Ok(written_response(request, &written)?.into())
}

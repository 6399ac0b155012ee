//! Lists, and the order of tasks.

use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, empty, json};
use task::{TaskId, TaskList};

use crate::body;
use crate::errors::{no_list, to_api_error, to_list_error};
use crate::owned_task::{show_change, written_response};
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// `GET …/lists`.
pub(crate) fn all(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let lists = request.env.lists.lists(&request.user.id).map_err(to_api_error)?;
    Ok(json(StatusCode::OK, &lists).into())
}

/// `POST …/lists`.
pub(crate) fn add(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let list = body::new_list(&body.members()?)?;
    let added = request.env.lists.add_list(request.author(), list).map_err(to_list_error)?;
    let mut response = json(StatusCode::CREATED, &one(request, added.result)?);
    let location = format!("{}/{}", request.path(), added.result);
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
    show_change(&mut response, added.change);
    Ok(response.into())
}

/// `PATCH …/lists/{list_id}`.
pub(crate) fn change(request: &TasksRequest<'_>, id: TaskId, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let changes = body::list_changes(&body.members()?)?;
    let change = request.env.lists.change_list(request.author(), id, changes).map_err(to_list_error)?;
    let mut response = json(StatusCode::OK, &one(request, id.get())?);
    show_change(&mut response, change);
    Ok(response.into())
}

/// `DELETE …/lists/{list_id}?tasks=move|delete`.
pub(crate) fn delete(request: &TasksRequest<'_>, id: TaskId) -> Result<TasksResponse, ApiError> {
    let with_tasks = match request.query.get("tasks").unwrap_or("move") {
        "move" => false,
        "delete" => true,
        _ => return Err(ApiError::invalid(vec![FieldError::new("tasks", "must be one of move, delete.")])),
    };
    let change = request.env.lists.delete_list(request.author(), id, with_tasks).map_err(to_list_error)?;
    let mut response = empty(StatusCode::NO_CONTENT);
    show_change(&mut response, change);
    Ok(response.into())
}

/// `POST …/tasks/{task_id}/move`.
pub(crate) fn move_task(
    request: &TasksRequest<'_>,
    id: TaskId,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let (neighbour, is_behind) = body::neighbour(&body.members()?)?;
    let moved = request.env.lists.move_task(request.author(), id, neighbour, is_behind).map_err(to_api_error)?;
    Ok(written_response(request, &moved)?.into())
}

/// The list as it is now.
fn one(request: &TasksRequest<'_>, id: i64) -> Result<TaskList, ApiError> {
    let lists = request.env.lists.lists(&request.user.id).map_err(to_api_error)?;
    lists.into_iter().find(|list| list.id == id).ok_or_else(no_list)
}

//! The URL space of tasks: `/api/{user_id}/tasks[/{id}[/complete]]`.

use edge::{ApiError, Body, Query, Request, Response, User, Verifier, empty, json, json_body, merge_patch_body};
use http::header::{LINK, LOCATION};
use http::{HeaderValue, Method, StatusCode};
use task::{Changes, StoreError, Task, TaskId, TaskStore};

use crate::body::{self, OwnedTask};
use crate::page::Wanted;

/// Answers a request for the tasks of the user in the path, who must be the one of the token.
pub fn route(request: &Request, verifier: &Verifier, store: &dyn TaskStore) -> Result<Response, ApiError> {
    let path = edge::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let ["api", owner, "tasks", rest @ ..] = path.as_slice() else { return Err(no_route()) };
    let user = edge::require_owner(request, verifier, owner)?;
    match (request.method(), rest) {
        (&Method::GET | &Method::HEAD, []) => list(request, &user, store),
        (&Method::POST, []) => add(request, &user, store),
        (_, []) => Err(ApiError::method_not_allowed("GET, HEAD, POST")),
        (&Method::GET | &Method::HEAD, [id]) => get(request, &user, task_id(id)?, store),
        (&Method::PUT, [id]) => replace(request, &user, task_id(id)?, store),
        (&Method::PATCH, [id]) => change(request, &user, task_id(id)?, store),
        (&Method::DELETE, [id]) => delete(request, &user, task_id(id)?, store),
        (_, [_]) => Err(ApiError::method_not_allowed("GET, HEAD, PUT, PATCH, DELETE")),
        (&Method::PATCH, [id, "complete"]) => complete(request, &user, task_id(id)?, store),
        (_, [_, "complete"]) => Err(ApiError::method_not_allowed("PATCH")),
        _ => Err(no_route()),
    }
}

fn list(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    let wanted = Wanted::parse(request)?;
    let page = store.list(&user.id, &wanted.query()).map_err(refused)?;
    let tasks: Vec<OwnedTask> = page.tasks.iter().map(|task| OwnedTask { user_id: &user.id, task }).collect();
    let mut response = json(StatusCode::OK, &tasks);
    if let Some(next) = page.next {
        let link = wanted.next_link(request.uri().path(), next.id);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    Ok(response)
}

fn add(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let new = body::new_task(&json_body(request)?)?;
    let task = store.add(&user.id, new, None).map_err(refused)?.task;
    let location = format!("{}/{}", request.uri().path(), task.id);
    let mut response = shown(StatusCode::CREATED, user, &task);
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
    Ok(response)
}

fn get(request: &Request, user: &User, id: TaskId, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let task = store.get(&user.id, id).map_err(refused)?;
    Ok(shown(StatusCode::OK, user, &task))
}

fn replace(request: &Request, user: &User, id: TaskId, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    update(user, id, body::replacement(&json_body(request)?)?, store)
}

fn change(request: &Request, user: &User, id: TaskId, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    update(user, id, body::changes(&merge_patch_body(request)?)?, store)
}

fn complete(request: &Request, user: &User, id: TaskId, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    let nothing = matches!(request.body(), Body::Complete(bytes) if bytes.is_empty());
    let members = if nothing { serde_json::Map::new() } else { json_body(request)? };
    update(user, id, body::completion(&members)?, store)
}

fn update(user: &User, id: TaskId, changes: Changes, store: &dyn TaskStore) -> Result<Response, ApiError> {
    let task = store.update(&user.id, id, changes, None).map_err(refused)?;
    Ok(shown(StatusCode::OK, user, &task))
}

fn delete(request: &Request, user: &User, id: TaskId, store: &dyn TaskStore) -> Result<Response, ApiError> {
    Query::parse(request, &[])?;
    store.delete(&user.id, id, None).map_err(refused)?;
    Ok(empty(StatusCode::NO_CONTENT))
}

fn shown(status: StatusCode, user: &User, task: &Task) -> Response {
    json(status, &OwnedTask { user_id: &user.id, task })
}

/// What cannot be the number of a task is a task that does not exist.
fn task_id(text: &str) -> Result<TaskId, ApiError> {
    TaskId::parse(text).ok_or_else(no_task)
}

fn no_task() -> ApiError {
    ApiError::not_found("You have no task with this number.")
}

fn no_route() -> ApiError {
    ApiError::not_found("There is nothing at this address.")
}

fn refused(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => no_task(),
        // The token outlived its user.
        StoreError::UnknownOwner => ApiError::invalid_token("the user does not exist any more"),
        StoreError::LimitReached(limit) => ApiError::new(
            StatusCode::CONFLICT,
            "task_limit",
            format!("You can have at most {limit} tasks. Delete some first."),
        ),
        StoreError::Stale | StoreError::KeyReused => ApiError::internal(error),
        StoreError::Unavailable(cause) => {
            ApiError::unavailable("The database cannot be reached at the moment. Try again shortly.", 5).because(cause)
        }
        StoreError::Internal(cause) => ApiError::internal(cause),
    }
}

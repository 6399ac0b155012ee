//! Several tasks at once.

use http::StatusCode;
use http_api::{ApiError, json};
use serde::Serialize;
use task::{BulkItem, BulkState, MAX_TAGS, RecordedWrite, Task, TaskId};

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

/// One of the named tasks, and what became of it.
#[derive(Serialize)]
struct BulkItemView<'a> {
    id: i64,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<OwnedTask<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl<'a> BulkItemView<'a> {
    fn new(request: &TasksRequest<'a>, item: &'a BulkItem) -> Self {
        let refused = (item.state == BulkState::TooManyTags).then(|| format!("must be at most {MAX_TAGS} tags."));
        let status = match item.state {
            BulkState::Changed => "changed",
            BulkState::Unchanged => "unchanged",
            BulkState::Deleted => "deleted",
            BulkState::NotCurrent => "not_current",
            BulkState::NotFound => "not_found",
            BulkState::TooManyTags => "refused",
        };
        let task = item.task.as_ref().map(|task| OwnedTask::new(&request.user.id, task, request.language()));
        Self { id: item.id, status, task, member: refused.is_some().then_some("tags"), detail: refused }
    }
}

#[derive(Serialize)]
struct BulkView<'a> {
    results: Vec<BulkItemView<'a>>,
}

/// `POST …/tasks/bulk`.
pub(crate) fn change(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let (tasks, mut changes) = body::bulk_changes(&body.members()?)?;
    changes.zone = request.time_zone();
    changes.key = request.idempotency_key()?.map(|key| key.as_str().to_owned());
    let written = request.env.store.change_all(request.author(), &tasks, changes).map_err(to_api_error)?;
    let results = written.result.iter().map(|item| BulkItemView::new(request, item)).collect();
    let mut response = json(StatusCode::OK, &BulkView { results });
    show_change(&mut response, written.change);
    Ok(response.into())
}

fn bulk_response(request: &TasksRequest<'_>, ids: &[TaskId], written: &RecordedWrite<Vec<Task>>) -> TasksResponse {
    let mut response = json(StatusCode::OK, &BulkResult::new(request, ids, &written.result));
    show_change(&mut response, written.change);
    response.into()
}

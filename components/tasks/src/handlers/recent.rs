//! What was changed lately, for a client that has the list.

use http::StatusCode;
use http_api::{ApiError, FieldError, json};
use serde::Serialize;
use task::{RecentChanges, whole_number};

use crate::errors::to_api_error;
use crate::owned_task::OwnedTask;
use crate::request::TasksRequest;
use crate::response::TasksResponse;

/// The query parameters.
pub(crate) const PARAMETERS: &[&str] = &["since"];

#[derive(Serialize)]
struct RecentView<'a> {
    version: i64,
    tasks: Vec<OwnedTask<'a>>,
    deleted: &'a [i64],
    lists_changed: bool,
    reload: bool,
}

/// `GET …/tasks/changes`.
pub(crate) fn changes(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let since = request.query.get("since").map(|text| if text == "0" { Some(0) } else { whole_number(text) });
    if since == Some(None) {
        return Err(ApiError::invalid(vec![FieldError::new("since", "must be the version of an earlier response.")]));
    }
    let recent = request.env.store.changes_since(&request.user.id, since.flatten()).map_err(to_api_error)?;
    let RecentChanges { version, tasks, deleted, lists_changed, reload } = &recent;
    let tasks = OwnedTask::list(request, tasks);
    let view = RecentView { version: *version, tasks, deleted, lists_changed: *lists_changed, reload: *reload };
    Ok(json(StatusCode::OK, &view).into())
}

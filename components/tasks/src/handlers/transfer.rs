//! All tasks out, and tasks in, as JSON or CSV.

use http::StatusCode;
use http_api::{ApiError, IdempotencyKey, json};
use serde_json::json;

use crate::csv;
use crate::drafts::{DraftList, read_json};
use crate::errors::to_api_error;
use crate::export::{ExportFormat, TaskExport};
use crate::idempotency::mark_replay;
use crate::owned_task::show_change;
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// `GET …/tasks/export?format=json|csv`.
pub(crate) fn export(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let format = ExportFormat::parse(request.query.get("format").unwrap_or("json"))?;
    Ok(TaskExport::start(&request.user.id, format, request.env.store)?.into())
}

/// `POST …/tasks/import`: adds all of them, or none.
pub(crate) fn import(
    request: &TasksRequest<'_>,
    key: Option<IdempotencyKey>,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let mut drafts = DraftList::default();
    match body.media_type.as_str() {
        "text/csv" => csv::read(body.text()?, &mut drafts)?,
        _ => read_json(body.text()?, &mut drafts)?,
    }
    let key = key.as_ref().map(IdempotencyKey::as_str);
    let imported = request.env.store.import(request.author(), drafts.finish()?, key).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &json!({"imported": imported.count}));
    mark_replay(&mut response, imported.replayed);
    show_change(&mut response, imported.change);
    Ok(response.into())
}

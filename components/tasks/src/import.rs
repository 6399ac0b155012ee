//! The import of tasks from JSON or CSV.

use http::StatusCode;
use http_api::{ApiError, Response, json};
use serde_json::json;
use task::Draft;

use crate::csv;
use crate::drafts::{DraftList, read_json};
use crate::errors::to_api_error;
use crate::request::{TasksBody, TasksRequest};
use crate::response::show_replay;

/// The longest body of an import, in bytes.
pub(crate) const IMPORT_LIMIT: usize = 8 * 1024 * 1024;

/// `POST …/tasks/import`: all of them, or none.
pub(crate) fn import(request: &TasksRequest) -> Result<Response, ApiError> {
    let imported =
        request.store.import(&request.user.id, drafts(&request.body)?, request.key()).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &json!({"imported": imported.count}));
    show_replay(&mut response, imported.replayed);
    Ok(response)
}

fn drafts(body: &TasksBody) -> Result<Vec<Draft>, ApiError> {
    let TasksBody::Import { media_type, text } = body else {
        return Err(ApiError::internal("the route of this handler reads no import"));
    };
    let mut drafts = DraftList::default();
    match media_type.as_str() {
        "text/csv" => csv::read(text, &mut drafts)?,
        _ => read_json(text, &mut drafts)?,
    }
    drafts.finish()
}

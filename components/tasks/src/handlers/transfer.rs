//! All tasks out, and the files of other programs in.

use chrono::{DateTime, NaiveDate};
use http::StatusCode;
use http_api::{ApiError, FieldError, IdempotencyKey, json};
use serde_json::json;
use sha2::{Digest, Sha256};
use task::{ImportFile, StoreError};
use task_import::ImportOptions;

use crate::drafts::{drafts, preview};
use crate::errors::{import_error, to_api_error};
use crate::export::{ExportFormat, TaskExport};
use crate::idempotency::mark_replay;
use crate::owned_task::show_change;
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// The query parameters of an import.
pub(crate) const IMPORT_PARAMETERS: &[&str] = &["dry_run", "again", "columns"];
/// The most columns that a client names.
const MAX_COLUMNS: usize = 256;

/// `GET …/tasks/export?format=json|csv`.
pub(crate) fn export(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let format = ExportFormat::parse(request.query.get("format").unwrap_or("json"))?;
    Ok(TaskExport::start(&request.user.id, format, request.env.store)?.into())
}

/// `POST …/tasks/import`: adds all tasks of a file, or none. With `?dry_run=true` it only shows them.
pub(crate) fn import(
    request: &TasksRequest<'_>,
    key: Option<IdempotencyKey>,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let dry_run = flag(request, "dry_run")?;
    let again = flag(request, "again")?;
    let columns = columns(request)?;
    let options = ImportOptions { media_type: &body.media_type, columns: columns.as_deref(), today: today(request) };
    let file = task_import::read(body.bytes(), &options).map_err(import_error)?;
    let digest = base16ct::lower::encode_string(&Sha256::digest(body.bytes()));
    let mut result = json!({
        "format": file.format,
        "count": file.tasks.len(),
        "imported": 0,
        "changed": file.changed,
        "skipped": file.skipped,
        "not_kept": file.not_kept,
    });
    if dry_run {
        let past = if again {
            None
        } else {
            request.env.store.find_import(&request.user.id, &digest).map_err(to_api_error)?
        };
        if let Some(past) = past {
            return Err(to_api_error(StoreError::AlreadyImported(past)));
        }
        result["tasks"] = preview(&file);
        return Ok(json(StatusCode::OK, &result).into());
    }
    let key = key.as_ref().map(IdempotencyKey::as_str);
    let imported = request
        .env
        .store
        .import(request.author(), drafts(file, options.today), key, Some(ImportFile { digest, again }))
        .map_err(to_api_error)?;
    result["imported"] = imported.count.into();
    if let Some(change) = imported.change {
        result["change"] = change.into();
    }
    let mut response = json(StatusCode::OK, &result);
    mark_replay(&mut response, imported.replayed);
    show_change(&mut response, imported.change);
    Ok(response.into())
}

fn flag(request: &TasksRequest<'_>, name: &str) -> Result<bool, ApiError> {
    match request.query.get(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(ApiError::invalid(vec![FieldError::new(name, "must be true or false.")])),
    }
}

/// The names of columns, separated by commas; an empty one is a column that is not read.
fn columns<'a>(request: &'a TasksRequest<'_>) -> Result<Option<Vec<&'a str>>, ApiError> {
    let Some(text) = request.query.get("columns") else { return Ok(None) };
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    let is_wrong = |name: &&&str| !name.is_empty() && !task_import::is_column(name);
    if names.len() > MAX_COLUMNS
        || names.iter().any(|name| is_wrong(&name))
        || !names.iter().any(|name| task_import::is_title(name))
    {
        let message = "must be names such as title,description,due, one for each column, and one of them title.";
        return Err(ApiError::invalid(vec![FieldError::new("columns", message)]));
    }
    Ok(Some(names))
}

/// The day on which words of a file are read.
fn today(request: &TasksRequest<'_>) -> NaiveDate {
    let seconds = i64::try_from(request.env.verifier.now).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
}

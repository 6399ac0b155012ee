//! All tasks out, and the files of other programs in.

use http::StatusCode;
use http_api::{ApiError, FieldError, IdempotencyKey, json};
use serde_json::json;
use sha2::{Digest, Sha256};
use task::{ImportFile, StoreError};
use task_calendar::TodoCalendar;
use task_import::ImportOptions;

use crate::drafts::{drafts, preview};
use crate::errors::to_api_error;
use crate::export::{self, CsvWriter, ExportFormat, ExportWriter, JsonWriter, TaskExport};
use crate::idempotency::mark_replay;
use crate::import_errors::{already_imported, import_error, too_many_tasks};
use crate::owned_task::show_change;
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// The query parameters of an import.
pub(crate) const IMPORT_PARAMETERS: &[&str] = &["dry_run", "again", "columns"];
/// The most columns that a client names.
const MAX_COLUMNS: usize = 256;

/// `GET …/tasks/export?format=json|csv|ics|markdown`.
pub(crate) fn export(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let format = ExportFormat::parse(request.query.get("format").unwrap_or("json"))?;
    let (owner, store) = (&request.user.id, request.env.store);
    let writer: Box<dyn ExportWriter> = match format {
        ExportFormat::Json => Box::new(JsonWriter::new(owner)),
        ExportFormat::Csv => Box::new(CsvWriter),
        ExportFormat::Calendar => Box::new(TodoCalendar::new(owner, reminder_minute(request)?)),
        ExportFormat::Markdown => return Ok(export::markdown(owner, store, request.env.lists)?.into()),
    };
    Ok(TaskExport::start(owner, format, writer, store)?.into())
}

/// The minute of a day from which reminders of tasks without a time are counted.
fn reminder_minute(request: &TasksRequest<'_>) -> Result<i32, ApiError> {
    let settings = request.env.settings.settings(&request.user.id).map_err(to_api_error)?;
    let (hour, minute) = settings.reminder_time.split_once(':').unwrap_or_default();
    let number = |text: &str| text.parse::<i32>().map_err(ApiError::internal);
    Ok(number(hour)? * 60 + number(minute)?)
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
    let zone = request.time_zone();
    let clock = request.env.settings.clock(&request.user.id, zone.as_ref()).map_err(to_api_error)?;
    let context = request.reading_context(&clock);
    let options = ImportOptions { media_type: &body.media_type, columns: columns.as_deref(), context };
    let file = task_import::read(body.bytes(), &options).map_err(|error| import_error(error, request.language()))?;
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
        check(request, (!again).then_some(digest.as_str()), file.tasks.len())?;
        result["tasks"] = preview(&file, context.today);
        return Ok(json(StatusCode::OK, &result).into());
    }
    let (key, count) = (key.as_ref().map(IdempotencyKey::as_str), file.tasks.len());
    let drafts = drafts(file, context.today);
    let imported = request
        .env
        .store
        .import(request.author(), drafts, key, Some(ImportFile { digest, again }))
        .map_err(|error| refused(request, error, count))?;
    result["imported"] = imported.count.into();
    if let Some(change) = imported.change {
        result["change"] = change.into();
    }
    let mut response = json(StatusCode::OK, &result);
    mark_replay(&mut response, imported.replayed);
    show_change(&mut response, imported.change);
    Ok(response.into())
}

/// Whether an import of so many tasks would come in, of a file with this digest unless it may come again.
fn check(request: &TasksRequest<'_>, digest: Option<&str>, count: usize) -> Result<(), ApiError> {
    let (owner, store) = (&request.user.id, request.env.store);
    if let Some(digest) = digest
        && let Some(past) = store.find_import(owner, digest).map_err(to_api_error)?
    {
        return Err(already_imported(&past, request.language()));
    }
    let room = store.room(owner).map_err(to_api_error)?;
    match usize::try_from(room.left).is_ok_and(|left| count <= left) {
        true => Ok(()),
        false => Err(too_many_tasks(count, room, request.language())),
    }
}

/// Why the store did not take so many tasks, in the user's language.
fn refused(request: &TasksRequest<'_>, error: StoreError, count: usize) -> ApiError {
    match error {
        StoreError::AlreadyImported(past) => already_imported(&past, request.language()),
        StoreError::LimitReached(_) => match request.env.store.room(&request.user.id) {
            Ok(room) => too_many_tasks(count, room, request.language()),
            Err(error) => to_api_error(error),
        },
        error => to_api_error(error),
    }
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

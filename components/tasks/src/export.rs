//! The export of all tasks as JSON or CSV.

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http_api::{ApiError, FieldError, Response};
use task::{StoreError, TaskPage, TaskQuery, TaskStore};

use crate::csv;
use crate::errors::to_api_error;
use crate::request::TasksRequest;
use crate::response::OwnedTask;

/// How many tasks are read and written at a time.
const PAGE: u32 = 500;

#[derive(Debug, Clone, Copy, PartialEq)]
enum ExportFormat {
    Json,
    Csv,
}

/// An export before its first byte. Its first page is already read, so that an error still has its own response.
pub struct TaskExport {
    owner: String,
    format: ExportFormat,
    first: TaskPage,
    /// Status and headers.
    pub head: Response,
}

/// `GET …/tasks/export?format=json|csv`.
pub(crate) fn start(request: &TasksRequest) -> Result<TaskExport, ApiError> {
    let (format, media_type, name) = match request.query.get("format").unwrap_or("json") {
        "json" => (ExportFormat::Json, "application/json", "tasks.json"),
        "csv" => (ExportFormat::Csv, "text/csv; charset=utf-8; header=present", "tasks.csv"),
        _ => return Err(ApiError::invalid(vec![FieldError::new("format", "must be one of json, csv.")])),
    };
    let first = request.store.list(&request.user.id, &TaskQuery::all(PAGE)).map_err(to_api_error)?;
    let head = http::Response::builder()
        .header(CONTENT_TYPE, media_type)
        .header(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(CACHE_CONTROL, "no-store");
    let mut head = head.body(Vec::new()).map_err(ApiError::internal)?;
    request.allowance.show(&mut head);
    Ok(TaskExport { owner: request.user.id.clone(), format, first, head })
}

impl TaskExport {
    /// Writes all pages by `send`, which returns whether the client still reads.
    pub fn write(self, store: &dyn TaskStore, mut send: impl FnMut(&[u8]) -> bool) -> Result<(), StoreError> {
        let Self { owner, format, first, .. } = self;
        let mut page = first;
        let mut chunk = if format == ExportFormat::Csv { csv::header() } else { b"[".to_vec() };
        let mut written = 0_usize;
        loop {
            for task in &page.tasks {
                match format {
                    ExportFormat::Csv => csv::write(&mut chunk, task),
                    ExportFormat::Json => {
                        chunk.extend_from_slice(if written == 0 { b"\n" } else { b",\n" });
                        let task = OwnedTask::new(&owner, task);
                        chunk.extend(serde_json::to_vec(&task).expect("a task is plain data"));
                    }
                }
                written += 1;
            }
            if page.next.is_none() && format == ExportFormat::Json {
                chunk.extend_from_slice(b"\n]\n");
            }
            if !send(&chunk) {
                return Ok(());
            }
            chunk.clear();
            let Some(next) = page.next else { return Ok(()) };
            page = store.list(&owner, &TaskQuery { after: Some(next), ..TaskQuery::all(PAGE) })?;
        }
    }
}

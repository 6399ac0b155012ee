//! All tasks of a user as a file, written page by page.

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http_api::{ApiError, FieldError, Response};
use task::{StoreError, TaskPage, TaskQuery, TaskStore};
use user_language::Language;

use crate::csv;
use crate::errors::to_api_error;
use crate::owned_task::OwnedTask;

/// How many tasks are read and written at a time.
const PAGE: u32 = 500;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ExportFormat {
    Json,
    Csv,
}

impl ExportFormat {
    /// The value of the parameter `format`.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        match text {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(ApiError::invalid(vec![FieldError::new("format", "must be one of json, csv.")])),
        }
    }
}

/// An export that has not begun. Its first page is read, so that an error still gets a response of its own.
pub struct TaskExport {
    owner: String,
    format: ExportFormat,
    first: TaskPage,
    /// Status and headers.
    pub head: Response,
}

impl TaskExport {
    /// Reads the first page.
    pub(crate) fn start(owner: &str, format: ExportFormat, store: &dyn TaskStore) -> Result<Self, ApiError> {
        let (media_type, name) = match format {
            ExportFormat::Json => ("application/json", "tasks.json"),
            ExportFormat::Csv => ("text/csv; charset=utf-8; header=present", "tasks.csv"),
        };
        let first = store.list(owner, &TaskQuery::all(PAGE)).map_err(to_api_error)?;
        let head = http::Response::builder()
            .header(CONTENT_TYPE, media_type)
            .header(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
            .header(CACHE_CONTROL, "no-store");
        let head = head.body(Vec::new()).map_err(ApiError::internal)?;
        Ok(Self { owner: owner.to_owned(), format, first, head })
    }

    /// Writes all pages by `send`, which returns whether the client still takes them.
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
                        let task = OwnedTask::new(&owner, task, Language::English);
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

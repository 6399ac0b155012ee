//! All tasks of a user as a file, written page by page.

mod format;
mod markdown;
mod writer;

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http_api::{ApiError, Response};
use task::{ExportPage, ListStore, StoreError, TaskStore};

pub(crate) use format::ExportFormat;
use markdown::MarkdownFile;
pub(crate) use writer::{CsvWriter, ExportWriter, JsonWriter};

use crate::errors::to_api_error;

/// How many tasks are read and written at a time.
const PAGE: u32 = 500;
/// The most text of a file that is put in order before it is sent, in bytes.
const MAX_ORDERED: usize = 32 << 20;

/// An export that has not begun. Its first page is read, so that an error still gets a response of its own.
pub struct TaskExport {
    owner: String,
    writer: Box<dyn ExportWriter>,
    first: ExportPage,
    /// Status and headers.
    pub head: Response,
}

impl TaskExport {
    /// Reads the first page.
    pub(crate) fn start(
        owner: &str,
        format: ExportFormat,
        writer: Box<dyn ExportWriter>,
        store: &dyn TaskStore,
    ) -> Result<Self, ApiError> {
        let first = store.export(owner, None, PAGE).map_err(to_api_error)?;
        Ok(Self { owner: owner.to_owned(), writer, first, head: head(format, Vec::new())? })
    }

    /// The parts of the body, one for each page, which is read when its part is asked for.
    pub fn into_parts(self, store: &'static dyn TaskStore) -> impl Iterator<Item = Result<Vec<u8>, StoreError>> {
        let Self { owner, mut writer, first, .. } = self;
        let mut part = Vec::new();
        writer.begin(&mut part);
        let (mut first, mut next) = (Some(first), None);
        std::iter::from_fn(move || {
            let page = match (first.take(), next.take()) {
                (Some(first), _) => Ok(first),
                (None, Some(after)) => store.export(&owner, Some(after), PAGE),
                (None, None) => return None,
            };
            Some(page.map(|page| {
                page.tasks.iter().for_each(|task| writer.task(&mut part, task));
                next = page.next;
                if next.is_none() {
                    writer.end(&mut part);
                }
                std::mem::take(&mut part)
            }))
        })
    }
}

/// All tasks in Markdown. They are put in order first: by lists and places, with the steps behind their tasks.
pub(crate) fn markdown(owner: &str, store: &dyn TaskStore, lists: &dyn ListStore) -> Result<Response, ApiError> {
    let mut file = MarkdownFile::default();
    let mut after = None;
    loop {
        let page = store.export(owner, after, PAGE).map_err(to_api_error)?;
        page.tasks.iter().for_each(|task| file.add(task));
        if file.bytes() > MAX_ORDERED {
            let detail = "Your tasks have too much text for one file of Markdown. Export them as JSON or CSV.";
            return Err(ApiError::conflict(detail));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let names: Vec<String> = lists.lists(owner).map_err(to_api_error)?.into_iter().map(|list| list.name).collect();
    head(ExportFormat::Markdown, file.into_text(&names).into_bytes())
}

/// A response with the headers of a file.
fn head(format: ExportFormat, body: Vec<u8>) -> Result<Response, ApiError> {
    let head = http::Response::builder()
        .header(CONTENT_TYPE, format.media_type())
        .header(CONTENT_DISPOSITION, format!("attachment; filename=\"tasks.{}\"", format.extension()))
        .header(CACHE_CONTROL, "no-store");
    head.body(body).map_err(ApiError::internal)
}

#[cfg(test)]
mod tests;

//! All tasks out, and tasks in, as JSON or CSV.

use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http_api::{
    Allowance, ApiError, FieldError, IdempotencyKey, QueryParams, Request, Response, User, json, media_type,
};
use task::{Draft, StoreError, TaskPage, TaskQuery, TaskStore};

use crate::body::OwnedTask;
use crate::drafts::Drafts;
use crate::refusal::refused;
use crate::repeated::show_replay;
use crate::table;

/// The longest body of an import, in bytes.
pub(crate) const IMPORT_LIMIT: usize = 8 * 1024 * 1024;
/// How many tasks are read and written at a time.
const PAGE: u32 = 500;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Format {
    Json,
    Csv,
}

/// An export that has not begun: its first page is read, so that what is refused is refused properly.
pub struct Export {
    owner: String,
    format: Format,
    first: TaskPage,
    /// StatusFilter and headers.
    pub head: Response,
}

/// `GET …/tasks/export?format=json|csv`.
pub(crate) fn export(
    request: &Request,
    user: &User,
    store: &dyn TaskStore,
    allowance: &Allowance,
) -> Result<Export, ApiError> {
    let query = QueryParams::parse(request, &["format"])?;
    let (format, media_type, name) = match query.get("format").unwrap_or("json") {
        "json" => (Format::Json, "application/json", "tasks.json"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8; header=present", "tasks.csv"),
        _ => return Err(ApiError::invalid(vec![FieldError::new("format", "must be one of json, csv.")])),
    };
    let first = store.list(&user.id, &TaskQuery::all(PAGE)).map_err(refused)?;
    let head = http::Response::builder()
        .header(CONTENT_TYPE, media_type)
        .header(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(CACHE_CONTROL, "no-store");
    let mut head = head.body(Vec::new()).map_err(ApiError::internal)?;
    allowance.show(&mut head);
    Ok(Export { owner: user.id.clone(), format, first, head })
}

impl Export {
    /// Writes all pages by `send`, which answers whether the client still takes them.
    pub fn write(self, store: &dyn TaskStore, mut send: impl FnMut(&[u8]) -> bool) -> Result<(), StoreError> {
        let Self { owner, format, first, .. } = self;
        let mut page = first;
        let mut chunk = if format == Format::Csv { table::header() } else { b"[".to_vec() };
        let mut written = 0_usize;
        loop {
            for task in &page.tasks {
                match format {
                    Format::Csv => table::write(&mut chunk, task),
                    Format::Json => {
                        chunk.extend_from_slice(if written == 0 { b"\n" } else { b",\n" });
                        let task = OwnedTask::new(&owner, task);
                        chunk.extend(serde_json::to_vec(&task).expect("a task is plain data"));
                    }
                }
                written += 1;
            }
            if page.next.is_none() && format == Format::Json {
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

/// `POST …/tasks/import`: all of them, or none.
pub(crate) fn import(request: &Request, user: &User, store: &dyn TaskStore) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let key = IdempotencyKey::read(request)?;
    let imported =
        store.import(&user.id, drafts(request)?, key.as_ref().map(IdempotencyKey::as_str)).map_err(refused)?;
    let mut response = json(StatusCode::OK, &serde_json::json!({"imported": imported.count}));
    show_replay(&mut response, imported.replayed);
    Ok(response)
}

fn drafts(request: &Request) -> Result<Vec<Draft>, ApiError> {
    let read: fn(&str, &mut Drafts) -> Result<(), ApiError> = match media_type(request).as_str() {
        "application/json" => crate::drafts::read_json,
        "text/csv" => table::read,
        _ => return Err(ApiError::unsupported_media_type("application/json or text/csv")),
    };
    let text = std::str::from_utf8(request.body().bytes()?);
    let text = text.map_err(|_| ApiError::malformed("The body is not UTF-8 text."))?;
    let mut drafts = Drafts::default();
    read(text.strip_prefix('\u{feff}').unwrap_or(text), &mut drafts)?;
    drafts.finish()
}

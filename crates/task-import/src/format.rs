//! Which format a file has: its content decides.

use crate::encoding::{SourceText, is_calendar};
use crate::error::ImportError;
use crate::file::TaskFile;
use crate::options::ImportOptions;
use crate::outline::{lines, markdown, org, own_markdown, todo_txt};
use crate::{ical, json, table};

/// Reads a text in the first format that it fits.
pub(crate) fn read(source: &SourceText, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let text = source.with_line_feeds();
    if is_calendar(text.as_bytes()) {
        return ical::read(&text);
    }
    if own_markdown::is_own(&text) && options.columns.is_none() {
        return own_markdown::read(&text, options);
    }
    if text.trim_start().starts_with(['{', '['])
        && options.columns.is_none()
        && let Some(file) = json::read(&text, options)?
    {
        return Ok(file);
    }
    // With the line ends that the cells have.
    if let Some(file) = table::read(source.as_str(), options)? {
        return Ok(file);
    }
    match () {
        () if options.columns.is_some() => {}
        () if org::is_org(&text) => return org::read(&text),
        () if markdown::is_checklist(&text, options.media_type) => return markdown::read(&text, options),
        () if todo_txt::is_todo_txt(&text) => return todo_txt::read(&text),
        () => {}
    }
    match table::read_unknown(source.as_str(), options)? {
        Some(file) => Ok(file),
        None => lines::read(&text),
    }
}

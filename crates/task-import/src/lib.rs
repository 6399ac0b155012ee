//! Reads the files of other programs as tasks: exports, spreadsheets, calendars, checklists and plain lines. The content
//! decides which format a file has ([`FileFormat`]). A row that cannot be a task never stops the others: the result names
//! it, and what of the file is not kept. Never does I/O, knows no zone data: a time in a zone stays one ([`Moment`]).

mod collect;
mod date;
mod encoding;
mod error;
mod file;
mod format;
mod html;
mod ical;
mod json;
mod line_index;
mod names;
mod options;
mod outline;
mod parents;
mod reminder;
mod repeat;
mod table;
mod text;
mod values;
mod zone;

pub use date::Moment;
pub use error::ImportError;
pub use file::{FileFormat, ImportedTask, LostPart, RowNote, TaskFile};
pub use options::ImportOptions;

use encoding::SourceText;

/// Whether a column of this name has a meaning.
pub fn is_column(name: &str) -> bool {
    names::known_column(name).is_some()
}

/// Whether a column of this name holds the titles.
pub fn is_title(name: &str) -> bool {
    names::known_column(name) == Some(names::KnownColumn::Title)
}

/// Reads a file. It has at least one task.
pub fn read(bytes: &[u8], options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let source = SourceText::decode(bytes)?;
    let file = format::read(&source, options)?;
    if file.tasks.is_empty() { Err(ImportError::NoTasks) } else { Ok(file) }
}

#[cfg(test)]
mod tests;

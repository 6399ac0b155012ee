//! Tasks as CSV (RFC 4180). A cell that a spreadsheet would read as a formula gets a leading `'`, which an import removes
//! again. So an import of an export adds the same texts.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use task::{ExportedTask, TaskSeries};

const COLUMNS: [&str; 18] = [
    "id",
    "title",
    "description",
    "completed",
    "created_at",
    "updated_at",
    "completed_at",
    "priority",
    "due",
    "repeat",
    "repeat_from",
    "remind",
    "tags",
    "list",
    "parent",
    "position",
    "repeat_anchor",
    "repeat_passed",
];

/// The first line. The byte order mark before it tells spreadsheets that the text is UTF-8.
pub(crate) fn header() -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    line(&mut bytes, COLUMNS);
    bytes
}

/// Adds the line of a task.
pub(crate) fn write(bytes: &mut Vec<u8>, ExportedTask { task, series }: &ExportedTask) {
    let of_series = |part: fn(&TaskSeries) -> String| series.as_ref().map(part).unwrap_or_default();
    let text = |text: &Option<String>| guarded(text.as_deref().unwrap_or_default()).into_owned();
    let plain = |text: &Option<String>| text.clone().unwrap_or_default();
    let remind: Vec<String> = task.remind.iter().map(i32::to_string).collect();
    let cells = [
        task.id.to_string(),
        guarded(&task.title).into_owned(),
        text(&task.description),
        task.completed.to_string(),
        task.created_at.clone(),
        task.updated_at.clone(),
        plain(&task.completed_at),
        task.priority.as_str().to_owned(),
        plain(&task.due),
        plain(&task.repeat),
        task.repeat_from.as_str().to_owned(),
        remind.join(","),
        guarded(&task.tags.join(",")).into_owned(),
        text(&task.list),
        task.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        task.position.clone(),
        of_series(|series| series.anchor.to_string()),
        of_series(|series| series.passed.to_string()),
    ];
    line(bytes, cells);
}

fn line(bytes: &mut Vec<u8>, cells: [impl AsRef<[u8]>; COLUMNS.len()]) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(bytes);
    writer.write_record(cells).expect("memory takes every record of cells");
}

/// The first characters of formulas. Some spreadsheets read the full-width forms like the others.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet would read the text behind its leading quotes as a formula.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests;

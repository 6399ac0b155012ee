//! Tasks as CSV (RFC 4180). A cell that a spreadsheet would read as a formula gets a leading `'`, which an import removes
//! again. So an import of an export adds the same texts.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use http_api::ApiError;
use serde_json::{Map, Value};
use task::Task;

use crate::drafts::DraftList;

const COLUMNS: [&str; 16] = [
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
];
/// Columns with texts of users, in which a cell may look like a formula.
const FREE_TEXT: [&str; 4] = ["title", "description", "tags", "list"];

/// The first line. The byte order mark before it tells spreadsheets that the text is UTF-8.
pub(crate) fn header() -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    line(&mut bytes, COLUMNS);
    bytes
}

/// Adds the line of a task.
pub(crate) fn write(bytes: &mut Vec<u8>, task: &Task) {
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

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Reads a table whose first line names the columns; only `title` is required. An empty cell is an absent member.
pub(crate) fn read(text: &str, drafts: &mut DraftList) -> Result<(), ApiError> {
    if let Some(line) = open_quote(text) {
        let detail = format!("The body is not valid CSV: the quote that is opened on line {line} is never closed.");
        return Err(ApiError::malformed(detail));
    }
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let columns: Vec<String> = columns.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    check(&columns, drafts)?;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let csv::ErrorKind::UnequalLengths { pos, expected_len, len } = error.kind() else {
                    return Err(unreadable(&error));
                };
                let line = pos.as_ref().map_or(0, csv::Position::line);
                let message = format!("has {len} cells, but the first line has {expected_len}.");
                drafts.reject(line, "line", message)?;
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        drafts.add(line, &members(&columns, &record))?;
    }
    Ok(())
}

/// The line of a quote that is never closed, if there is one. The reader would take all text behind it for one cell.
fn open_quote(text: &str) -> Option<u64> {
    enum CellState {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut state, mut line, mut opened) = (CellState::Start, 1, 0);
    for byte in text.bytes() {
        state = match (state, byte) {
            (CellState::Start, b'"') => {
                opened = line;
                CellState::Quoted
            }
            (CellState::Quoted, b'"') => CellState::Closed,
            (CellState::Quoted, _) | (CellState::Closed, b'"') => CellState::Quoted, // two quotes are one of the text
            (_, b',' | b'\r' | b'\n') => CellState::Start,
            _ => CellState::Plain,
        };
        line += u64::from(byte == b'\n');
    }
    matches!(state, CellState::Quoted).then_some(opened)
}

fn check(columns: &[String], drafts: &mut DraftList) -> Result<(), ApiError> {
    let known = COLUMNS.join(", ");
    if !columns.iter().any(|name| name == "title") {
        drafts.reject(1, "title", format!("must be a column of the first line; known columns: {known}."))?;
    }
    for (at, name) in columns.iter().enumerate() {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
        if !COLUMNS.contains(&name.as_str()) {
            drafts.reject(1, &shown, format!("is not a known column; known: {known}."))?;
        } else if columns[..at].contains(name) {
            drafts.reject(1, &shown, "is there twice.")?;
        }
    }
    Ok(())
}

fn members(columns: &[String], record: &StringRecord) -> Map<String, Value> {
    let cells = columns.iter().zip(record).filter(|(name, cell)| COLUMNS.contains(&name.as_str()) && !cell.is_empty());
    let member = |(name, cell): (&String, &str)| {
        let value = match (name.as_str(), cell.trim()) {
            ("completed", "true" | "TRUE" | "True") => true.into(),
            ("completed", "false" | "FALSE" | "False") => false.into(),
            ("tags", _) => unguarded(cell).split(',').collect(),
            ("remind", minutes) => minutes.split(',').map(minute).collect(),
            (name, _) if FREE_TEXT.contains(&name) => unguarded(cell).into(),
            (_, trimmed) => trimmed.into(),
        };
        (name.clone(), value)
    };
    cells.map(member).collect()
}

/// A number of minutes; what is none stays text, which is an error then.
fn minute(text: &str) -> Value {
    text.trim().parse::<u32>().map_or_else(|_| text.into(), Value::from)
}

fn unreadable(error: &csv::Error) -> ApiError {
    let line = error.position().map(|position| format!(" (line {})", position.line())).unwrap_or_default();
    ApiError::malformed(format!("The body is not valid CSV{line}."))
}

#[cfg(test)]
mod tests;

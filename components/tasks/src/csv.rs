//! Tasks as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets a leading `'`, which an import takes
//! off again, so that what is exported comes back as it was.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use http_api::ApiError;
use serde_json::{Map, Value};
use task::Task;

use crate::drafts::DraftList;

const COLUMNS: [&str; 6] = ["id", "title", "description", "completed", "created_at", "updated_at"];

/// The first line.
pub(crate) fn header() -> Vec<u8> {
    let mut bytes = Vec::new();
    line(&mut bytes, COLUMNS);
    bytes
}

/// Adds the line of a task.
pub(crate) fn write(bytes: &mut Vec<u8>, task: &Task) {
    let id = task.id.to_string();
    let completed = if task.completed { "true" } else { "false" };
    let title = guarded(&task.title);
    let description = guarded(task.description.as_deref().unwrap_or_default());
    line(bytes, [&id, &*title, &*description, completed, &task.created_at, &task.updated_at]);
}

fn line(bytes: &mut Vec<u8>, cells: [&str; 6]) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(bytes);
    writer.write_record(cells).expect("memory takes every record of six cells");
}

/// With what a cell begins that a spreadsheet may calculate; some read the full-width forms like the others.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet would calculate it, quotes that guard it left aside.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Reads a table with a line of column names, of which only `title` must be there. An empty cell is an absent member.
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
                drafts.fault(line, "line", message)?;
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        drafts.take(line, &members(&columns, &record))?;
    }
    Ok(())
}

/// The line on which a quote is opened that nothing closes; the reader would take all that follows for one cell.
fn open_quote(text: &str) -> Option<u64> {
    enum Place {
        Begin,
        Plain,
        Quoted,
        Closed,
    }
    let (mut place, mut line, mut opened) = (Place::Begin, 1, 0);
    for byte in text.bytes() {
        place = match (place, byte) {
            (Place::Begin, b'"') => {
                opened = line;
                Place::Quoted
            }
            (Place::Quoted, b'"') => Place::Closed,
            (Place::Quoted, _) | (Place::Closed, b'"') => Place::Quoted, // two quotes are one of the text
            (_, b',' | b'\r' | b'\n') => Place::Begin,
            _ => Place::Plain,
        };
        line += u64::from(byte == b'\n');
    }
    matches!(place, Place::Quoted).then_some(opened)
}

fn check(columns: &[String], drafts: &mut DraftList) -> Result<(), ApiError> {
    let known = COLUMNS.join(", ");
    if !columns.iter().any(|name| name == "title") {
        drafts.fault(1, "title", format!("must be a column of the first line; known columns: {known}."))?;
    }
    for (at, name) in columns.iter().enumerate() {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
        if !COLUMNS.contains(&name.as_str()) {
            drafts.fault(1, &shown, format!("is not a known column; known: {known}."))?;
        } else if columns[..at].contains(name) {
            drafts.fault(1, &shown, "is there twice.")?;
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
            ("title" | "description", _) => unguarded(cell).into(),
            (_, trimmed) => trimmed.into(),
        };
        (name.clone(), value)
    };
    cells.map(member).collect()
}

fn unreadable(error: &csv::Error) -> ApiError {
    let line = error.position().map(|position| format!(" (line {})", position.line())).unwrap_or_default();
    ApiError::malformed(format!("The body is not valid CSV{line}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(title: &str, description: Option<&str>) -> Task {
        let at = "2026-11-24T08:30:00.000Z".to_owned();
        let description = description.map(str::to_owned);
        Task { id: 1, title: title.into(), description, completed: true, created_at: at.clone(), updated_at: at }
    }

    fn read_all(text: &str) -> Result<Vec<task::Draft>, ApiError> {
        let mut drafts = DraftList::default();
        read(text, &mut drafts).and_then(|()| drafts.finish())
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let titles =
            ["milk", "a,b", "say \"hi\"", "=1+1", "'=1+1", "''-x", "'quoted'", "@home", "-5", "+49", "x=1", "'"];
        let descriptions = [
            None,
            Some("two\nlines"),
            Some("=HYPERLINK(\"x\")"),
            Some("\tindented"),
            Some("\r\n=x"),
            Some("\n=x"),
            Some("\u{ff1d}x"),
        ];
        let mut bytes = header();
        let tasks: Vec<Task> =
            titles.iter().flat_map(|title| descriptions.map(|description| task(title, description))).collect();
        tasks.iter().for_each(|task| write(&mut bytes, task));
        let text = String::from_utf8(bytes).unwrap();
        for (draft, task) in read_all(&text).unwrap().iter().zip(&tasks) {
            assert_eq!(draft.title.as_str(), task.title);
            assert_eq!(draft.description.as_ref().map(task::Description::as_str), task.description.as_deref());
            assert_eq!((draft.completed, draft.created_at.as_ref().unwrap().as_str()), (true, &*task.created_at));
        }
        assert_eq!(read_all(&text).unwrap().len(), tasks.len());
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for text in ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\u{ff1d}1", "\u{ff20}x", "'=1"] {
            let mut bytes = Vec::new();
            write(&mut bytes, &task(text, Some(text)));
            let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            assert!(record.iter().all(|cell| !cell.starts_with(FORMULA)), "{record:?}");
        }
    }

    #[test]
    fn faults_are_named_by_line() {
        let faults = |text: &str| {
            let fields = read_all(text).unwrap_err().fields;
            fields.into_iter().map(|fault| (fault.line.unwrap(), fault.field)).collect::<Vec<_>>()
        };
        let named = faults("title,completed\nok,true\n\"two\nlines\",maybe\n,\nshort\n");
        assert_eq!(named, [(3, "title"), (3, "completed"), (5, "title"), (6, "line")].map(|(l, f)| (l, f.to_owned())));
        assert_eq!(faults("name,title,title\n"), [(1, "name".to_owned()), (1, "title".to_owned())]);
        assert_eq!(faults(""), [(1, "title".to_owned())]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused_by_the_line_of_its_opening() {
        for (text, line) in [
            ("title\nok\n\"open,\nnext\n", 3),
            ("title,description\n\"two\nlines\",\"a \"\"b\"\"\n\"\"\n", 3),
            ("\"title\nok\n", 1),
            ("title\nok\r\n\"", 3),
        ] {
            let error = read_all(text).unwrap_err();
            assert!(
                error.status == 400 && error.detail.contains(&format!(" line {line} ")),
                "{text:?}: {}",
                error.detail
            );
        }
        for text in
            ["title\n5\" nails\n", "title\n\"\"\"quoted\"\"\"", "title\n \"as it is\n", "title\n\"a\"\"b\"c\"d\n"]
        {
            assert_eq!(read_all(text).unwrap().len(), 1, "{text:?}");
        }
    }
}

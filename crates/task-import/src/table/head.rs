//! The line that names the columns of a table.

use super::rows::{RowReader, TableRow};
use crate::error::ImportError;
use crate::names::{KnownColumn, folded, known_column};
use crate::options::ImportOptions;

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How far TickTick's head is looked for.
const TICKTICK_LINES: u64 = 20;
/// How many rows tell a table whose columns are not known from plain lines.
const COMPARED_ROWS: usize = 20;

/// Who names the columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TableKind {
    Todoist,
    Ticktick,
    /// By the names that we know; the columns with a meaning.
    Generic(Vec<Option<KnownColumn>>),
}

/// The head of a table, and the rows behind it.
pub(super) struct TableHead<'a> {
    pub(super) kind: TableKind,
    pub(super) names: Vec<String>,
    pub(super) rows: RowReader<'a>,
    /// The first row, where nobody says whether it names the columns.
    pub(super) first: Option<TableRow>,
}

impl<'a> TableHead<'a> {
    /// The head of a text; `None` if the text is no table.
    pub(super) fn find(text: &'a str, options: &ImportOptions<'_>) -> Result<Option<Self>, ImportError> {
        let (begin, delimiter) = begin(text);
        let readers = || delimiters(delimiter).into_iter().map(|delimiter| begin.clone().with(delimiter));
        if let Some(head) = readers().find_map(ticktick) {
            return Ok(Some(head));
        }
        let mut best: Option<(usize, Self)> = None;
        for reader in readers() {
            let mut rows = reader.clone();
            let row = match rows.next() {
                Some(Ok(row)) => row,
                Some(Err(error)) if is_csv(options.media_type) => return Err(error),
                _ => continue,
            };
            let Some((known, head)) = named(row, rows, options) else { continue };
            if best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, head));
            }
        }
        Ok(best.map(|(_, head)| head))
    }

    /// The head of a table whose columns are not known, if the client says what they are: otherwise an error names them.
    pub(super) fn unknown(text: &'a str, options: &ImportOptions<'_>) -> Result<Option<Self>, ImportError> {
        let (begin, delimiter) = begin(text);
        let certain = is_csv(options.media_type) || delimiter.is_some() || options.columns.is_some();
        let readers = delimiters(delimiter).into_iter().map(|delimiter| begin.clone().with(delimiter));
        let table = readers.map(|reader| (width(reader.clone(), certain), reader)).max_by_key(|(width, _)| *width);
        let Some((_, mut rows)) = table.filter(|(width, _)| *width > 1 || options.columns.is_some()) else {
            return Ok(None);
        };
        let Some(first) = rows.next().transpose()? else { return Ok(None) };
        let Some(columns) = options.columns else { return Err(ImportError::UnknownColumns(first.cells)) };
        let known = columns.iter().map(|name| known_column(name)).collect();
        let names = first.cells.clone();
        Ok(Some(Self { kind: TableKind::Generic(known), names, rows, first: Some(first) }))
    }
}

/// Whether only tables have this media type. Browsers on Windows with Excel send the last one.
fn is_csv(media_type: &str) -> bool {
    matches!(media_type, "text/csv" | "application/csv" | "text/tab-separated-values" | "application/vnd.ms-excel")
}

fn delimiters(named: Option<char>) -> Vec<char> {
    named.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter])
}

/// Where a table begins: behind blank lines and Excel's `sep=X`, which names the delimiter.
fn begin(text: &str) -> (RowReader<'_>, Option<char>) {
    let (mut rest, mut line, mut delimiter) = (text, 1, None);
    loop {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (first, behind) = rest.split_at(end);
        let named =
            first.trim().trim_matches('"').strip_prefix("sep=").map(|named| named.chars().next().unwrap_or('\t'));
        if behind.is_empty() || !(first.trim().is_empty() || named.is_some() && delimiter.is_none()) {
            return (RowReader::new(rest, ',', line), delimiter);
        }
        delimiter = delimiter.or(named);
        rest = behind.strip_prefix("\r\n").unwrap_or(&behind[1..]);
        line += 1;
    }
}

/// TickTick's head, which stands behind lines about the export.
fn ticktick(mut rows: RowReader<'_>) -> Option<TableHead<'_>> {
    while rows.line() <= TICKTICK_LINES {
        let row = rows.next()?.ok()?;
        let names: Vec<String> = row.cells.iter().map(|name| folded(name)).collect();
        let has = |name: &str| names.iter().any(|known| known == name);
        if (has("foldername") || has("listname")) && has("title") && (has("ischecklist") || has("taskid")) {
            return Some(TableHead { kind: TableKind::Ticktick, names, rows, first: None });
        }
    }
    None
}

/// The head that this row is, with how many of its names are known, if one of them is a title.
fn named<'a>(row: TableRow, rows: RowReader<'a>, options: &ImportOptions<'_>) -> Option<(usize, TableHead<'a>)> {
    let names: Vec<String> = row.cells.iter().map(|name| folded(name)).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("type") && has("content") && (has("indent") || has("priority")) {
        return Some((names.len(), TableHead { kind: TableKind::Todoist, names, rows, first: None }));
    }
    if options.columns.is_some() {
        return None;
    }
    let mut known: Vec<Option<KnownColumn>> = Vec::new();
    for name in &row.cells {
        let column = known_column(name).filter(|column| !known.contains(&Some(*column)));
        known.push(column);
    }
    // A sentence that begins a list of lines is no head.
    let amount = known.iter().flatten().count();
    let is_head = known.contains(&Some(KnownColumn::Title));
    is_head.then_some((amount, TableHead { kind: TableKind::Generic(known), names: row.cells, rows, first: None }))
}

/// How many columns a table without a known head has; 0 if its rows do not fit each other. If it is `certain` that the text
/// is a table, its first row decides.
fn width(rows: RowReader<'_>, certain: bool) -> usize {
    let rows: Vec<usize> =
        rows.take(COMPARED_ROWS).flatten().filter(|row| !row.is_blank()).map(|row| row.cells.len()).collect();
    match rows.as_slice() {
        [first, rest @ ..] if certain && rest.iter().filter(|width| *width == first).count() * 2 >= rest.len() => {
            *first
        }
        [first, rest @ ..] if rest.len() > 1 && rest.iter().all(|width| width == first) => *first,
        _ => 0,
    }
}

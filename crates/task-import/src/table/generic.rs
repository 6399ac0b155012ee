//! Tables by the names of their columns: spreadsheets, Outlook, our own export.

use task_words::ReadingContext;

use super::head::{TableHead, TableKind};
use super::rows::TableRow;
use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, UnreadDate, at_time, read_date, slash_order};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::names::{KnownColumn, folded, known_column};
use crate::options::ImportOptions;
use crate::reminder::minutes;
use crate::repeat::{read_rule, read_series, read_words};
use crate::values::{completed, priority, tags};

/// The columns of our own export that every version of it has.
const OWN: [&str; 6] = ["id", "title", "description", "completed", "createdat", "updatedat"];
/// What Outlook writes where a task has no value.
const OUTLOOK_EMPTY: [&str; 8] = ["0", "False", "Falsch", "Normal", "false", "Aus", "FALSE", "FALSCH"];
/// The first characters of formulas. Our own export writes a quote before them.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

pub(super) fn read(head: TableHead<'_>, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let TableKind::Generic(columns) = head.kind else { return Err(ImportError::NoTasks) };
    let folded: Vec<String> = head.names.iter().map(|name| folded(name)).collect();
    let has = |name: &str| folded.iter().any(|known| known == name);
    let outlook = (has("subject") || has("betreff")) && (has("%complete") || has("%erledigt"));
    let format = match () {
        () if OWN.iter().all(|name| has(name)) => FileFormat::Own,
        () if outlook => FileFormat::Outlook,
        () => FileFormat::Table,
    };
    let slashes = columns.iter().enumerate().map(|(at, column)| {
        let is_date = matches!(
            column,
            Some(KnownColumn::Due | KnownColumn::Deadline | KnownColumn::CompletedAt | KnownColumn::CreatedAt)
        );
        let cells =
            head.rows.clone().flatten().filter_map(move |row| row.cells.into_iter().nth(at)).collect::<Vec<_>>();
        if is_date {
            slash_order(cells.iter().map(String::as_str), head.rows.delimiter())
        } else {
            SlashOrder::DayFirst
        }
    });
    let slashes = slashes.collect();
    let table = GenericTable { columns, names: head.names, slashes, format, context: options.context };
    let mut collector = TaskCollector::keeping(format == FileFormat::Own);
    if let Some(first) = head.first.filter(|first| !first.is_blank()) {
        match table.is_data(&first) {
            true => table.add(&first, &mut collector),
            false => collector.skip(first.line, &first.cells.join(" "), "head"),
        }
    }
    for row in head.rows {
        let row = row?;
        if !row.is_blank() {
            table.add(&row, &mut collector);
        }
    }
    collector.finish(format)
}

struct GenericTable {
    columns: Vec<Option<KnownColumn>>,
    names: Vec<String>,
    slashes: Vec<SlashOrder>,
    format: FileFormat,
    context: ReadingContext,
}

impl GenericTable {
    fn cell<'a>(&self, row: &'a TableRow, column: KnownColumn) -> Option<&'a str> {
        let at = self.columns.iter().position(|known| *known == Some(column))?;
        row.cells.get(at).map(|cell| unguarded(cell)).filter(|cell| !cell.trim().is_empty())
    }

    /// Whether a row that nobody calls a head has values in columns whose names no value is.
    fn is_data(&self, row: &TableRow) -> bool {
        let date = |column| self.cell(row, column).is_some_and(|cell| matches!(self.date(column, cell), Ok(Some(_))));
        date(KnownColumn::Due)
            || date(KnownColumn::CompletedAt)
            || self.cell(row, KnownColumn::Completed).is_some_and(|cell| completed(cell).is_some())
            || self.cell(row, KnownColumn::Priority).is_some_and(|cell| priority(cell).is_some())
    }

    fn date(&self, column: KnownColumn, cell: &str) -> Result<Option<Moment>, UnreadDate> {
        let at = self.columns.iter().position(|known| *known == Some(column));
        read_date(cell, at.map_or(SlashOrder::DayFirst, |at| self.slashes[at]))
    }

    fn add(&self, row: &TableRow, collector: &mut TaskCollector) {
        let text = |column| self.cell(row, column).map(str::to_owned);
        let (line, title) = (row.line, self.title(row));
        if text(KnownColumn::Deleted).is_some_and(|word| completed(&word) != Some(false)) {
            return;
        }
        let mut task = RawTask {
            line,
            key: text(KnownColumn::Key),
            parent: text(KnownColumn::Parent),
            notes: text(KnownColumn::Description).unwrap_or_default(),
            tags: self.cell(row, KnownColumn::Tags).map(|cell| self.tags(cell)).unwrap_or_default(),
            list: text(KnownColumn::List),
            place: text(KnownColumn::Order),
            from_completion: text(KnownColumn::RepeatFrom).is_some_and(|from| from == "completion"),
            series: self
                .cell(row, KnownColumn::RepeatAnchor)
                .and_then(|anchor| read_series(anchor, self.cell(row, KnownColumn::RepeatPassed))),
            remind: self.cell(row, KnownColumn::Remind).map(minutes).unwrap_or_default(),
            ..RawTask::default()
        };
        // Where rows have no keys, parents are named by their titles.
        task.key = task.key.or_else(|| Some(title.trim().to_owned()));
        let mut date = |column, what| match self.cell(row, column).map(|cell| (cell, self.date(column, cell))) {
            Some((_, Ok(moment))) => moment,
            Some((cell, Err(UnreadDate))) => {
                collector.unread(line, &title, what, cell);
                None
            }
            None => None,
        };
        task.completed_at = date(KnownColumn::CompletedAt, "completed_at_unread");
        task.created_at = date(KnownColumn::CreatedAt, "created_at_unread");
        task.updated_at = date(KnownColumn::UpdatedAt, "updated_at_unread");
        task.completed = match self.cell(row, KnownColumn::Completed).map(|cell| (cell, completed(cell))) {
            Some((_, Some(done))) => done,
            Some((cell, None)) => {
                collector.unread(line, &title, "completed_unread", cell);
                false
            }
            None => task.completed_at.is_some(),
        };
        if let Some(cell) = self.cell(row, KnownColumn::Priority) {
            match priority(cell) {
                Some(priority) => task.priority = priority,
                None => collector.unread(line, &title, "priority_unread", cell),
            }
        }
        self.due(row, &title, &mut task, collector);
        self.lose_rest(row, collector);
        task.title = title;
        collector.add(task);
    }

    /// Tags of one cell. A semicolon can be part of ours.
    fn tags(&self, cell: &str) -> Vec<String> {
        match self.format {
            FileFormat::Own => cell.split(',').map(str::to_owned).collect(),
            _ => tags(cell),
        }
    }

    /// The title: of a table with one column the whole row, since nobody quoted its commas.
    fn title(&self, row: &TableRow) -> String {
        match self.columns.len() {
            1 => row.cells.join(",").trim_end_matches([',', ' ']).to_owned(),
            _ => self.cell(row, KnownColumn::Title).unwrap_or_default().to_owned(),
        }
    }

    fn due(&self, row: &TableRow, title: &str, task: &mut RawTask, collector: &mut TaskCollector) {
        let repeat = self.cell(row, KnownColumn::Repeat);
        if let Some(cell) = repeat {
            let words = read_words(cell, &self.context);
            task.repeat = read_rule(cell).or_else(|| words.as_ref()?.repeat.clone());
            match task.repeat {
                Some(_) => task.due = words.map(|words| words.due),
                None if matches!(folded(cell).as_str(), "none" | "no" | "never" | "nein" | "nie" | "keine") => {}
                None => collector.unread(row.line, title, "repeat_unread", cell),
            }
        }
        let deadline = self.cell(row, KnownColumn::Deadline);
        let (column, cell) = match self.cell(row, KnownColumn::Due) {
            Some(cell) => (KnownColumn::Due, cell),
            None if deadline.is_some() => (KnownColumn::Deadline, deadline.unwrap_or_default()),
            None => return,
        };
        if column == KnownColumn::Due && deadline.is_some() {
            collector.lose("deadline");
        }
        let words = || read_words(cell, &self.context);
        match (self.date(column, cell), self.cell(row, KnownColumn::DueTime)) {
            (Ok(Some(due)), Some(time)) => match at_time(due.clone(), time) {
                Some(due) => task.due = Some(due),
                None => {
                    collector.unread(row.line, title, "time_unread", time);
                    task.due = Some(due);
                }
            },
            (Ok(due), _) => task.due = due.or(task.due.take()),
            (Err(UnreadDate), _) => match words() {
                Some(words) => {
                    task.due = Some(words.due);
                    task.repeat = task.repeat.take().or(words.repeat);
                }
                None => collector.unread(row.line, title, "due_unread", cell),
            },
        }
    }

    /// Says which cells are lost.
    fn lose_rest(&self, row: &TableRow, collector: &mut TaskCollector) {
        let single = self.columns.len() == 1;
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let is_default = self.format == FileFormat::Outlook && OUTLOOK_EMPTY.contains(&cell.trim());
            match self.columns.get(at) {
                _ if is_default || single => {}
                Some(Some(KnownColumn::Lost(what))) => collector.lose(what),
                Some(Some(_)) => {}
                // Its status and its per cent say the same.
                Some(None)
                    if self.format == FileFormat::Outlook
                        && known_column(&self.names[at]) == Some(KnownColumn::Completed) => {}
                Some(None) => collector.lose_column(&self.names[at]),
                None => collector.lose("cell"),
            }
        }
    }
}

/// A text without the quote that our own export writes before what a spreadsheet would take for a formula.
fn unguarded(text: &str) -> &str {
    let is_formula = |text: &str| text.trim_start_matches('\'').starts_with(FORMULA);
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

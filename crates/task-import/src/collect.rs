//! Rows of a file into tasks: the rules that hold for every format.

use std::collections::BTreeMap;

use task::{
    Description, MAX_DESCRIPTION, MAX_IMPORT, MAX_LIST_NAME, MAX_TAG, MAX_TAGS, MAX_TITLE, Priority, TaskSeries, Title,
};

use crate::date::Moment;
use crate::error::ImportError;
use crate::file::{FileFormat, ImportedTask, LostPart, RowNote, TaskFile};
use crate::parents::top_parents;
use crate::text::{cut_description, cut_title, name, one_line, several_lines, shown, tag, without_controls};

/// The most rows that a file names as changed, and as skipped.
const MAX_NOTES: usize = 1_000;

/// What a row says, as the file has it.
#[derive(Debug, Default)]
pub(crate) struct RawTask {
    pub(crate) line: u64,
    /// By what other rows name this one as their parent.
    pub(crate) key: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) title: String,
    pub(crate) notes: String,
    /// Comments, oldest first.
    pub(crate) comments: Vec<String>,
    pub(crate) completed: bool,
    pub(crate) completed_at: Option<Moment>,
    pub(crate) due: Option<Moment>,
    /// When it begins, in formats where a series without a due day is counted from there.
    pub(crate) start: Option<Moment>,
    pub(crate) repeat: Option<String>,
    pub(crate) from_completion: bool,
    pub(crate) series: Option<TaskSeries>,
    pub(crate) remind: Vec<u32>,
    pub(crate) priority: Priority,
    pub(crate) tags: Vec<String>,
    pub(crate) list: Option<String>,
    /// What orders the tasks, where the file says so.
    pub(crate) place: Option<String>,
    pub(crate) created_at: Option<Moment>,
    pub(crate) updated_at: Option<Moment>,
}

/// The tasks of a file so far, and what is to be said about it.
#[derive(Default)]
pub(crate) struct TaskCollector {
    rows: Vec<RawTask>,
    /// Rows beyond the most tasks of an import.
    more: usize,
    changed: Vec<RowNote>,
    skipped: Vec<RowNote>,
    lost: BTreeMap<(&'static str, Option<String>), usize>,
    /// Whether descriptions keep blank ends: those of our own export do.
    exact: bool,
}

impl TaskCollector {
    /// Of a file whose descriptions keep their blank ends, or not.
    pub(crate) fn keeping(exact: bool) -> Self {
        Self { exact, ..Self::default() }
    }

    /// From here on, descriptions keep their blank ends.
    pub(crate) fn keep_exactly(&mut self) {
        self.exact = true;
    }

    /// Adds a row. It can still turn out to be no task.
    pub(crate) fn add(&mut self, row: RawTask) {
        match self.rows.len() < MAX_IMPORT + MAX_NOTES {
            true => self.rows.push(row),
            false => self.more += 1,
        }
    }

    /// The row that was added last.
    pub(crate) fn last(&mut self) -> Option<&mut RawTask> {
        self.rows.last_mut()
    }

    /// Part of the file is lost.
    pub(crate) fn lose(&mut self, what: &'static str) {
        self.lose_named(what, None);
    }

    /// A value of a column or member that nobody knows is lost.
    pub(crate) fn lose_column(&mut self, column: &str) {
        self.lose_named("column", name(column, 64));
    }

    fn lose_named(&mut self, what: &'static str, name: Option<String>) {
        if self.lost.len() < MAX_NOTES {
            *self.lost.entry((what, name)).or_default() += 1;
        }
    }

    /// A value of a row cannot be read.
    pub(crate) fn unread(&mut self, line: u64, title: &str, what: &'static str, value: &str) {
        let value = Some(shown(value));
        self.note(RowNote { line, title: name(title, MAX_TITLE), what, value });
    }

    /// A row is no task.
    pub(crate) fn skip(&mut self, line: u64, title: &str, what: &'static str) {
        match self.skipped.len() < MAX_NOTES {
            true => self.skipped.push(RowNote { line, title: name(title, MAX_TITLE), what, value: None }),
            false => self.lose("skipped_row"),
        }
    }

    fn note(&mut self, note: RowNote) {
        match self.changed.len() < MAX_NOTES {
            true => self.changed.push(note),
            false => self.lose("changed_row"),
        }
    }

    fn changed(&mut self, line: u64, title: &Title, what: &'static str) {
        self.note(RowNote { line, title: Some(title.as_str().to_owned()), what, value: None });
    }

    /// The tasks with their parents.
    pub(crate) fn finish(mut self, format: FileFormat) -> Result<TaskFile, ImportError> {
        let rows = std::mem::take(&mut self.rows);
        let mut tasks: Vec<ImportedTask> = Vec::new();
        // By row: the task that it became.
        let mut became = Vec::new();
        let links: Vec<_> = rows.iter().map(|row| (row.key.clone(), row.parent.clone())).collect();
        let mut places = Vec::new();
        for mut row in rows {
            let place = row.place.take();
            let task = self.task(row);
            became.push(task.is_some().then_some(tasks.len()));
            if task.is_some() {
                places.push(place);
            }
            tasks.extend(task);
        }
        for (task, rank) in tasks.iter_mut().zip(ranks(places, self.exact)) {
            task.rank = Some(rank);
        }
        let count = tasks.len() + self.more;
        if count > MAX_IMPORT {
            return Err(ImportError::TooMany { count, most: MAX_IMPORT });
        }
        let top = top_parents(&links, &became);
        for (task, parent) in became.iter().zip(top.parents) {
            if let Some(task) = task {
                tasks[*task].parent = parent;
            }
        }
        (0..top.missing).for_each(|_| self.lose("parent"));
        (0..top.deeper).for_each(|_| self.lose("step_of_step"));
        self.changed.sort_by_key(|note| note.line);
        self.skipped.sort_by_key(|note| note.line);
        let lost = self.lost.into_iter().map(|((what, name), count)| LostPart { what, name, count });
        Ok(TaskFile { format, tasks, changed: self.changed, skipped: self.skipped, not_kept: lost.collect() })
    }

    fn task(&mut self, row: RawTask) -> Option<ImportedTask> {
        let line = row.line;
        let notes = if self.exact { without_controls(&row.notes) } else { several_lines(&row.notes) };
        let (whole, notes, from_notes) = title_and_notes(&row.title, notes);
        let Some(whole) = whole else {
            self.skip(line, "", "no_title");
            return None;
        };
        let too_long = whole.chars().count() > MAX_TITLE;
        let title = Title::parse(&if too_long { cut_title(&whole) } else { whole.clone() });
        let Ok(title) = title else {
            self.skip(line, "", "no_title");
            return None;
        };
        let comments = row.comments.iter().map(|comment| several_lines(comment));
        let parts = too_long.then_some(whole).into_iter().chain([notes]).chain(comments);
        let text = parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
        let description = self.description(line, &title, text);
        for (what, _) in [("title_cut", too_long), ("title_from_notes", from_notes)].iter().filter(|(_, is)| *is) {
            self.changed(line, &title, what);
        }
        let list = row.list.as_deref().and_then(|list| self.list(line, &title, list));
        let tags = self.tags(line, &title, &row.tags);
        Some(ImportedTask {
            line,
            description,
            completed: row.completed,
            completed_at: row.completed_at.filter(|_| row.completed),
            due: row.due,
            from_completion: row.from_completion && row.repeat.is_some(),
            series: row.series.filter(|_| row.repeat.is_some()),
            repeat: row.repeat,
            remind: row.remind,
            priority: row.priority,
            tags,
            list,
            parent: None,
            rank: None,
            created_at: row.created_at,
            updated_at: row.updated_at,
            title,
        })
    }

    fn description(&mut self, line: u64, title: &Title, text: String) -> Option<Description> {
        let too_long = text.chars().count() > MAX_DESCRIPTION;
        if too_long {
            self.changed(line, title, "description_cut");
        }
        let text = if too_long { cut_description(&text) } else { text };
        Description::parse(&text).unwrap_or_default()
    }

    fn list(&mut self, line: u64, title: &Title, list: &str) -> Option<String> {
        if one_line(list).chars().count() > MAX_LIST_NAME {
            self.changed(line, title, "list_cut");
        }
        name(list, MAX_LIST_NAME)
    }

    fn tags(&mut self, line: u64, title: &Title, texts: &[String]) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for text in texts {
            let Some(tag) = tag(text) else { continue };
            if one_line(text).chars().count() > MAX_TAG || text.trim_start_matches('#').contains([',', '#']) {
                self.changed(line, title, "tag_cut");
            }
            if tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
                continue;
            }
            match tags.len() < MAX_TAGS {
                true => tags.push(tag),
                false => self.lose("tag"),
            }
        }
        tags
    }
}

/// For each task its number in the order of the places, which are numbers or texts; none if a task has no place, or if they
/// are in order.
fn ranks(places: Vec<Option<String>>, are_texts: bool) -> Vec<usize> {
    let Some(places) = places.into_iter().collect::<Option<Vec<String>>>() else { return Vec::new() };
    let numbers: Option<Vec<f64>> = places.iter().map(|place| place.trim().parse().ok()).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    match numbers.filter(|_| !are_texts) {
        Some(numbers) => order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b])),
        None => order.sort_by(|a, b| places[*a].cmp(&places[*b])),
    }
    if order.is_sorted() {
        return Vec::new();
    }
    let mut ranks = vec![0; order.len()];
    for (rank, task) in (1..).zip(order) {
        ranks[task] = rank;
    }
    ranks
}

/// The title on one line and the notes. Without a title the first line of the notes is taken out for it, which the third
/// says.
fn title_and_notes(title: &str, notes: String) -> (Option<String>, String, bool) {
    let line = one_line(title);
    if !visible_text::is_blank(&line) {
        return (Some(line), notes, false);
    }
    let text = notes.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = one_line(first);
    match visible_text::is_blank(&line) {
        true => (None, notes, false),
        false => (Some(line), rest.trim().to_owned(), true),
    }
}

//! Todoist's CSV: a project, a template or a backup.

use super::columns::{NamedColumns, NamedRow};
use super::head::TableHead;
use crate::collect::{RawTask, TaskCollector};
use crate::date::{SlashOrder, UnreadDate, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::options::ImportOptions;
use crate::repeat::read_words;
use crate::values::tagged_title;
use task::Priority;

/// Columns that are read, or say nothing by themselves.
const READ: [&str; 13] = [
    "type",
    "content",
    "description",
    "priority",
    "indent",
    "author",
    "responsible",
    "date",
    "datelang",
    "timezone",
    "durationunit",
    "deadline",
    "deadlinelang",
];

pub(super) fn read(head: TableHead<'_>, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let columns = NamedColumns(head.names);
    let mut collector = TaskCollector::default();
    let (mut section, mut top) = (None, None);
    for row in head.rows {
        let row = row?;
        let named = columns.row(&row);
        match named.cell("type").trim().to_lowercase().as_str() {
            "task" => {
                let mut task = task(&named, options, &mut collector);
                task.list.clone_from(&section);
                let key = row.line.to_string();
                let indent: u32 = named.cell("indent").trim().parse().unwrap_or(1);
                match indent {
                    0 | 1 => top = Some(key.clone()),
                    2 => task.parent.clone_from(&top),
                    _ => {
                        task.parent.clone_from(&top);
                        collector.lose("step_of_step");
                    }
                }
                task.key = Some(key);
                collector.add(task);
            }
            "section" => section = named.text("content").map(str::to_owned),
            "note" => comment(named.cell("content"), &mut collector),
            _ => {}
        }
    }
    collector.finish(FileFormat::Todoist)
}

/// A comment on the task above. A file in it stands between double brackets.
fn comment(text: &str, collector: &mut TaskCollector) {
    let (text, file) = text.split_once("[[file").map_or((text, false), |(text, _)| (text, true));
    if file {
        collector.lose("attachment");
    }
    match collector.last() {
        Some(task) => task.comments.push(text.to_owned()),
        None => collector.lose("comment"),
    }
}

fn task(row: &NamedRow<'_>, options: &ImportOptions<'_>, collector: &mut TaskCollector) -> RawTask {
    let content = row.cell("content").trim();
    let (title, tags) = tagged_title(content.strip_prefix("* ").unwrap_or(content), '@');
    let mut task = RawTask { line: row.row.line, tags, ..RawTask::default() };
    task.notes = row.cell("description").to_owned();
    task.priority = match row.text("priority") {
        Some("1") => Priority::High,
        Some("2") => Priority::Medium,
        Some("3") => Priority::Low,
        Some("4") | None => Priority::None,
        Some(other) => {
            collector.unread(task.line, &title, "priority_unread", other);
            Priority::None
        }
    };
    let (date, deadline) = (row.text("date"), row.text("deadline"));
    if let Some(text) = date.or(deadline) {
        match (read_date(text, SlashOrder::DayFirst), read_words(text, &options.context)) {
            (Ok(due), _) => task.due = due,
            (_, Some(words)) => (task.due, task.repeat) = (Some(words.due), words.repeat),
            (Err(UnreadDate), None) => collector.unread(task.line, &title, "due_unread", text),
        }
    }
    task.from_completion = date.is_some_and(|text| text.contains("every!"));
    if let Some(zone) = row.text("timezone") {
        task.due = task.due.map(|due| due.in_zone(zone));
    }
    let lost = [
        ("deadline", date.is_some() && deadline.is_some()),
        ("author", row.text("author").is_some()),
        ("assignee", row.text("responsible").is_some()),
        ("duration", row.text("duration").is_some_and(|text| text != "None")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    for name in row.unknown(&READ) {
        if name != "duration" {
            collector.lose_column(name);
        }
    }
    task.title = title;
    task
}

//! TickTick's CSV backup.

use super::columns::{NamedColumns, NamedRow};
use super::head::TableHead;
use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::options::ImportOptions;
use crate::reminder::minutes_before;
use crate::repeat::{read_rule, read_words};
use crate::values::{completed, tags};
use task::Priority;

pub(super) fn read(head: TableHead<'_>, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let columns = NamedColumns(head.names);
    let mut collector = TaskCollector::default();
    for row in head.rows {
        let row = row?;
        if !row.is_blank() {
            let task = task(&columns.row(&row), options, &mut collector);
            collector.add(task);
        }
    }
    collector.finish(FileFormat::Ticktick)
}

fn task(row: &NamedRow<'_>, options: &ImportOptions<'_>, collector: &mut TaskCollector) -> RawTask {
    let (line, title) = (row.row.line, row.cell("title"));
    let zone = row.text("timezone");
    let whole_day = row.text("isallday").is_some_and(|word| completed(word) == Some(true));
    let mut date = |name, what| {
        let text = row.text(name)?;
        let read = read_date(text, SlashOrder::MonthFirst);
        if read.is_err() {
            collector.unread(line, title, what, text);
        }
        let moment = read.unwrap_or_default()?;
        Some(zone.map_or_else(|| moment.clone(), |zone| moment.clone().in_zone(zone)))
    };
    let due = date("duedate", "due_unread");
    let (completed_at, created_at) =
        (date("completedtime", "completed_at_unread"), date("createdtime", "created_at_unread"));
    let status = row.cell("status").trim();
    let mut task = RawTask {
        line,
        key: row.text("taskid").map(str::to_owned),
        parent: row.text("parentid").map(str::to_owned),
        title: title.to_owned(),
        notes: checklist(row.cell("content")),
        completed: matches!(status, "1" | "2"),
        completed_at,
        due: due.map(|due| if whole_day { due.whole_day(zone) } else { due }),
        tags: tags(row.cell("tags")),
        list: row.text("listname").filter(|list| *list != "Inbox").map(str::to_owned),
        place: row.text("order").map(str::to_owned),
        created_at,
        ..RawTask::default()
    };
    match row.text("priority") {
        Some("5") => task.priority = Priority::High,
        Some("3") => task.priority = Priority::Medium,
        Some("1") => task.priority = Priority::Low,
        Some("0") | None => {}
        Some(other) => collector.unread(line, title, "priority_unread", other),
    }
    if !matches!(status, "" | "0" | "1" | "2") {
        collector.unread(line, title, "completed_unread", status);
    }
    if let Some(rule) = row.text("repeat") {
        match (read_rule(rule), read_words(rule, &options.context)) {
            (Some(rule), _) => task.repeat = Some(rule),
            (None, Some(words)) => task.repeat = words.repeat,
            (None, None) => collector.unread(line, title, "repeat_unread", rule),
        }
    }
    remind(row, &mut task, collector);
    let lost = [
        ("folder", row.text("foldername").is_some()),
        ("start_date", row.text("startdate").is_some()),
        ("column", row.text("columnname").is_some()),
        ("kind", row.text("kind").is_some_and(|kind| kind != "TEXT")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    task
}

/// Reminders become minutes before the due time.
fn remind(row: &NamedRow<'_>, task: &mut RawTask, collector: &mut TaskCollector) {
    let timed = task.due.as_ref().is_some_and(|due| !matches!(due, Moment::Day(_) | Moment::DayIn(..)));
    for trigger in row.cell("reminder").split([',', '\n', ' ']).filter(|trigger| !trigger.is_empty()) {
        match minutes_before(trigger.strip_prefix("TRIGGER:").unwrap_or(trigger)) {
            Some(minutes) if timed => task.remind.push(minutes),
            _ => collector.lose("reminder"),
        }
    }
}

/// A text in which the marks of a checklist are boxes of Markdown.
fn checklist(content: &str) -> String {
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    let line = |line: &str| match (line.strip_prefix('▫'), line.strip_prefix('▪')) {
        (Some(open), _) => format!("- [ ] {}", open.trim_start()),
        (_, Some(done)) => format!("- [x] {}", done.trim_start()),
        _ => line.to_owned(),
    };
    content.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

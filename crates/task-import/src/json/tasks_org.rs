//! The backup of Tasks.org.

use std::collections::HashMap;

use chrono::Timelike;
use task::Priority;

use super::node::JsonObject;
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};
use crate::date::Moment;
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::repeat::read_rule;

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let data = file.root.object()?.object("data")?;
    let rows = data.objects("tasks");
    if !rows.iter().any(|row| row.object("task").is_some()) {
        return None;
    }
    let mut lists: HashMap<String, String> = HashMap::new();
    for list in ["caldavCalendars", "googleTaskLists"].iter().flat_map(|name| data.objects(name)) {
        let id = ["uuid", "remoteId"].iter().find_map(|name| list.text(name));
        let name = ["name", "title"].iter().find_map(|name| list.text(name));
        lists.extend(id.zip(name));
    }
    let mut collector = TaskCollector::default();
    for row in &rows {
        add(row, &lists, file, &mut collector);
    }
    Some(collector.finish(FileFormat::TasksOrg))
}

fn add(row: &JsonObject<'_>, lists: &HashMap<String, String>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let Some(item) = row.object("task") else { return };
    if item.number("deletionDate").is_some_and(|at| at > 0.0) {
        return;
    }
    // Where the task is kept: the list, and the task above it.
    let kept = ["caldavTasks", "googleTasks", "google"]
        .iter()
        .flat_map(|name| row.objects(name))
        .find(|kept| !kept.says("deleted"));
    let place = |names: &[&str]| names.iter().find_map(|name| kept.as_ref()?.text(name));
    let mut task = RawTask {
        line: item.node.line(file.lines),
        key: place(&["remoteId"]).or_else(|| item.text("remoteId")).or_else(|| item.text("id")),
        parent: place(&["remoteParent"]),
        title: item.text("title").unwrap_or_default(),
        notes: item.text("notes").unwrap_or_default(),
        comments: comments(row),
        completed: item.number("completionDate").is_some_and(|at| at > 0.0),
        tags: row.objects("tags").iter().filter_map(|tag| tag.text("name")).collect(),
        list: place(&["calendar", "listId"]).and_then(|id| lists.get(&id).cloned()),
        ..RawTask::default()
    };
    task.priority = match item.number("priority").map(|number| number as i64) {
        Some(0) => Priority::High,
        Some(1) => Priority::Medium,
        Some(2) => Priority::Low,
        _ => Priority::None,
    };
    task.completed_at = item.date("completionDate", &task, collector);
    task.created_at = item.date("creationDate", &task, collector);
    // A time of day has seconds, by which it differs from a whole day.
    task.due = item.date("dueDate", &task, collector).map(|due| match due {
        Moment::Instant(at) if at.second() == 0 => Moment::Day(at.date_naive()),
        Moment::Instant(at) => Moment::Instant(at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)),
        other => other,
    });
    if let Some(rule) = item.text("recurrence") {
        task.repeat = read_rule(&rule);
        if task.repeat.is_none() {
            collector.unread(task.line, &task.title, "repeat_unread", &rule);
        }
    }
    task.from_completion = item.number("repeatFrom").is_some_and(|from| from as i64 == 1);
    let lost = [
        ("start_date", item.says("hideUntil")),
        ("estimate", item.says("estimatedSeconds")),
        ("time_spent", item.says("elapsedSeconds")),
        ("reminder", row.says("alarms")),
        ("place", row.says("geofences")),
        ("attachment", row.says("attachments") || row.says("taskAttachments")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    collector.add(task);
}

fn comments(row: &JsonObject<'_>) -> Vec<String> {
    let mut comments = row.objects("comments");
    comments
        .sort_by(|a, b| a.number("created").unwrap_or_default().total_cmp(&b.number("created").unwrap_or_default()));
    comments.iter().filter_map(|comment| comment.text("message")).collect()
}

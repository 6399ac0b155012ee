//! Vikunja's `data.json`: projects with their tasks.

use task::Priority;

use super::node::JsonObject;
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::html;
use crate::repeat::every;

const DAY: u32 = 86_400;
const WEEK: u32 = 604_800;

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let is_task = |task: &JsonObject<'_>| task.has("done") && task.has("project_id");
    if !file.sample().iter().any(|project| project.objects("tasks").first().is_some_and(is_task)) {
        return None;
    }
    let mut collector = TaskCollector::default();
    for project in file.root.objects() {
        let list = project.text("title");
        for item in project.objects("tasks") {
            add(&item, list.clone(), file, &mut collector);
        }
        if project.number("parent_project_id").is_some_and(|parent| parent > 0.0) {
            collector.lose("folder");
        }
    }
    Some(collector.finish(FileFormat::Vikunja))
}

fn add(item: &JsonObject<'_>, list: Option<String>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let related = item.object("related_tasks");
    let parents = related.map(|related| related.objects("parenttask")).unwrap_or_default();
    let mut comments = item.objects("comments");
    comments.sort_by_cached_key(|comment| comment.text("created"));
    let mut task = RawTask {
        line: item.node.line(file.lines),
        key: item.text("id"),
        parent: parents.first().and_then(|parent| parent.text("id")),
        title: item.text("title").unwrap_or_default(),
        notes: html::to_text(&item.text("description").unwrap_or_default()),
        comments: comments.iter().filter_map(|it| it.text("comment")).map(|text| html::to_text(&text)).collect(),
        completed: item.is("done"),
        tags: item.objects("labels").iter().filter_map(|label| label.text("title")).collect(),
        list,
        ..RawTask::default()
    };
    task.priority = match item.number("priority").unwrap_or_default() as i64 {
        1 => Priority::Low,
        2 => Priority::Medium,
        3.. => Priority::High,
        _ => Priority::None,
    };
    task.due = item.date("due_date", &task, collector);
    task.completed_at = item.date("done_at", &task, collector);
    task.created_at = item.date("created", &task, collector);
    let seconds = item.number("repeat_after").unwrap_or_default() as u32;
    task.repeat = match (item.number("repeat_mode").unwrap_or_default() as u32, seconds) {
        (1, _) => Some(every(1, "MONTHLY")),
        (_, 0) => None,
        (_, seconds) if seconds % WEEK == 0 => Some(every(seconds / WEEK, "WEEKLY")),
        (_, seconds) if seconds % DAY == 0 => Some(every(seconds / DAY, "DAILY")),
        _ => {
            collector.lose("repeat");
            None
        }
    };
    task.from_completion = item.number("repeat_mode").is_some_and(|mode| mode as i64 == 2);
    let zero = |name: &str| item.text(name).is_none_or(|text| text.starts_with("0001-"));
    let lost = [
        ("start_date", !zero("start_date")),
        ("end_date", !zero("end_date")),
        ("assignee", item.says("assignees")),
        ("attachment", item.says("attachments")),
        ("reminder", item.says("reminders")),
        ("color", item.says("hex_color")),
        ("progress", item.says("percent_done")),
        ("bucket", item.says("bucket_id")),
        ("favorite", item.is("is_favorite")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    collector.add(task);
}

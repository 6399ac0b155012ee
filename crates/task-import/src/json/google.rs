//! Google Takeout's `Tasks.json`: lists of tasks.

use super::node::JsonObject;
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let root = file.root.object()?;
    let kind = root.text("kind").filter(|kind| kind.starts_with("tasks#"))?;
    let mut collector = TaskCollector::default();
    match kind.as_str() {
        "tasks#taskLists" => {
            for list in root.objects("items") {
                tasks(&list, file, &mut collector);
            }
        }
        _ => tasks(&root, file, &mut collector),
    }
    Some(collector.finish(FileFormat::GoogleTasks))
}

fn tasks(list: &JsonObject<'_>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let name = list.text("title");
    for item in list.objects("items").into_iter().filter(|item| !item.is("deleted")) {
        let mut task = RawTask {
            line: item.node.line(file.lines),
            key: item.text("id"),
            parent: item.text("parent"),
            title: item.text("title").unwrap_or_default(),
            notes: item.text("notes").unwrap_or_default(),
            completed: item.text("status").is_some_and(|status| status == "completed"),
            list: name.clone(),
            ..RawTask::default()
        };
        task.completed_at = item.date("completed", &task, collector);
        task.created_at = item.date("created", &task, collector);
        // The day alone counts; the time is always midnight.
        task.due = item.date("due", &task, collector).map(|due| due.whole_day(None));
        if item.says("links") {
            collector.lose("link");
        }
        if item.says("assignmentInfo") {
            collector.lose("assignee");
        }
        collector.add(task);
    }
}

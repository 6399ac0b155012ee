//! Steps inside the object of their task.

use super::node::JsonNode;
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};

/// The key of a task: its own, or one that its place gives.
pub(super) fn key(task: &mut RawTask) -> String {
    let (line, title) = (task.line, &task.title);
    task.key.get_or_insert_with(|| format!("line {line} {title}")).clone()
}

/// Adds steps that are texts or objects with a title and whether they are done.
pub(super) fn add_steps(
    steps: &[JsonNode<'_>],
    parent: &str,
    list: Option<&str>,
    file: &JsonFile<'_>,
    collector: &mut TaskCollector,
) {
    for step in steps {
        let mut task = RawTask {
            line: step.line(file.lines),
            parent: Some(parent.to_owned()),
            list: list.map(str::to_owned),
            ..RawTask::default()
        };
        match step.object() {
            None => task.title = step.text().unwrap_or_default(),
            Some(step) => {
                let inner = step.object("attributes");
                let step = inner.as_ref().unwrap_or(&step);
                let text = |names: [&str; 4]| names.iter().find_map(|name| step.text(name));
                task.title = text(["title", "name", "text", "displayName"]).unwrap_or_default();
                task.completed_at = step.date("completedAt", &task, collector);
                let done = ["completed", "done", "isDone", "checked", "isChecked", "canceled"];
                task.completed = task.completed_at.is_some() || done.iter().any(|name| step.is(name));
            }
        }
        collector.add(task);
    }
}

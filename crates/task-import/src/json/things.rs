//! The JSON of Things' URL scheme: to-dos, and projects with their items.

use super::node::{JsonNode, JsonObject};
use super::source::JsonFile;
use super::steps::{add_steps, key};
use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::repeat::read_words;

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let items = match file.root.object() {
        Some(root) if is_item(&root) => vec![root],
        Some(root) => root.objects("data"),
        None if file.sample().iter().any(is_item) => file.root.objects(),
        None => return None,
    };
    if !items.iter().any(is_item) {
        return None;
    }
    let mut collector = TaskCollector::default();
    for item in &items {
        add(item, None, file, &mut collector);
    }
    Some(collector.finish(FileFormat::Things))
}

fn is_item(item: &JsonObject<'_>) -> bool {
    let kind = item.text("type");
    kind.is_some_and(|kind| matches!(kind.as_str(), "to-do" | "project")) && item.has("attributes")
}

fn add(item: &JsonObject<'_>, list: Option<&str>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let Some(attributes) = item.object("attributes") else { return };
    match item.text("type").as_deref() {
        Some("to-do") => to_do(item, &attributes, list, file, collector),
        Some("project") => {
            let name = attributes.text("title");
            for (what, member) in [("project_notes", "notes"), ("folder", "area"), ("deadline", "deadline")] {
                if attributes.says(member) {
                    collector.lose(what);
                }
            }
            for inner in attributes.objects("items") {
                match inner.text("type").as_deref() {
                    // A project has no projects.
                    Some("project") => collector.skip(inner.node.line(file.lines), "", "no_task"),
                    _ => add(&inner, name.as_deref(), file, collector),
                }
            }
        }
        _ => collector.lose("heading"),
    }
}

fn to_do(
    item: &JsonObject<'_>,
    attributes: &JsonObject<'_>,
    list: Option<&str>,
    file: &JsonFile<'_>,
    collector: &mut TaskCollector,
) {
    let mut task = RawTask {
        line: item.node.line(file.lines),
        title: attributes.text("title").unwrap_or_default(),
        notes: attributes.text("notes").unwrap_or_default(),
        completed: attributes.is("completed") || attributes.is("canceled"),
        tags: attributes.items("tags").into_iter().filter_map(JsonNode::text).collect(),
        list: attributes.text("list").or(list.map(str::to_owned)),
        ..RawTask::default()
    };
    task.completed_at = attributes.date("completion-date", &task, collector);
    task.created_at = attributes.date("creation-date", &task, collector);
    let (deadline, planned) = (attributes.text("deadline"), attributes.text("when"));
    let planned = planned.filter(|when| !matches!(when.as_str(), "anytime" | "someday"));
    if deadline.is_some() && planned.is_some() {
        collector.lose("start_date");
    }
    if let Some(text) = deadline.or(planned) {
        task.due = moment(&text, file);
        if task.due.is_none() {
            collector.unread(task.line, &task.title, "due_unread", &text);
        }
    }
    if attributes.says("heading") {
        collector.lose("heading");
    }
    let steps = attributes.items("checklist-items");
    let (parent, list) = (key(&mut task), task.list.clone());
    collector.add(task);
    add_steps(&steps, &parent, list.as_deref(), file, collector);
}

/// A day, a day with a time behind `@`, or words.
fn moment(text: &str, file: &JsonFile<'_>) -> Option<Moment> {
    let words = if text == "evening" { "today" } else { text };
    let read = read_date(&text.replace('@', " "), SlashOrder::MonthFirst).ok().flatten();
    read.or_else(|| read_words(words, &file.options.context).map(|words| words.due))
}

//! Results in the form that ChatGPT's connectors and research clients expect of `search` and `fetch`: texts alone.

use serde::Serialize;

use super::brief::rule_in_words;
use crate::stored_task::Task;

/// One task that `search` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundTask {
    id: String,
    title: String,
    url: String,
}

/// A task as a document, the result of `fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskDocument {
    id: String,
    title: String,
    text: String,
    url: String,
    metadata: DocumentMetadata,
}

/// What is known of a document besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct DocumentMetadata {
    status: &'static str,
    priority: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    created_at: String,
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
}

/// The page of a task of the app at `origin`.
fn page_of(origin: &str, task: &Task) -> String {
    format!("{origin}/?q=%23{}", task.id)
}

impl FoundTask {
    pub(super) fn new(origin: &str, task: Task) -> Self {
        Self { id: task.id.to_string(), url: page_of(origin, &task), title: task.title }
    }
}

impl TaskDocument {
    pub(super) fn new(origin: &str, task: Task) -> Self {
        let status = if task.completed { "completed" } else { "pending" };
        let priority = task.priority.as_str();
        let (text, url) = (text_of(&task, status), page_of(origin, &task));
        let Task { id, title, created_at, updated_at, completed_at, due, list, tags, .. } = task;
        let metadata = DocumentMetadata { status, priority, due, list, tags, created_at, updated_at, completed_at };
        Self { id: id.to_string(), title, text, url, metadata }
    }
}

/// Title and plan, one line each, and the description.
fn text_of(task: &Task, status: &str) -> String {
    let some = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
    let lines = [
        ("Priority", Some(task.priority.as_str()).filter(|word| *word != "none").map(str::to_owned)),
        ("Due", task.due.clone()),
        ("Overdue", task.overdue.then(|| "yes".to_owned())),
        ("Repeats", rule_in_words(task)),
        ("Reminders", some(task.remind_at.clone())),
        ("Tags", some(task.tags.clone())),
        ("List", task.list.clone()),
        ("Step of task", task.parent.map(|id| id.to_string())),
    ];
    let mut text = format!("{}\nStatus: {status}", task.title);
    for (name, value) in lines.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        text.push_str(&format!("\n{name}: {value}"));
    }
    if let Some(description) = &task.description {
        text.push_str(&format!("\n\n{description}"));
    }
    text
}

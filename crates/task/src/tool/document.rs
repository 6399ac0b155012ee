//! Results in the form that ChatGPT's connectors and research clients expect of `search` and `fetch`: texts alone.

use serde::Serialize;

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
        let mut text = format!("{}\nStatus: {status}", task.title);
        let priority = task.priority.as_str();
        if priority != "none" {
            text.push_str(&format!("\nPriority: {priority}"));
        }
        if let Some(description) = &task.description {
            text.push_str(&format!("\n\n{description}"));
        }
        let url = page_of(origin, &task);
        let Task { id, title, created_at, updated_at, completed_at, .. } = task;
        let metadata = DocumentMetadata { status, priority, created_at, updated_at, completed_at };
        Self { id: id.to_string(), title, text, url, metadata }
    }
}

//! The results of tool calls.

use serde::Serialize;

use crate::fields::MAX_IDS;
use crate::history::{KeptTask, kind_in_words};
use crate::priority::Priority;
use crate::store::{Task, TaskPage, UndoResult};

/// Before the id in a cursor, so that nobody takes a cursor for a page number.
pub(super) const CURSOR_PREFIX: &str = "after-";

/// The result of a tool call, as the tool's output schema describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ToolOutput {
    /// Of `add_task`, `complete_task` and `update_task`.
    Task {
        /// The task as it is now.
        task: TaskOutput,
    },
    /// Of `list_tasks`.
    Tasks {
        /// One page.
        tasks: Vec<TaskOutput>,
        /// Where the next page begins, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        next_cursor: Option<String>,
    },
    /// Of `undo`.
    Undone {
        /// What was undone, in words.
        undone: String,
        /// The tasks that are back or as before.
        tasks: Vec<TaskOutput>,
        /// The ids of the tasks that are gone.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        deleted_ids: Vec<i64>,
        /// What was changed since and so stays, in words.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        kept: Vec<String>,
    },
    /// Of `delete_task`.
    Deleted {
        /// The id of the deleted task.
        deleted_id: i64,
        /// Its title.
        title: String,
    },
}

/// A result, and what was ignored in the call's arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotedOutput {
    /// The result.
    #[serde(flatten)]
    pub output: ToolOutput,
    /// One line for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A task in a result: a member without a value is absent, since the schemas know no `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskOutput {
    id: i64,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    completed: bool,
    created_at: String,
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
    priority: Priority,
}

impl From<Task> for TaskOutput {
    fn from(task: Task) -> Self {
        let Task { id, title, description, completed, created_at, updated_at, completed_at, priority } = task;
        Self { id, title, description, completed, created_at, updated_at, completed_at, priority }
    }
}

impl ToolOutput {
    /// One task.
    pub fn task(task: Task) -> Self {
        Self::Task { task: task.into() }
    }

    /// One page of tasks.
    pub fn page(page: TaskPage) -> Self {
        let next_cursor = page.next.map(|after| format!("{CURSOR_PREFIX}{}", after.id));
        Self::Tasks { tasks: page.tasks.into_iter().map(TaskOutput::from).collect(), next_cursor }
    }

    /// What an undo did.
    pub fn undone(result: UndoResult) -> Self {
        let UndoResult { kind, title, tasks, count, deleted, kept, .. } = result;
        let title = title.unwrap_or_default();
        let what = if count == 1 { format!("\"{title}\"") } else { format!("{count} tasks") };
        let kept_words = |task: KeptTask| format!("#{} {}: {}", task.id, task.title, task.members.join(", "));
        Self::Undone {
            undone: format!("{} {what}", kind_in_words(&kind)),
            tasks: tasks.into_iter().map(TaskOutput::from).collect(),
            deleted_ids: deleted.into_iter().take(MAX_IDS).collect(),
            kept: kept.into_iter().take(MAX_IDS).map(kept_words).collect(),
        }
    }

    /// A deleted task.
    pub fn deleted(task: Task) -> Self {
        Self::Deleted { deleted_id: task.id, title: task.title }
    }
}

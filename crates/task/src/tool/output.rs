//! The results of tool calls.

use serde::Serialize;

use super::brief::{BriefTask, cut_description, fitting};
use super::cursor::write_cursor;
use super::document::{FoundTask, TaskDocument};
use crate::fields::MAX_IDS;
use crate::history::{KeptTask, kind_in_words};
use crate::priority::Priority;
use crate::query::TaskQuery;
use crate::store::{TaskPage, UndoResult};
use crate::stored_task::Task;

/// The longest description of a task that was just written, in characters. `get_task` has all of it.
const MAX_WRITTEN: usize = 2000;

/// The result of a tool call, as the tool's output schema describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ToolOutput {
    /// Of `add_task`, `get_task`, `complete_task` and `update_task`.
    Task {
        /// The task as it is now.
        task: TaskOutput,
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
    /// Of `list_tasks`.
    Page {
        /// The tasks.
        tasks: Vec<BriefTask>,
        /// Where the next page begins, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        next_cursor: Option<String>,
    },
    /// Of `add_tasks` and `complete_tasks`.
    Items {
        /// One for each item of the call, in its order.
        results: Vec<ItemOutput>,
        /// How many tasks were added.
        #[serde(skip_serializing_if = "Option::is_none")]
        added: Option<usize>,
    },
    /// Of `search`.
    Found {
        /// The tasks that were found.
        results: Vec<FoundTask>,
    },
    /// Of `fetch`.
    Document(TaskDocument),
    /// Of `delete_task`.
    Deleted {
        /// The id of the deleted task.
        deleted_id: i64,
        /// Its title.
        title: String,
    },
}

/// What a call for several did with one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ItemOutput {
    /// The number that the call named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<i64>,
    /// The task as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<BriefTask>,
    /// What is wrong with this one, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
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
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    description_cut: bool,
    completed: bool,
    created_at: String,
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
    priority: Priority,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    overdue: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
}

impl ItemOutput {
    /// A task that was written; `task_id` is the number that the call named.
    pub fn done(task_id: Option<i64>, task: Task) -> Self {
        Self { task_id, task: Some(BriefTask::written(task)), error: None }
    }

    /// What is wrong with this one.
    pub fn failed(task_id: Option<i64>, error: String) -> Self {
        Self { task_id, task: None, error: Some(error) }
    }
}

impl From<Task> for TaskOutput {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            title: task.title,
            description: task.description,
            description_cut: false,
            completed: task.completed,
            created_at: task.created_at,
            updated_at: task.updated_at,
            completed_at: task.completed_at,
            priority: task.priority,
            due: task.due,
            overdue: task.overdue,
            repeat: task.repeat,
            tags: task.tags,
            list: task.list,
        }
    }
}

impl ToolOutput {
    /// One task that was just written.
    pub fn task(task: Task) -> Self {
        let (description, description_cut) = cut_description(task.description, MAX_WRITTEN);
        let task = TaskOutput::from(Task { description, ..task });
        Self::Task { task: TaskOutput { description_cut, ..task } }
    }

    /// Everything about one task.
    pub fn whole_task(task: Task) -> Self {
        Self::Task { task: task.into() }
    }

    /// How many of these tasks fit into one page of this query; at least one.
    pub fn fitting_page(query: &TaskQuery, tasks: &[Task]) -> usize {
        fitting(tasks.iter().map(|task| BriefTask::listed(task.clone(), query.sort)))
    }

    /// One page of this query.
    pub fn page(query: &TaskQuery, page: TaskPage) -> Self {
        let next_cursor = page.next.map(|after| write_cursor(query, &after));
        let tasks = page.tasks.into_iter().map(|task| BriefTask::listed(task, query.sort)).collect();
        Self::Page { tasks, next_cursor }
    }

    /// The results of a call for several tasks, with the beginnings of long titles if they are long together.
    pub fn items(results: Vec<ItemOutput>, added: Option<usize>) -> Self {
        if fitting(results.iter()) >= results.len() {
            return Self::Items { results, added };
        }
        let shorten = |item: ItemOutput| ItemOutput { task: item.task.map(BriefTask::shortest), ..item };
        Self::Items { results: results.into_iter().map(shorten).collect(), added }
    }

    /// What `search` found in the app at `origin`.
    pub fn found(origin: &str, page: TaskPage) -> Self {
        Self::Found { results: page.tasks.into_iter().map(|task| FoundTask::new(origin, task)).collect() }
    }

    /// A task of the app at `origin` as a document.
    pub fn document(origin: &str, task: Task) -> Self {
        Self::Document(TaskDocument::new(origin, task))
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

//! The results of tool calls.

use serde::Serialize;

use super::brief::{BriefTask, cut_description, fitting, is_from_due, rule_in_words};
use super::cursor::write_cursor;
use super::document::{FoundTask, TaskDocument};
use super::note::with_new_lists;
use crate::fields::MAX_IDS;
use crate::history::{KeptTask, kind_in_words};
use crate::list::TaskList;
use crate::priority::Priority;
use crate::query::TaskQuery;
use crate::store::{TaskPage, UndoResult};
use crate::stored_task::{Occurrence, Task};

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
        /// The number of the change, if the call made one.
        #[serde(skip_serializing_if = "Option::is_none")]
        change: Option<i64>,
    },
    /// Of `undo`.
    Undone {
        /// What was undone, in words.
        undone: String,
        /// The number of the change that was undone.
        undone_change: i64,
        /// The number of the undo, which is a change itself.
        change: i64,
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
        /// How many tasks there are on all pages; on the first one.
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<u64>,
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
        /// The number of the change, if the call made one.
        #[serde(skip_serializing_if = "Option::is_none")]
        change: Option<i64>,
    },
    /// Of `list_lists`.
    Lists {
        /// The lists in their order.
        lists: Vec<ListOutput>,
        /// How many more there are.
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<usize>,
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
        /// The number of the change.
        #[serde(skip_serializing_if = "Option::is_none")]
        change: Option<i64>,
    },
}

/// A list of tasks in a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListOutput {
    name: String,
    open: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    archived: bool,
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

impl NotedOutput {
    /// A result, with a note that names the lists that were made for it.
    pub fn new(output: ToolOutput, note: Option<String>, new_lists: &[&str]) -> Self {
        Self { output, note: with_new_lists(note, new_lists) }
    }
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
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_text: Option<String>,
    #[serde(skip_serializing_if = "is_from_due")]
    repeat_from: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remind: Vec<i32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remind_at: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrence: Option<Occurrence>,
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

impl TaskOutput {
    fn new(task: Task) -> Self {
        let repeat_text = rule_in_words(&task);
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
            repeat_text,
            repeat_from: task.repeat_from.as_str(),
            remind: task.remind,
            remind_at: task.remind_at,
            tags: task.tags,
            list: task.list,
            parent: task.parent,
            occurrence: task.occurrence,
        }
    }
}

impl From<TaskList> for ListOutput {
    fn from(list: TaskList) -> Self {
        Self { name: list.name, open: list.open_tasks, archived: list.archived }
    }
}

impl ToolOutput {
    /// One task that a change has just written.
    pub fn task(task: Task, change: Option<i64>) -> Self {
        let (description, description_cut) = cut_description(task.description, MAX_WRITTEN);
        let task = TaskOutput::new(Task { description, ..task });
        Self::Task { task: TaskOutput { description_cut, ..task }, change }
    }

    /// Everything about one task.
    pub fn whole_task(task: Task) -> Self {
        Self::Task { task: TaskOutput::new(task), change: None }
    }

    /// How many of these tasks fit into one page of this query; at least one.
    pub fn fitting_page(query: &TaskQuery, tasks: &[Task]) -> usize {
        fitting(tasks.iter().map(|task| BriefTask::listed(task.clone(), query.sort)))
    }

    /// One page of this query, which has `total` tasks if that is known.
    pub fn page(query: &TaskQuery, page: TaskPage, total: Option<u64>) -> Self {
        let next_cursor = page.next.map(|after| write_cursor(query, &after));
        let tasks = page.tasks.into_iter().map(|task| BriefTask::listed(task, query.sort)).collect();
        Self::Page { tasks, total, next_cursor }
    }

    /// The results of a call for several tasks, with the beginnings of long titles if they are long together.
    pub fn items(results: Vec<ItemOutput>, added: Option<usize>, change: Option<i64>) -> Self {
        if fitting(results.iter()) >= results.len() {
            return Self::Items { results, added, change };
        }
        let shorten = |item: ItemOutput| ItemOutput { task: item.task.map(BriefTask::shortest), ..item };
        Self::Items { results: results.into_iter().map(shorten).collect(), added, change }
    }

    /// The lists, as many as one result holds.
    pub fn lists(lists: Vec<TaskList>) -> Self {
        let mut lists: Vec<ListOutput> = lists.into_iter().map(ListOutput::from).collect();
        let (all, fitting) = (lists.len(), fitting(lists.iter()));
        lists.truncate(fitting);
        Self::Lists { left_out: Some(all - lists.len()).filter(|more| *more > 0), lists }
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
        let UndoResult { change, undone: undone_change, kind, title, tasks, count, deleted, kept, .. } = result;
        let title = title.unwrap_or_default();
        let what = if count == 1 { format!("\"{title}\"") } else { format!("{count} tasks") };
        let kept_words = |task: KeptTask| format!("#{} {}: {}", task.id, task.title, task.members.join(", "));
        Self::Undone {
            undone: format!("{} {what}", kind_in_words(&kind)),
            undone_change,
            change,
            tasks: tasks.into_iter().map(TaskOutput::new).collect(),
            deleted_ids: deleted.into_iter().take(MAX_IDS).collect(),
            kept: kept.into_iter().take(MAX_IDS).map(kept_words).collect(),
        }
    }

    /// A deleted task.
    pub fn deleted(task: Task, change: Option<i64>) -> Self {
        Self::Deleted { deleted_id: task.id, title: task.title, change }
    }
}

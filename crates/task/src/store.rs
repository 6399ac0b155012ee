//! The store of tasks: what it takes, answers and refuses.

use serde::Serialize;

use crate::{Description, Status, TaskId, Title};

/// A task as it is stored. `id` is the owner's running number; times are RFC 3339, UTC, milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The owner's own number of the task, never reused.
    pub id: i64,
    /// What to do.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// Whether it is done.
    pub completed: bool,
    /// When it was added.
    pub created_at: String,
    /// When it last changed.
    pub updated_at: String,
}

/// What a new task is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// What to do.
    pub title: Title,
    /// More about it.
    pub description: Option<Description>,
}

/// What to change; `None` stays as it is, `Some(None)` clears the description.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// A new title.
    pub title: Option<Title>,
    /// A new description, or none.
    pub description: Option<Option<Description>>,
    /// Done or not.
    pub completed: Option<bool>,
}

/// One page of tasks in ascending order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// The `after` of the next page, if there is one.
    pub next: Option<TaskId>,
}

/// Why the store did not do it. The texts are for the log alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The owner has no such task.
    #[error("no such task")]
    NotFound,
    /// The owner does not exist any more.
    #[error("no such owner")]
    UnknownOwner,
    /// The database cannot be reached; try again later.
    #[error("{0}")]
    Unavailable(String),
    /// A fault.
    #[error("{0}")]
    Internal(String),
}

/// Keeps the tasks of each owner apart: a call with one owner never sees or touches another's task.
pub trait TaskStore {
    /// Lists up to `limit` tasks with a number greater than `after`.
    fn list(&self, owner: &str, status: Status, limit: u32, after: Option<TaskId>) -> Result<Page, StoreError>;
    /// Reads one task.
    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError>;
    /// Adds a pending task.
    fn add(&self, owner: &str, task: NewTask) -> Result<Task, StoreError>;
    /// Changes the given members of one task.
    fn update(&self, owner: &str, id: TaskId, changes: Changes) -> Result<Task, StoreError>;
    /// Deletes one task and answers what it was.
    fn delete(&self, owner: &str, id: TaskId) -> Result<Task, StoreError>;
}

//! The store of tasks: what it takes, answers and refuses.

use serde::Serialize;

use crate::{Description, Query, TaskId, Time, Title, list::Position};

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
    /// When it last changed; another one after every change, so it is the version of the task.
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

/// What [`TaskStore::add`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The task as it was when it was added.
    pub task: Task,
    /// It was added by an earlier call with the same key.
    pub replayed: bool,
}

/// What [`TaskStore::import`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// How many were added.
    pub count: u32,
    /// They were added by an earlier call with the same key.
    pub replayed: bool,
}

/// A task from elsewhere: an export, or another program. Times that are `None` are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What to do.
    pub title: Title,
    /// More about it.
    pub description: Option<Description>,
    /// Whether it is done.
    pub completed: bool,
    /// When it was added.
    pub created_at: Option<Time>,
    /// When it last changed.
    pub updated_at: Option<Time>,
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

impl Changes {
    /// Only whether it is done.
    pub fn completed(completed: bool) -> Self {
        Self { completed: Some(completed), ..Self::default() }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// The `after` of the next page, if there is one.
    pub next: Option<Position>,
}

/// The versions ([`Task::updated_at`]) of which a task must have one to be changed; `None`: any.
pub type Expected<'a> = Option<&'a [String]>;

/// Why the store did not do it. The texts are for the log alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The owner has no such task.
    #[error("no such task")]
    NotFound,
    /// The owner does not exist any more.
    #[error("no such owner")]
    UnknownOwner,
    /// The task has another version than the expected ones.
    #[error("the task was changed")]
    Stale,
    /// The owner would have more tasks than this.
    #[error("more than {0} tasks")]
    LimitReached(u32),
    /// The idempotency key was used with something else.
    #[error("the key was used with something else")]
    KeyReused,
    /// The database cannot be reached; try again later.
    #[error("{0}")]
    Unavailable(String),
    /// A fault.
    #[error("{0}")]
    Internal(String),
}

/// Keeps the tasks of each owner apart: a call with one owner never sees or touches another's task. A deleted task is
/// not found until it is restored, which it can be for 24 hours.
pub trait TaskStore {
    /// Lists one page.
    fn list(&self, owner: &str, query: &Query) -> Result<Page, StoreError>;
    /// Reads one task.
    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError>;
    /// Adds a pending task. With a `key` that this owner used in the last 24 hours the answer is the earlier one.
    fn add(&self, owner: &str, task: NewTask, key: Option<&str>) -> Result<Added, StoreError>;
    /// Changes the given members of one task.
    fn update(&self, owner: &str, id: TaskId, changes: Changes, expected: Expected) -> Result<Task, StoreError>;
    /// Deletes one task and answers what it was.
    fn delete(&self, owner: &str, id: TaskId, expected: Expected) -> Result<Task, StoreError>;
    /// Completes or reopens these tasks and answers those that there are.
    fn complete_all(&self, owner: &str, ids: &[TaskId], completed: bool) -> Result<Vec<Task>, StoreError>;
    /// Deletes these tasks, as one deletion, and answers those that there were.
    fn delete_all(&self, owner: &str, ids: &[TaskId]) -> Result<Vec<Task>, StoreError>;
    /// Brings back one deleted task.
    fn restore(&self, owner: &str, id: TaskId) -> Result<Task, StoreError>;
    /// Brings back what the last deletion removed; `NotFound` if there is nothing.
    fn undo(&self, owner: &str) -> Result<Vec<Task>, StoreError>;
    /// Adds all of these tasks, or none. With a `key` that this owner used in the last 24 hours the answer is the earlier
    /// one.
    fn import(&self, owner: &str, drafts: Vec<Draft>, key: Option<&str>) -> Result<Imported, StoreError>;
}

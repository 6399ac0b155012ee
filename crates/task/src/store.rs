//! The store of tasks: its calls with their parameters, results and errors.

use crate::bulk::{BulkChanges, BulkItem, BulkTask};
use crate::due::TaskDue;
use crate::export::ExportPage;
use crate::fields::{TaskId, Title};
use crate::history::{HistoryPage, HistoryQuery, KeptTask, RecentChanges, RecordedWrite, TaskAuthor, UndoneList};
use crate::import::{Draft, ImportFile, ImportResult, PastImport, TaskRoom};
use crate::members::TaskMembers;
use crate::query::{Position, TaskQuery};
use crate::rule::TaskRuleError;
use crate::stored_task::Task;

/// What a client gives for a new task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// What to do.
    pub title: Title,
    /// The rest.
    pub members: TaskMembers,
}

/// The result of [`TaskStore::add`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddResult {
    /// The task as it was when it was added.
    pub task: Task,
    /// Whether an earlier call with the same key added it.
    pub replayed: bool,
    /// Whether that task was deleted since.
    pub deleted: bool,
    /// The number of the change, unless an earlier call made it.
    pub change: Option<i64>,
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoResult {
    /// The number of the undo, which is a change itself.
    pub change: i64,
    /// The number of what it undid.
    pub undone: i64,
    /// The kind of what it undid, one of [`CHANGE_KINDS`].
    pub kind: String,
    /// The title of the first task of what it undid.
    pub title: Option<String>,
    /// The tasks that it brought back or changed, as they are now: at most 100.
    pub tasks: Vec<Task>,
    /// How many tasks it changed.
    pub count: i64,
    /// The numbers of the tasks that it deleted.
    pub deleted: Vec<i64>,
    /// What was changed since, and so stays.
    pub kept: Vec<KeptTask>,
    /// The lists that it changed.
    pub lists: Vec<UndoneList>,
}

/// The result of [`TaskStore::add_all`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralAdded {
    /// The tasks as they are now, in their order; `None` for one that was deleted since.
    pub tasks: Vec<Option<Task>>,
    /// Whether an earlier call with the same key added them.
    pub replayed: bool,
    /// The number of the change, unless an earlier call made it.
    pub change: Option<i64>,
}

/// Changes of a task. Members that are `None` stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskChanges {
    /// A new title.
    pub title: Option<Title>,
    /// Completed or pending.
    pub completed: Option<bool>,
    /// The rest.
    pub members: TaskMembers,
    /// Nothing is changed unless the task is due then, so that a repeated request moves a repeating task once.
    pub if_due: Option<TaskDue>,
    /// Nothing is changed if a change of the task with this key was made in the last 24 hours.
    pub key: Option<String>,
}

impl TaskChanges {
    /// A change of `completed` alone.
    pub fn completed(completed: bool) -> Self {
        Self { completed: Some(completed), ..Self::default() }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Where the next page begins, if there is one.
    pub next: Option<Position>,
    /// The version of the list ([`TaskStore::list_version`]).
    pub version: String,
}

impl TaskPage {
    /// The number of the last change that this page has: the first word of its version.
    pub fn last_change(&self) -> &str {
        self.version.split(' ').next().unwrap_or_default()
    }

    /// How many tasks the owner has: the third word of its version, if the owner ever had one.
    pub fn owned(&self) -> Option<u64> {
        self.version.split(' ').nth(2)?.parse().ok()
    }
}

/// The versions ([`Task::updated_at`]) that a task may have for a change to be made; `None` accepts any.
pub type ExpectedVersions<'a> = Option<&'a [String]>;

/// Why a call failed. The texts are for the log alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The owner has no such task.
    #[error("no such task")]
    NotFound,
    /// The owner does not exist any longer.
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
    /// The change is undone already.
    #[error("the change is undone")]
    AlreadyUndone,
    /// All that the change did was changed since.
    #[error("what the change did was changed since")]
    ChangedSince(Vec<KeptTask>),
    /// A member does not go with what is stored.
    #[error(transparent)]
    Rule(#[from] TaskRuleError),
    /// The neighbour of a move is not there; these are the tasks in their order.
    #[error("the neighbour is gone")]
    NeighbourGone(Vec<i64>),
    /// Another list has the name.
    #[error("there is a list of this name")]
    ListExists,
    /// The owner has the most lists.
    #[error("too many lists")]
    ListLimit,
    /// The file was imported before, and a task of it is left.
    #[error("the file was imported before")]
    AlreadyImported(PastImport),
    /// The database cannot be reached; try again later.
    #[error("{0}")]
    Unavailable(String),
    /// A bug.
    #[error("{0}")]
    Internal(String),
}

/// Stores the tasks of each owner apart: a call with one owner never reads or changes another owner's task. Each write is
/// kept as a change with its author for some days, and can be undone. A deleted task is not found until it is brought back.
pub trait TaskStore {
    /// Lists one page.
    fn list(&self, owner: &str, query: &TaskQuery) -> Result<TaskPage, StoreError>;
    /// The version of the owner's list: another text whenever a list may show something else.
    fn list_version(&self, owner: &str) -> Result<String, StoreError>;
    /// What was changed behind the change `since`; without it the number of the last change alone.
    fn changes_since(&self, owner: &str, since: Option<i64>) -> Result<RecentChanges, StoreError>;
    /// Reads one page of all tasks, by number, behind the task `after`.
    fn export(&self, owner: &str, after: Option<TaskId>, limit: u32) -> Result<ExportPage, StoreError>;
    /// How many tasks a list has on all its pages.
    fn count(&self, owner: &str, query: &TaskQuery) -> Result<u64, StoreError>;
    /// Reads one task.
    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError>;
    /// Adds a pending task. With a `key` that this owner used in the last 24 hours, returns the earlier result.
    fn add(&self, author: TaskAuthor, task: NewTask, key: Option<&str>) -> Result<AddResult, StoreError>;
    /// Adds these pending tasks, or none, as one change. With a `key` that this owner used in the last 24 hours, returns the
    /// earlier ones.
    fn add_all(&self, author: TaskAuthor, tasks: Vec<NewTask>, key: Option<&str>) -> Result<SeveralAdded, StoreError>;
    /// Changes or deletes several tasks as one change, and returns each in the order of their names.
    fn change_all(
        &self,
        author: TaskAuthor,
        tasks: &[BulkTask],
        changes: BulkChanges,
    ) -> Result<RecordedWrite<Vec<BulkItem>>, StoreError>;
    /// Changes the given members of one task.
    fn update(
        &self,
        author: TaskAuthor,
        id: TaskId,
        changes: TaskChanges,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError>;
    /// Deletes one task and returns it as it was.
    fn delete(
        &self,
        author: TaskAuthor,
        id: TaskId,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError>;
    /// Completes or reopens these tasks and returns those that exist.
    fn complete_all(
        &self,
        author: TaskAuthor,
        ids: &[TaskId],
        completed: bool,
    ) -> Result<RecordedWrite<Vec<Task>>, StoreError>;
    /// Deletes these tasks as one change and returns those that existed.
    fn delete_all(&self, author: TaskAuthor, ids: &[TaskId]) -> Result<RecordedWrite<Vec<Task>>, StoreError>;
    /// Brings back one deleted task; `NotFound` if its deletion is not kept.
    fn restore(&self, author: TaskAuthor, id: TaskId) -> Result<UndoResult, StoreError>;
    /// Undoes this change, or the actor's last one that is not undone; `NotFound` if there is none.
    fn undo(&self, author: TaskAuthor, change: Option<i64>) -> Result<UndoResult, StoreError>;
    /// Lists one page of the kept changes.
    fn history(&self, owner: &str, query: &HistoryQuery) -> Result<HistoryPage, StoreError>;
    /// Adds all of these tasks, or none. With a `key` that this owner used in the last 24 hours, returns the earlier
    /// result.
    fn import(
        &self,
        author: TaskAuthor,
        drafts: Vec<Draft>,
        key: Option<&str>,
        file: Option<ImportFile>,
    ) -> Result<ImportResult, StoreError>;
    /// How many tasks fit into this list.
    fn room(&self, owner: &str) -> Result<TaskRoom, StoreError>;
    /// The last import of a file, by its digest, of which a task is left.
    fn find_import(&self, owner: &str, digest: &str) -> Result<Option<PastImport>, StoreError>;
}

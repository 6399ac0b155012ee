//! Imports: the tasks, the file, and what becomes of them.

use crate::fields::Title;
use crate::members::TaskMembers;
use crate::series::TaskSeries;
use crate::time::TaskTime;

/// The result of [`crate::TaskStore::import`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportResult {
    /// How many tasks were added.
    pub count: u32,
    /// Whether an earlier call with the same key added them.
    pub replayed: bool,
    /// The number of the change, unless an earlier call made it.
    pub change: Option<i64>,
}

/// A file whose tasks are imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// SHA-256 of its bytes, in 64 hexadecimal digits.
    pub digest: String,
    /// Whether it is imported although a task of an earlier import of it is left.
    pub again: bool,
}

/// How many tasks a user may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskRoom {
    /// The most.
    pub most: u32,
    /// How many more fit.
    pub left: u32,
}

/// An earlier import of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// When, in RFC 3339.
    pub at: String,
    /// How many tasks it had.
    pub count: u32,
}

/// A task to import, from an export or another program. Times that are `None` are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What to do.
    pub title: Title,
    /// The rest.
    pub members: TaskMembers,
    /// Whether it is completed.
    pub completed: bool,
    /// When it was added.
    pub created_at: Option<TaskTime>,
    /// When it last changed.
    pub updated_at: Option<TaskTime>,
    /// When it was completed, if it is and somebody knows.
    pub completed_at: Option<TaskTime>,
    /// The zone in which its due time is meant, or in which an instant is a whole day.
    pub due_zone: Option<String>,
    /// The number of the draft that it is a step of, from 1.
    pub parent_draft: Option<u32>,
    /// Its number among the drafts in the order of places, from 1; `None` if the drafts are in that order.
    pub rank: Option<u32>,
    /// Where its series stands, if it repeats; `None` for one that begins.
    pub series: Option<TaskSeries>,
}

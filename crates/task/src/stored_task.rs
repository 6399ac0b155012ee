//! A task as it is stored.

use recurrence::RepeatFrom;
use serde::{Serialize, Serializer};

use crate::priority::Priority;

/// A task as it is stored. `id` is the owner's running number; times are RFC 3339, UTC, milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Task {
    /// The owner's own number of the task, never reused.
    pub id: i64,
    /// What to do.
    pub title: String,
    /// Details.
    pub description: Option<String>,
    /// Whether it is completed.
    pub completed: bool,
    /// When it was added.
    pub created_at: String,
    /// When it last changed. It differs after every change, so it is the version of the task.
    pub updated_at: String,
    /// When it was completed; `None` while it is pending, and where nobody knows.
    pub completed_at: Option<String>,
    /// How important it is.
    pub priority: Priority,
    /// When it is due: a day, or a local time in the owner's zone.
    pub due: Option<String>,
    /// The instant at which it is due; `None` for a day.
    pub due_at: Option<String>,
    /// Whether the day or the time is over and the task is pending.
    pub overdue: bool,
    /// The rule by which it repeats.
    pub repeat: Option<String>,
    /// From when the next time is counted.
    #[serde(serialize_with = "word")]
    pub repeat_from: RepeatFrom,
    /// When to remind, in minutes before it is due.
    pub remind: Vec<i32>,
    /// The local times at which it reminds, the earliest first; none once it is completed. Tools tell them.
    #[serde(skip)]
    pub remind_at: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The list that it is in; `None` is the inbox.
    pub list: Option<String>,
    /// The task that it is a step of.
    pub parent: Option<i64>,
    /// Its place among the tasks: texts are compared by their bytes.
    pub position: String,
    /// What the change completed, if it was an occurrence of a repeating task, which is due again now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<Occurrence>,
}

fn word<S: Serializer>(from: &RepeatFrom, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(from.as_str())
}

/// An occurrence of a repeating task that was completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// When it was due.
    pub due: String,
    /// When it was completed.
    pub completed_at: String,
}

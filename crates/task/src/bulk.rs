//! Changes of several tasks at once.

use json_fields::{FieldReader, ValueError};
use serde_json::Value;

use crate::due::TaskDue;
use crate::fields::{MAX_IDS, TaskId};
use crate::members::cleared;
use crate::names::{ListName, MAX_TAGS, TaskTags};
use crate::priority::Priority;
use crate::stored_task::Task;
use crate::time_zone::TimeZone;

/// A task that is named. Nothing happens to it unless it is due then, so that a repeated request moves a repeating task once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkTask {
    /// Its number.
    pub id: TaskId,
    /// When it is due as the client knows it.
    pub due: Option<TaskDue>,
}

impl BulkTask {
    /// The member `ids`: 1 to [`MAX_IDS`] numbers, or objects with `id` and `due`, each task once.
    pub fn read_list(fields: &mut FieldReader) -> Option<Vec<Self>> {
        let what = "numbers of tasks, or objects with id and due, each task once";
        let tasks = fields.list("ids", what, MAX_IDS, Self::parse)?;
        let is_once = |(place, task): (usize, &Self)| tasks.iter().take(place).all(|other| other.id != task.id);
        if tasks.iter().enumerate().all(is_once) {
            return Some(tasks);
        }
        fields.reject("ids", format!("must be {what}."));
        None
    }

    fn parse(item: &Value) -> Option<Self> {
        let Value::Object(members) = item else {
            return Some(Self { id: item.as_i64().and_then(TaskId::new)?, due: None });
        };
        let id = members.get("id")?.as_i64().and_then(TaskId::new)?;
        let due = match members.get("due") {
            None | Some(Value::Null) => None,
            Some(due) => Some(TaskDue::parse(due.as_str()?).ok()?),
        };
        members.keys().all(|name| name == "id" || name == "due").then_some(Self { id, due })
    }
}

/// Directly behind another task, or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkPlace {
    /// The other task.
    pub neighbour: TaskId,
    /// Whether it is behind that.
    pub is_behind: bool,
}

impl BulkPlace {
    /// The member `after` or `before`.
    fn read(fields: &mut FieldReader) -> Option<Self> {
        let (after, before) = (TaskId::read(fields, "after"), TaskId::read(fields, "before"));
        let place = |is_behind| move |neighbour| Self { neighbour, is_behind };
        after.map(place(true)).or_else(|| before.map(place(false)))
    }
}

/// Changes of several tasks. Members that are `None` stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BulkChanges {
    /// Completed or pending.
    pub completed: Option<bool>,
    /// How important they are.
    pub priority: Option<Priority>,
    /// When they are due, or never.
    pub due: Option<Option<TaskDue>>,
    /// A day to which each moves with its time.
    pub due_day: Option<TaskDue>,
    /// The list that they move to, or the inbox.
    pub list: Option<Option<ListName>>,
    /// Tags to add.
    pub add_tags: TaskTags,
    /// Tags to remove.
    pub remove_tags: TaskTags,
    /// Where they come, in the order in which they are named.
    pub place: Option<BulkPlace>,
    /// Whether they are deleted.
    pub delete: bool,
    /// Where the writer is, for a user who has set no time zone.
    pub zone: Option<TimeZone>,
    /// Nothing is changed if the same was done with this key in the last 24 hours.
    pub key: Option<String>,
}

impl BulkChanges {
    /// The names of the members.
    pub const NAMES: [&'static str; 10] =
        ["completed", "priority", "due", "due_day", "list", "add_tags", "remove_tags", "after", "before", "delete"];

    /// Reads the members that are given; at least one must be, and `delete` alone.
    pub fn read(fields: &mut FieldReader) -> Self {
        let given: Vec<&str> = Self::NAMES.into_iter().filter(|name| fields.has(name)).collect();
        let changes = Self {
            completed: fields.flag("completed"),
            priority: cleared(fields, "priority", Priority::None).or_else(|| fields.text("priority", Priority::parse)),
            due: cleared(fields, "due", None).or_else(|| fields.text("due", TaskDue::parse).map(Some)),
            due_day: fields.text("due_day", day),
            list: cleared(fields, "list", None).or_else(|| fields.text("list", ListName::parse).map(Some)),
            add_tags: tags(fields, "add_tags"),
            remove_tags: tags(fields, "remove_tags"),
            place: BulkPlace::read(fields),
            delete: fields.flag("delete").unwrap_or_default(),
            ..Self::default()
        };
        for name in ["completed", "due_day", "add_tags", "remove_tags", "after", "before", "delete"] {
            if fields.is_null(name) {
                fields.reject(name, "must not be null.");
            }
        }
        if given.is_empty() {
            fields.reject("completed", format!("is required, or another one of {}.", Self::NAMES.join(", ")));
        }
        if given.contains(&"delete") && (given.len() > 1 || !changes.delete) {
            fields.reject("delete", "must be true, without other changes.");
        }
        if given.contains(&"due") && given.contains(&"due_day") {
            fields.reject("due_day", "must be absent where due is given.");
        }
        if given.contains(&"after") && given.contains(&"before") {
            fields.reject("before", "must be absent where after is given.");
        }
        changes
    }
}

fn day(text: &str) -> Result<TaskDue, ValueError> {
    let wrong = || ValueError("must be a day such as 2026-12-01.".to_owned());
    TaskDue::parse(text).ok().filter(|due| due.as_str().len() == 10).ok_or_else(wrong)
}

fn tags(fields: &mut FieldReader, name: &str) -> TaskTags {
    let texts = fields.items(name, "texts", MAX_TAGS, Value::as_str);
    texts.and_then(|texts| fields.parsed(name, TaskTags::parse(texts))).unwrap_or_default()
}

/// What became of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// It is changed.
    Changed,
    /// It is as it was.
    Unchanged,
    /// It is deleted.
    Deleted,
    /// It is not due as the client knows it.
    NotCurrent,
    /// The owner has no such task.
    NotFound,
    /// It would have more than [`MAX_TAGS`] tags.
    TooManyTags,
}

/// One of the named tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// Its number.
    pub id: i64,
    /// What became of it.
    pub state: BulkState,
    /// The task as it is now; a deleted one as it was.
    pub task: Option<Task>,
}

#[cfg(test)]
mod tests;

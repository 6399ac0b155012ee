//! Which tasks a list shows and in which order.

use chrono::NaiveDateTime;
use json_fields::ValueError;

use crate::due::{DueFilter, TaskDue};
use crate::fields::{StatusFilter, TaskId};
use crate::names::{ListName, TaskTags};
use crate::priority::Priority;
use crate::time::TaskTime;

/// The longest search, in characters.
pub const MAX_SEARCH: usize = 200;

/// The most tasks of one page, and how many there are when a client names no limit.
pub const MAX_PAGE: u32 = 10_000;

/// A list: up to `limit` tasks behind `after`, filtered and ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskQuery {
    /// Pending or completed tasks, or all.
    pub status: StatusFilter,
    /// Only tasks that contain these words.
    pub search: SearchWords,
    /// Only tasks of this priority.
    pub priority: Option<Priority>,
    /// Only tasks that are due then.
    pub due: Option<DueFilter>,
    /// Only tasks that are due behind this day or time.
    pub due_after: Option<TaskDue>,
    /// Only tasks that are due before this day or time.
    pub due_before: Option<TaskDue>,
    /// Only tasks with all of these tags.
    pub tags: TaskTags,
    /// Only tasks of this list; `Some(None)` is the inbox.
    pub list: Option<Option<ListName>>,
    /// Only steps of this task.
    pub parent: Option<TaskId>,
    /// The order.
    pub sort: SortOrder,
    /// How many at most.
    pub limit: u32,
    /// Where the page before ended.
    pub after: Option<Position>,
}

impl TaskQuery {
    /// All tasks in the order of their numbers.
    pub fn all(limit: u32) -> Self {
        Self {
            status: StatusFilter::All,
            search: SearchWords::default(),
            priority: None,
            due: None,
            due_after: None,
            due_before: None,
            tags: TaskTags::default(),
            list: None,
            parent: None,
            sort: SortOrder::default(),
            limit,
            after: None,
        }
    }

    /// Whether it selects all tasks of the owner, on whatever page.
    pub fn selects_all(&self) -> bool {
        *self == Self { sort: self.sort, after: self.after.clone(), ..Self::all(self.limit) }
    }
}

/// Words that must all occur in a task's title or description, in any case and any order. Without words every task fits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchWords(Vec<String>);

impl SearchWords {
    /// The words of a text of at most [`MAX_SEARCH`] characters.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if text.chars().count() > MAX_SEARCH {
            return Err(ValueError(format!("must be at most {MAX_SEARCH} characters long.")));
        }
        if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(ValueError("must not contain control characters.".to_owned()));
        }
        Ok(Self(text.split_whitespace().map(str::to_owned).collect()))
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

/// The member by which a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// The task's number.
    #[default]
    Id,
    /// When it was added.
    CreatedAt,
    /// When it last changed.
    UpdatedAt,
    /// The title, in any case.
    Title,
    /// The priority, high first.
    Priority,
    /// When it is due; tasks without a day are last in both directions.
    Due,
    /// The place that the user gave it.
    Position,
}

/// The order of a list. Tasks that are equal in it are ordered by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SortOrder {
    /// The member to compare.
    pub by: SortKey,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl SortOrder {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 14] = [
        "id",
        "-id",
        "created_at",
        "-created_at",
        "updated_at",
        "-updated_at",
        "title",
        "-title",
        "priority",
        "-priority",
        "due",
        "-due",
        "position",
        "-position",
    ];

    /// One of [`SortOrder::WORDS`], or a word of another API that means the same order.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
        let by = match word {
            "id" => SortKey::Id,
            "created_at" | "created" | "createdAt" => SortKey::CreatedAt,
            "updated_at" | "updated" | "updatedAt" => SortKey::UpdatedAt,
            "title" | "name" => SortKey::Title,
            "priority" => SortKey::Priority,
            "due" | "due_date" | "dueDate" => SortKey::Due,
            "position" => SortKey::Position,
            _ => return Err(ValueError(format!("must be one of {}.", Self::WORDS.join(", ")))),
        };
        Ok(Self { by, descending })
    }
}

/// A place in a list: just behind a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The value by which the list is ordered; empty in a list by number.
    pub key: String,
    /// The task's number.
    pub id: TaskId,
}

impl Position {
    /// The place behind this task in a list by number.
    pub fn after(id: TaskId) -> Self {
        Self { key: String::new(), id }
    }

    /// The place behind the task `id` whose value is `key`, if a list in this order can have such a place.
    pub fn new(sort: SortOrder, key: String, id: TaskId) -> Option<Self> {
        let key = match sort.by {
            SortKey::Id => Some(key).filter(String::is_empty),
            // In UTC, since PostgreSQL does not know every time zone.
            SortKey::CreatedAt | SortKey::UpdatedAt => TaskTime::parse(&key).ok().map(TaskTime::into_string),
            SortKey::Title => Some(key).filter(|key| !key.contains('\0')),
            SortKey::Priority => Some(key).filter(|key| matches!(key.as_str(), "1" | "2" | "3" | "4")),
            // Empty for a task without a day.
            SortKey::Due => Some(key)
                .filter(|key| key.is_empty() || NaiveDateTime::parse_from_str(key, "%Y-%m-%d %H:%M:%S").is_ok()),
            SortKey::Position => {
                Some(key).filter(|key| key.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()))
            }
        }?;
        Some(Self { key, id })
    }
}

#[cfg(test)]
mod tests;

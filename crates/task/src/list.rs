//! Lists of tasks.

use json_fields::{FieldReader, ValueError};
use serde::Serialize;

use crate::fields::TaskId;
use crate::history::{RecordedWrite, TaskAuthor};
use crate::names::ListName;
use crate::settings::{SettingsChanges, UserClock, UserSettings};
use crate::store::StoreError;
use crate::stored_task::Task;
use crate::time_zone::TimeZone;

/// The most lists of a user.
pub const MAX_LISTS: i64 = 200;

/// A list of tasks as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskList {
    /// The owner's own number of the list, never reused.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// One of [`ListColor::WORDS`].
    pub color: Option<String>,
    /// Whether it is put away.
    pub archived: bool,
    /// Its number in the order of the lists, from 1.
    pub position: i64,
    /// How many pending tasks it has.
    pub open_tasks: i64,
    /// When it was added.
    pub created_at: String,
}

/// A color of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListColor(&'static str);

impl ListColor {
    /// The palette.
    pub const WORDS: [&'static str; 9] = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "gray"];

    /// One of [`ListColor::WORDS`], in any case.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let known = Self::WORDS.into_iter().find(|word| word.eq_ignore_ascii_case(text));
        known.map(Self).ok_or_else(|| ValueError(format!("must be one of {}.", Self::WORDS.join(", "))))
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// Changes of a list, and what a client gives for a new one. Members that are `None` stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListChanges {
    /// A name.
    pub name: Option<ListName>,
    /// A color, or none.
    pub color: Option<Option<ListColor>>,
    /// Whether it is put away.
    pub archived: Option<bool>,
    /// Its number in the order of the lists, from 1.
    pub position: Option<i64>,
}

impl ListChanges {
    /// The names of the members.
    pub const NAMES: [&'static str; 4] = ["name", "color", "archived", "position"];

    /// Reads the members that are given; a color of `null` is cleared.
    pub fn read(fields: &mut FieldReader) -> Self {
        for name in ["name", "archived", "position"] {
            if fields.is_null(name) {
                fields.reject(name, "must not be null.");
            }
        }
        let no_color = fields.is_null("color").then_some(None);
        Self {
            name: fields.text("name", ListName::parse),
            color: no_color.or_else(|| fields.text("color", ListColor::parse).map(Some)),
            archived: fields.flag("archived"),
            position: fields.number("position", 1..=MAX_LISTS),
        }
    }
}

/// Keeps the lists of each owner apart, and the order of their tasks.
pub trait ListStore {
    /// All lists in their order.
    fn lists(&self, owner: &str) -> Result<Vec<TaskList>, StoreError>;
    /// Adds a list and returns its number.
    fn add_list(&self, author: TaskAuthor, list: ListChanges) -> Result<RecordedWrite<i64>, StoreError>;
    /// Changes the given members of a list, and returns the number of the change.
    fn change_list(&self, author: TaskAuthor, id: TaskId, changes: ListChanges) -> Result<Option<i64>, StoreError>;
    /// Deletes a list. Its tasks are deleted with it, or move to the inbox. Returns the number of the change of both.
    fn delete_list(&self, author: TaskAuthor, id: TaskId, with_tasks: bool) -> Result<Option<i64>, StoreError>;
    /// Moves a task before another one, or behind it.
    fn move_task(
        &self,
        author: TaskAuthor,
        id: TaskId,
        neighbour: TaskId,
        is_behind: bool,
    ) -> Result<RecordedWrite<Task>, StoreError>;
}

/// Keeps the settings of each user.
pub trait SettingsStore {
    /// The settings of a user.
    fn settings(&self, owner: &str) -> Result<UserSettings, StoreError>;
    /// The time where a user is; `zone` counts for one who has set none.
    fn clock(&self, owner: &str, zone: Option<&TimeZone>) -> Result<UserClock, StoreError>;
    /// Changes the given ones and returns all.
    fn change_settings(&self, owner: &str, changes: SettingsChanges) -> Result<UserSettings, StoreError>;
}

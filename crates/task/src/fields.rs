//! The members of a task. A value of one of these types is within its limits.

use std::fmt;

use json_fields::{FieldReader, ValueError, whole_number};
use serde_json::Value;
use visible_text::is_blank;

/// The longest title, in characters.
pub const MAX_TITLE: usize = 200;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 10_000;
/// The most tasks in one request that names tasks by number.
pub const MAX_IDS: usize = 100;
/// The most tasks of one import.
pub const MAX_IMPORT: usize = 10_000;

/// A title: 1 to [`MAX_TITLE`] characters after trimming, on one line, without control or invisible characters, with
/// something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Trims, drops invisible characters and checks the length. A tab is a space: text from a spreadsheet has them.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let title = visible(text)?.replace('\t', " ").trim().to_owned();
        if title.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            return Err(ValueError("must be on one line.".to_owned()));
        }
        match title.chars().count() {
            1..=MAX_TITLE if !is_blank(&title) => Ok(Self(title)),
            _ => Err(ValueError(format!("must be 1 to {MAX_TITLE} characters long."))),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A description: 1 to [`MAX_DESCRIPTION`] characters, line breaks allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// Drops invisible characters and checks the length. Blank text is no description: `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, ValueError> {
        let description = visible(text)?;
        match description.chars().count() {
            _ if description.trim().is_empty() => Ok(None),
            1..=MAX_DESCRIPTION => Ok(Some(Self(description))),
            _ => Err(ValueError(format!("must be at most {MAX_DESCRIPTION} characters long."))),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Rejects control characters, and drops characters that nobody sees, since people and models read the same title.
fn visible(text: &str) -> Result<String, ValueError> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(control) {
        return Err(ValueError("must not contain control characters.".to_owned()));
    }
    Ok(visible_text::visible(text))
}

/// A task's number: its owner's own count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(i64);

impl TaskId {
    /// A positive number, or `None`.
    pub fn new(number: i64) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// Reads a [`whole_number`].
    pub fn parse(text: &str) -> Option<Self> {
        whole_number(text).and_then(Self::new)
    }

    /// The member of this name as a number; `None` if it is absent, `null` or wrong.
    pub fn read(fields: &mut FieldReader, name: &str) -> Option<Self> {
        fields.number(name, 1..=i64::MAX).and_then(Self::new)
    }

    /// The member of this name as a list of 1 to `most` numbers, each once; `None` if it is absent, `null` or wrong.
    pub fn read_list(fields: &mut FieldReader, name: &str, most: usize) -> Option<Vec<Self>> {
        let mut ids = fields.list(name, "numbers of tasks", most, |item| Value::as_i64(item).and_then(Self::new))?;
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// Every task.
    #[default]
    All,
    /// Tasks that are not completed.
    Pending,
    /// Tasks that are completed.
    Completed,
}

impl StatusFilter {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 3] = ["all", "pending", "completed"];

    /// One of [`StatusFilter::WORDS`].
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match text {
            "all" => Ok(Self::All),
            "pending" => Ok(Self::Pending),
            "completed" => Ok(Self::Completed),
            _ => Err(ValueError(format!("must be one of {}.", Self::WORDS.join(", ")))),
        }
    }
}

#[cfg(test)]
mod tests;

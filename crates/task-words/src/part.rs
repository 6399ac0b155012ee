//! The parts of a line that were understood.

use std::ops::Range;

/// What a part of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// When the task is due.
    Due,
    /// How it repeats.
    Repeat,
    /// That the user wants a reminder.
    Reminder,
    /// How important it is.
    Priority,
    /// A tag.
    Tag,
    /// Its list.
    List,
}

impl PartKind {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Repeat => "repeat",
            Self::Reminder => "remind",
            Self::Priority => "priority",
            Self::Tag => "tag",
            Self::List => "list",
        }
    }
}

/// A part of a line that was understood, and so is not in the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderstoodPart {
    /// What it says.
    pub kind: PartKind,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

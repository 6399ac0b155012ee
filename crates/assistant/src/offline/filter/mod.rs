//! What tasks have in common that a question or an order is about: when they are due, how important they are, where they are.

mod order;
mod read;
mod scan;
mod words;

use chrono::NaiveDate;

pub(super) use order::{OrderKey, TaskOrder};
pub(super) use read::{FilterReading, is_unread_time, names_many, read_filter};
pub(super) use words::is_whole_list;

/// What all of some tasks have in common, and their order in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TaskFilter {
    /// Whether they are completed; none where nothing is said about it.
    pub(crate) completed: Option<bool>,
    pub(crate) due: Option<DueCondition>,
    /// `none`, `low`, `medium` or `high`.
    pub(crate) priority: Option<&'static str>,
    /// How they repeat: what their rules begin with.
    pub(crate) repeats: Option<&'static str>,
    /// The name of their list.
    pub(crate) list: Option<String>,
    pub(crate) tags: Vec<String>,
    /// The name of a list or tag of theirs, or else words of their titles.
    pub(crate) named: Option<String>,
    pub(crate) order: Option<TaskOrder>,
}

/// When tasks are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DueCondition {
    /// Then, in words that only a clock makes days of.
    Told(String),
    /// From one day to another. The first is [`NaiveDate::MIN`] where all earlier ones are meant.
    Days(NaiveDate, NaiveDate),
    /// Never.
    Undated,
    /// Before now.
    Overdue,
}

impl TaskFilter {
    /// The tasks that are open.
    pub(crate) fn open() -> Self {
        Self { completed: Some(false), ..Self::default() }
    }

    /// Whether it names more than a status, an order and words.
    pub(crate) fn has_conditions(&self) -> bool {
        let Self { due, priority, repeats, list, tags, .. } = self;
        due.is_some() || priority.is_some() || repeats.is_some() || list.is_some() || !tags.is_empty()
    }

    /// Whether it names nothing but when tasks are due.
    pub(crate) fn is_only_due(&self) -> bool {
        let plain = Self { completed: self.completed, due: self.due.clone(), ..Self::default() };
        self.due.is_some() && self.completed != Some(true) && *self == plain
    }

    /// The words for when tasks are due, where they are not days yet.
    pub(crate) fn told_due(&self) -> Option<&str> {
        match &self.due {
            Some(DueCondition::Told(words)) => Some(words),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;

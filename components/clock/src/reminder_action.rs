//! What a person can do with a reminder without opening the page.

use serde::Deserialize;

/// An action on a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ReminderAction {
    /// Completes the task.
    Done,
    /// Reminds again in ten minutes.
    Snooze,
    /// Moves the task to tomorrow.
    Tomorrow,
}

impl ReminderAction {
    /// All of them, in the order of their buttons.
    pub(crate) const ALL: [Self; 3] = [Self::Done, Self::Snooze, Self::Tomorrow];

    /// The word of the API.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Snooze => "snooze",
            Self::Tomorrow => "tomorrow",
        }
    }

    /// Reads the word of the API.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

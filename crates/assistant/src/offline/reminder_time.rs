//! When a task that is there reminds.

/// When a task that is there reminds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReminderTime {
    /// When it is due.
    AtDue,
    /// So many minutes before it is due.
    Before(u32),
    /// At a time that is told in these words.
    Told(String),
    /// On this day, or at this local time: `2026-12-24T17:00`.
    At(String),
}

//! When a rule ends.

use chrono::NaiveDate;

/// When a task stops repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RepeatEnd {
    /// It does not.
    #[default]
    Never,
    /// This day is the last one that may be due.
    Until(NaiveDate),
    /// So many occurrences, the first due day among them.
    Count(u16),
}

//! Where the series of a repeating task stands.

use chrono::NaiveDate;

/// Where the series of a repeating task stands, so that it goes on from there in another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskSeries {
    /// The day from which the occurrences are counted.
    pub anchor: NaiveDate,
    /// How many occurrences were completed.
    pub passed: u16,
}

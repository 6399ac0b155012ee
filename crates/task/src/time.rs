//! Times that clients give.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use json_fields::ValueError;

/// A time in UTC, in milliseconds, in the years 1970 to 9998. The version of an imported task moves on from its time, and
/// the year must keep four digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskTime(String);

impl TaskTime {
    /// RFC 3339, in any time zone.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc)).ok();
        let time = time.filter(|time| (1970..=9998).contains(&time.year()));
        time.map(|time| Self(time.to_rfc3339_opts(SecondsFormat::Millis, true)))
            .ok_or_else(|| ValueError("must be a time such as 2026-11-24T08:30:00Z (RFC 3339).".to_owned()))
    }

    /// The time as a task shows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests;

//! Times that come from outside.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

use crate::Invalid;

/// A time in UTC, in milliseconds, between the years 1970 and 9998: the version of a task moves on from there, and its
/// year must go on having four digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time(String);

impl Time {
    /// RFC 3339, in any time zone.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc)).ok();
        let time = time.filter(|time| (1970..=9998).contains(&time.year()));
        time.map(|time| Self(time.to_rfc3339_opts(SecondsFormat::Millis, true)))
            .ok_or_else(|| Invalid("must be a time such as 2026-11-24T08:30:00Z (RFC 3339).".to_owned()))
    }

    /// As a task shows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_utc_and_milliseconds() {
        let shown = |text: &str| Time::parse(text).map(Time::into_string);
        assert_eq!(shown("2026-11-24T10:30:00.1234+02:00").unwrap(), "2026-11-24T08:30:00.123Z");
        assert_eq!(shown("2026-11-24T08:30:00.123Z").unwrap(), "2026-11-24T08:30:00.123Z");
        for bad in [
            "",
            "2026-11-24",
            "2026-02-30T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "9999-01-01T00:00:00Z",
            "+12026-01-01T00:00:00Z",
            "now",
        ] {
            assert!(shown(bad).is_err(), "{bad}");
        }
    }
}

//! The settings of a user.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use json_fields::{FieldReader, ValueError};
use serde::Serialize;

use crate::time_zone::TimeZone;

/// The settings of a user as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserSettings {
    /// The IANA name of the time zone; `None` until it is known, and then times are UTC.
    pub time_zone: Option<String>,
    /// The time at which a new day begins, `HH:MM`.
    pub day_start: String,
    /// The first day of a week.
    pub week_start: String,
    /// The time to which reminders of a task that is due on a day are relative, `HH:MM`.
    pub reminder_time: String,
}

impl Default for UserSettings {
    fn default() -> Self {
        let [day_start, week_start, reminder_time] = ["00:00", "monday", "09:00"].map(str::to_owned);
        Self { time_zone: None, day_start, week_start, reminder_time }
    }
}

/// What the clock of a user shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserClock {
    /// The name of the user's zone.
    pub zone: String,
    /// Now in the user's zone.
    pub local: NaiveDateTime,
    /// The day that it belongs to. Before the user's days begin, that is the one before.
    pub today: NaiveDate,
    /// The same moment in UTC.
    pub utc: NaiveDateTime,
    /// The first day of a week.
    pub week_start: WeekStart,
}

impl UserClock {
    /// Reads times such as `2026-11-28T10:00:30`, and `today` such as `2026-11-28`.
    pub fn parse(zone: String, local: &str, today: &str, utc: &str, week_start: &str) -> Option<Self> {
        let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok();
        let (today, week_start) = (today.parse().ok()?, WeekStart::parse(week_start).ok()?);
        Some(Self { zone, local: time(local)?, today, utc: time(utc)?, week_start })
    }
}

/// Changes of settings. Members that are `None` stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingsChanges {
    /// A time zone, or none.
    pub time_zone: Option<Option<TimeZone>>,
    /// When a day begins.
    pub day_start: Option<ClockTime>,
    /// The first day of a week.
    pub week_start: Option<WeekStart>,
    /// When a day's reminders come.
    pub reminder_time: Option<ClockTime>,
}

impl SettingsChanges {
    /// The names of the members.
    pub const NAMES: [&'static str; 4] = ["time_zone", "day_start", "week_start", "reminder_time"];

    /// Reads the members that are given; `null` clears the time zone and brings back what the others are at first.
    pub fn read(fields: &mut FieldReader) -> Self {
        let first = UserSettings::default();
        let mut time = |name: &str, first: &str| {
            let text = fields.is_null(name).then(|| ClockTime(first.to_owned()));
            text.or_else(|| fields.text(name, ClockTime::parse))
        };
        let (day_start, reminder_time) =
            (time("day_start", &first.day_start), time("reminder_time", &first.reminder_time));
        let no_zone = fields.is_null("time_zone").then_some(None);
        let monday = fields.is_null("week_start").then_some(WeekStart::Monday);
        Self {
            time_zone: no_zone.or_else(|| fields.text("time_zone", TimeZone::parse).map(Some)),
            day_start,
            week_start: monday.or_else(|| fields.text("week_start", WeekStart::parse)),
            reminder_time,
        }
    }
}

/// A time of day, `HH:MM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockTime(String);

impl ClockTime {
    /// 00:00 to 23:59.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let time = NaiveTime::parse_from_str(text, "%H:%M").map(|time| time.format("%H:%M").to_string());
        let time = time.ok().filter(|time| time == text);
        time.map(Self).ok_or_else(|| ValueError("must be a time such as 09:00.".to_owned()))
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The first day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WeekStart {
    /// As in most of Europe.
    #[default]
    Monday,
    /// As in most of the Arab world.
    Saturday,
    /// As in most of the Americas.
    Sunday,
}

impl From<WeekStart> for Weekday {
    fn from(day: WeekStart) -> Self {
        match day {
            WeekStart::Monday => Self::Mon,
            WeekStart::Saturday => Self::Sat,
            WeekStart::Sunday => Self::Sun,
        }
    }
}

impl WeekStart {
    /// The words of the API.
    pub const WORDS: [&'static str; 3] = ["monday", "saturday", "sunday"];

    /// One of [`WeekStart::WORDS`], in any case.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match text.to_ascii_lowercase().as_str() {
            "monday" => Ok(Self::Monday),
            "saturday" => Ok(Self::Saturday),
            "sunday" => Ok(Self::Sunday),
            _ => Err(ValueError(format!("must be one of {}.", Self::WORDS.join(", ")))),
        }
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_written_in_one_way() {
        assert_eq!(ClockTime::parse("00:00").unwrap().into_string(), "00:00");
        for bad in ["", "9:00", "24:00", "09:60", "09:00:00", "9am"] {
            assert!(ClockTime::parse(bad).is_err(), "{bad}");
        }
        assert!(WeekStart::WORDS.iter().all(|word| WeekStart::parse(word).unwrap().as_str() == *word));
    }
}

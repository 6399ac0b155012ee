//! What a file says about a time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Timelike, Utc};

use crate::zone::zone_name;

/// A day or a time of a file. Only a database knows what a time in a zone is in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A day.
    Day(NaiveDate),
    /// A time in the user's own zone.
    Local(NaiveDateTime),
    /// A time in this zone: a name of the IANA's list, which may be unknown to the reader.
    Zoned(NaiveDateTime, String),
    /// An instant.
    Instant(DateTime<Utc>),
    /// The day on which this instant is in this zone.
    DayIn(DateTime<Utc>, String),
}

impl Moment {
    /// The day or time as text, without the zone: `2026-12-24`, `2026-12-24T17:00`, or RFC 3339 in UTC for an instant.
    pub fn text(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Local(time) | Self::Zoned(time, _) => {
                time.format(if time.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
            }
            Self::Instant(at) | Self::DayIn(at, _) => at.to_rfc3339_opts(SecondsFormat::Millis, true),
        }
    }

    /// The zone that [`Moment::text`] is to be read in, if the file names one.
    pub fn zone(&self) -> Option<&str> {
        match self {
            Self::Zoned(_, zone) | Self::DayIn(_, zone) => Some(zone),
            Self::Day(_) | Self::Local(_) | Self::Instant(_) => None,
        }
    }

    /// A time without a zone is in this one. One that is not known changes nothing.
    pub(crate) fn in_zone(self, zone: &str) -> Self {
        match (self, zone_name(zone)) {
            (Self::Local(time), Some(zone)) if zone == "UTC" => Self::Instant(time.and_utc()),
            (Self::Local(time), Some(zone)) => Self::Zoned(time, zone),
            (moment, _) => moment,
        }
    }

    /// The day, of a program that knows days only or marks this one as whole.
    pub(crate) fn whole_day(self, zone: Option<&str>) -> Self {
        match (self, zone.and_then(zone_name)) {
            (Self::Instant(at), Some(zone)) if zone != "UTC" => Self::DayIn(at, zone),
            (Self::Instant(at), _) => Self::Day(at.date_naive()),
            (Self::Local(time) | Self::Zoned(time, _), _) => Self::Day(time.date()),
            (day, _) => day,
        }
    }
}

//! Parts of the day, and the exact times in them.

use std::ops::RangeInclusive;

use super::clock_time::{ClockTime, HourForm};

const HALF_DAY: u16 = 12 * 60;
pub(super) const DAY: u16 = 24 * 60;

/// A part of the day by its hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DayPart {
    pub(crate) hour: u8,
    /// Whether it stands with its day, as in "Friday night". Its hours after midnight are those of the next day.
    pub(crate) of_day: bool,
}

impl DayPart {
    /// The hours that an exact time in it may have, from the start of the day on. A night ends on the next day.
    fn hours(self) -> RangeInclusive<u16> {
        match self.hour {
            0..=11 => 0..=11,
            12 => 10..=15,
            13..=17 => 12..=19,
            18..=19 => 16..=23,
            _ => 18..=29,
        }
    }

    /// The minutes of an exact time from the start of the day on; `None` if it is in another part of the day.
    pub(super) fn minutes_of(self, exact: ClockTime) -> Option<u16> {
        let minutes = exact.minutes();
        let places = match exact.form {
            HourForm::Exact => [minutes, minutes, minutes + DAY],
            HourForm::Short | HourForm::Likely => [minutes, minutes + HALF_DAY, minutes + DAY],
        };
        let fits = |minutes: &u16| {
            let ends_evening = self.hour == 18 && *minutes == DAY;
            ends_evening || self.hours().contains(&(minutes / 60))
        };
        places.into_iter().find(fits)
    }
}

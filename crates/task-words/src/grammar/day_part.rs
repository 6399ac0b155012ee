//! Parts of the day, and the exact times in them.

use std::ops::RangeInclusive;

use chrono::Days;

use super::clock::{ClockTime, HourForm};
use super::{DateParts, Grammar};

const HALF_DAY: u16 = 12 * 60;
const DAY: u16 = 24 * 60;

/// A part of the day by its hour; 24 is midnight.
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
    fn minutes_of(self, exact: ClockTime) -> Option<u16> {
        let minutes = exact.minutes();
        let places = match exact.form {
            HourForm::Exact => [minutes, minutes, minutes + DAY],
            HourForm::Short | HourForm::Likely => [minutes, minutes + HALF_DAY, minutes + DAY],
        };
        let fits = |minutes: &u16| {
            let ends_evening = self.hour == 18 && *minutes == DAY;
            self.hour < 24 && (ends_evening || self.hours().contains(&(minutes / 60)))
        };
        places.into_iter().find(fits)
    }
}

impl DateParts {
    /// Makes one time of the exact one and the part of the day; `None` if they contradict each other.
    pub(super) fn settle_time(&mut self, grammar: &Grammar<'_>) -> Option<()> {
        let Some(part) = self.day_part else {
            self.time = self.time.map(|time| grammar.likely(time, self.day));
            return Some(());
        };
        let Some(exact) = self.time else {
            self.time = Some(ClockTime::at_hour(part.hour)?);
            return Some(());
        };
        let minutes = part.minutes_of(exact)?;
        if minutes <= DAY {
            self.time = Some(ClockTime::at(minutes / 60, minutes % 60)?);
            return Some(());
        }
        let time = ClockTime::at(minutes / 60 - 24, minutes % 60)?;
        self.time = Some(time);
        // A rule for Fridays has no day after Friday.
        if part.of_day && self.repeat.is_some() {
            return None;
        }
        let is_today = self.day == Some(grammar.today());
        let is_next_day = if is_today { time.time <= grammar.context.now.time() } else { part.of_day };
        if is_next_day {
            self.day = self.day.and_then(|day| day.checked_add_days(Days::new(1)));
        }
        Some(())
    }
}

//! Days as a calendar names them.

use chrono::{Datelike, NaiveDate};

use super::clock_time::ClockTime;
use super::fragment::Fragment;
use super::{Grammar, Read};
use crate::context::SlashOrder;
use crate::meaning::Meaning;

impl Grammar<'_> {
    /// "24 December 2026", "Dec 24", "24.12.", "2026-12-24". With a word before it, or alone, also "24.12" and "12/24".
    pub(super) fn calendar_day(&self, at: usize, led: bool) -> Read<NaiveDate> {
        let loose = led || self.alone;
        let day = self.find(at, |meaning| match *meaning {
            Meaning::Date(day) => Some(Some(day)),
            Meaning::DayMonth(day, month) => Some(self.upcoming(day, month)),
            Meaning::Pair(day, month) if loose => Some(self.upcoming(day, month)),
            Meaning::Slashes(first, second, year) if loose || year.is_some() => {
                Some(self.with_slashes(first, second, year))
            }
            _ => None,
        });
        if let Some(day) = day {
            return Some((day?, at + 1));
        }
        let number = |at| self.ordinal(at).or_else(|| self.number(at).and_then(|number| number.try_into().ok()));
        let (day, month, next) = match (number(at), self.month(at)) {
            (Some(day), _) => {
                let month = self.skip(at + 1, Meaning::Of);
                (day, self.month(month)?, month + 1)
            }
            (None, Some(month)) => (number(at + 1)?, month, at + 2),
            _ => return None,
        };
        match self.year(next) {
            Some(year) => Some((NaiveDate::from_ymd_opt(year, month.into(), day.into())?, next + 1)),
            None => Some((self.upcoming(day, month)?, next)),
        }
    }

    /// "2027", or "27" from this year on.
    pub(crate) fn year(&self, at: usize) -> Option<i32> {
        let number = i32::from(self.number(at)?);
        let this_year = self.today().year();
        match number {
            1970..=2200 => Some(number),
            ..=99 => Some(2000 + number).filter(|year| *year >= this_year),
            _ => None,
        }
    }

    /// The next such day of a year, today included.
    fn upcoming(&self, day: u8, month: u8) -> Option<NaiveDate> {
        let year = self.today().year();
        // 29 February is at most eight years away.
        let days = (year..=year + 8).filter_map(|year| NaiveDate::from_ymd_opt(year, month.into(), day.into()));
        days.filter(|day| *day >= self.today()).min()
    }

    fn with_slashes(&self, first: u16, second: u16, year: Option<u16>) -> Option<NaiveDate> {
        let day_first = first > 12 || second <= 12 && self.context.slashes == SlashOrder::DayFirst;
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        match year {
            Some(year) => NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()),
            None => self.upcoming(day.try_into().ok()?, month.try_into().ok()?),
        }
    }

    /// `2026-12-24T17:00:00+01:00`. The offset is for a caller that knows zones, so it is read only alone.
    pub(super) fn written_time(&self, at: usize) -> Read<Fragment> {
        let (day, time, offset) = self.find(at, |meaning| match *meaning {
            Meaning::Written(day, time, offset) => Some((day, time, offset)),
            _ => None,
        })?;
        let is_sure = self.alone || offset.is_none() && day >= self.today();
        is_sure.then_some((Fragment::Written(day, ClockTime::new(time), offset), at + 1))
    }
}

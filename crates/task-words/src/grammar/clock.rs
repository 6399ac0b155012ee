//! Times of day.

use chrono::{NaiveTime, Timelike};
use user_language::Language;

use super::{Grammar, Read};
use crate::meaning::Meaning;
use crate::numeral::in_half;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockTime {
    pub(crate) time: NaiveTime,
    /// Midnight at the end of the day.
    pub(crate) ends_day: bool,
}

impl ClockTime {
    pub(crate) fn new(time: NaiveTime) -> Self {
        Self { time, ends_day: false }
    }

    /// A full hour; 24 ends the day.
    pub(super) fn at_hour(hour: u8) -> Option<Self> {
        Self::at(hour.into(), 0)
    }

    fn at(hour: u16, minute: u16) -> Option<Self> {
        let time = NaiveTime::from_hms_opt(u32::from(hour) % 24, minute.into(), 0)?;
        (hour < 24 || hour == 24 && minute == 0).then_some(Self { time, ends_day: hour == 24 })
    }
}

impl Grammar<'_> {
    /// "at 5pm", "17:30", "um halb sechs", "noon" after a day. `start` is where the run of words begins.
    pub(super) fn clock(&self, at: usize, start: usize) -> Read<ClockTime> {
        if let Some(read) = self.exact_time(at, start, true) {
            return Some(read);
        }
        let led = self.means(at, Meaning::At) || self.means(at, Meaning::By);
        let part = match () {
            () if led => at + 1,
            () if at == start && at + 1 == self.words.len() && !self.alone => return None,
            () if self.means(at, Meaning::In) => self.skip(at + 1, Meaning::The),
            () => self.skip(at, Meaning::On),
        };
        let hour = self.hour(part)?;
        // "morgen um 5" is tomorrow, not in the morning.
        if self.is_relative_day(part) {
            Some((ClockTime::at_hour(hour)?, part + 1))
        } else {
            self.part_of_day(hour, part + 1, start)
        }
    }

    /// A part of the day by its hour, and the exact time that may follow: "evening at 8".
    pub(super) fn part_of_day(&self, hour: u8, next: usize, start: usize) -> Read<ClockTime> {
        let exact = self.exact_time(next, start, false).filter(|_| hour < 24);
        exact.map_or_else(|| Some((ClockTime::at_hour(hour)?, next)), |(time, next)| Some((in_part(time, hour), next)))
    }

    /// A time in digits or words. `guesses`: an hour from 1 to 6 may be one of the afternoon.
    fn exact_time(&self, at: usize, start: usize, guesses: bool) -> Read<ClockTime> {
        let said_at = self.means(at, Meaning::At);
        let led = said_at || self.means(at, Meaning::By);
        let from = at + usize::from(led);
        let near = led || at > start || at + 1 < self.words.len() || self.alone;
        if let Some((time, next)) = self.digital(from, near, led).or_else(|| self.spoken(from)) {
            let (exact, behind) = self.in_part_of_day(time, next);
            // "2:30" is one of twelve hours, "02:30" of 24.
            let short = guesses && behind == from + 1 && self.means(from, Meaning::Time(time.time, false));
            return Some((if short { self.likely(exact) } else { exact }, behind));
        }
        let is_time = said_at || self.alone && at > start || self.follows_short_day(at, start);
        let number = self.number(from).filter(|_| is_time)?;
        let (time, next) = self.in_part_of_day(ClockTime::at(number, 0)?, from + 1);
        let guessed = guesses && next == from + 1 && said_at;
        Some((if guessed { self.likely(time) } else { time }, next))
    }

    pub(super) fn hour(&self, at: usize) -> Option<u8> {
        self.find(at, |meaning| match meaning {
            Meaning::Hour(hour) => Some(*hour),
            _ => None,
        })
    }

    /// "fri 9"
    fn follows_short_day(&self, at: usize, start: usize) -> bool {
        at > start && self.weekday(at - 1).is_some() && self.words[at - 1].plain.len() <= 4
    }

    /// A time in digits.
    fn digital(&self, at: usize, near: bool, led: bool) -> Read<ClockTime> {
        let clock_follows = self.means(at + 1, Meaning::Clock);
        let time = self.find(at, |meaning| match *meaning {
            Meaning::Time(time, sure) if sure || near => Some(ClockTime::new(time)),
            Meaning::Pair(hour, minute) if led || clock_follows => ClockTime::at(hour.into(), minute.into()),
            _ => None,
        });
        let half = match () {
            () if self.means(at + 1, Meaning::Am) => Some(false),
            () if self.means(at + 1, Meaning::Pm) => Some(true),
            () => None,
        };
        match (time, half) {
            (Some(time), Some(pm)) => Some((ClockTime::new(in_half(time.time, pm)?), at + 2)),
            (Some(time), None) => Some((time, self.skip(at + 1, Meaning::Clock))),
            (None, Some(pm)) => {
                let hour = NaiveTime::from_hms_opt(self.number(at)?.into(), 0, 0)?;
                Some((ClockTime::new(in_half(hour, pm)?), at + 2))
            }
            (None, None) if clock_follows => {
                let hour = self.number(at)?;
                let minute = self.number(at + 2).filter(|minute| *minute < 60);
                let time = ClockTime::at(hour, minute.unwrap_or(0))?;
                Some((time, at + 2 + usize::from(minute.is_some())))
            }
            (None, None) => None,
        }
    }

    /// "half past five", "quarter to six", "halb sechs", "viertel nach fünf"
    fn spoken(&self, at: usize) -> Read<ClockTime> {
        let german = self.language == Language::German;
        let hour = |at| self.number(at).filter(|hour| (1..=24).contains(hour));
        let (half, quarter) = (self.means(at, Meaning::Half), self.means(at, Meaning::Quarter));
        let (hour, minute, next) = match () {
            () if half && german => (hour(at + 1)? - 1, 30, at + 2),
            () if half && self.means(at + 1, Meaning::Past) => (hour(at + 2)?, 30, at + 3),
            () if quarter && self.means(at + 1, Meaning::Past) => (hour(at + 2)?, 15, at + 3),
            () if quarter && self.means(at + 1, Meaning::To) => (hour(at + 2)? - 1, 45, at + 3),
            () => return None,
        };
        Some((self.likely(ClockTime::at(hour, minute)?), self.skip(next, Meaning::Clock)))
    }

    /// In English an hour from 1 to 6 is in the afternoon.
    fn likely(&self, time: ClockTime) -> ClockTime {
        let afternoon = self.language == Language::English && (1..=6).contains(&time.time.hour());
        let later = if afternoon { in_half(time.time, true) } else { None };
        later.map_or(time, ClockTime::new)
    }

    /// "5 in the afternoon", "8 Uhr abends"
    fn in_part_of_day(&self, time: ClockTime, next: usize) -> (ClockTime, usize) {
        let part = if self.means(next, Meaning::In) {
            self.skip(next + 1, Meaning::The)
        } else {
            self.skip(next, Meaning::At)
        };
        // "um 5 morgen" is tomorrow.
        match self.hour(part).filter(|hour| *hour < 24 && !self.is_relative_day(part)) {
            Some(hour) => (in_part(time, hour), part + 1),
            None => (time, next),
        }
    }

    fn is_relative_day(&self, at: usize) -> bool {
        self.find(at, |meaning| matches!(meaning, Meaning::Day(_)).then_some(())).is_some()
    }
}

/// A time that is said to be in a part of the day, which begins at about this hour.
fn in_part(time: ClockTime, hour: u8) -> ClockTime {
    let later = (hour >= 12 && (1..12).contains(&time.time.hour())).then(|| in_half(time.time, true)).flatten();
    later.map_or(time, ClockTime::new)
}

//! Reads times of day.

use chrono::{NaiveDate, NaiveTime, Timelike};
use user_language::Language;

use super::clock_time::{ClockTime, HourForm};
use super::{Fragment, Grammar, Read};
use crate::meaning::Meaning;
use crate::numeral::in_half;

impl Grammar<'_> {
    /// "at 5pm", "17:30", "um halb sechs", "noon" after a day. `start` is where the run of words begins.
    pub(super) fn clock(&self, at: usize, start: usize) -> Read<Fragment> {
        if let Some((time, next)) = self.exact_time(at, start) {
            return Some((Fragment::Time(time), next));
        }
        let led = self.skip(self.skip(self.lead(at), Meaning::At), Meaning::Around);
        let part = match () {
            () if led > at => led,
            () if at == start && at + 1 == self.words.len() && !self.alone => return None,
            () if self.means(at, Meaning::In) => self.skip(at + 1, Meaning::The),
            () => self.skip(at, Meaning::On),
        };
        Some((Fragment::DayPart(self.hour(part)?), self.latest(part + 1)))
    }

    /// A time in digits or words, with the words before it: "at 5", "ab 17 Uhr", "around 9".
    fn exact_time(&self, at: usize, start: usize) -> Read<ClockTime> {
        let lead = self.skip(self.lead(at), Meaning::Around);
        let from = self.skip(self.skip(lead, Meaning::At), Meaning::Around);
        let led = from > at;
        let near = led || at > start || at + 1 < self.words.len() || self.alone;
        if let Some((time, next)) = self.digital(from, near, led).or_else(|| self.spoken(from)) {
            return Some((time, self.latest(next)));
        }
        let said_at = self.means(lead, Meaning::At);
        let is_around = self.means(at, Meaning::Around) && (at > start || from + 1 < self.words.len());
        let is_time = said_at || is_around || self.alone && at > start || self.follows_short_day(at, start);
        let time = ClockTime::at(self.number(from).filter(|_| is_time)?, 0)?;
        Some((if led { time.with_form(HourForm::Likely) } else { time }, self.latest(from + 1)))
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
            Meaning::Time(time, sure) if sure || near => {
                Some(ClockTime::new(time).with_form(self.digit_form(at, sure)))
            }
            Meaning::Midnight if near => ClockTime::at(24, 0),
            Meaning::Pair(hour, minute) if led || clock_follows => {
                Some(ClockTime::at(hour.into(), minute.into())?.with_form(self.digit_form(at, false)))
            }
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
                Some((time.with_form(HourForm::Likely), at + 2 + usize::from(minute.is_some())))
            }
            (None, None) => None,
        }
    }

    /// "5pm" is exact. "05:30" is one hour of 24, "5:30" and "5uhr" may be one of twelve.
    fn digit_form(&self, at: usize, sure: bool) -> HourForm {
        let plain = self.words[at].plain.trim_end_matches('.');
        match () {
            () if plain.ends_with('m') => HourForm::Exact,
            () if plain.starts_with('0') || sure && !plain.ends_with("uhr") => HourForm::Short,
            () => HourForm::Likely,
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
        // "quarter to one" is after noon, and "halb eins" is half an hour after midnight or noon.
        let hour = if hour == 0 && !german { 12 } else { hour };
        let mut time = ClockTime::at(hour, minute)?;
        if hour <= 12 {
            time.form = HourForm::Likely;
        }
        Some((time, self.skip(next, Meaning::Clock)))
    }

    /// In English an hour from 1 to 6 is in the afternoon. Today it is so too if only the later hour is ahead.
    pub(super) fn likely(&self, time: ClockTime, day: Option<NaiveDate>) -> ClockTime {
        if time.form != HourForm::Likely {
            return time;
        }
        let today = self.today();
        let is_english = self.language == Language::English && (1..=6).contains(&time.time.hour());
        let later = in_half(time.time, true).filter(|later| {
            let is_over = |time| self.context.is_over(today, time);
            is_english || day == Some(today) && is_over(time.time) && !is_over(*later)
        });
        later.map_or(time, ClockTime::new)
    }
}

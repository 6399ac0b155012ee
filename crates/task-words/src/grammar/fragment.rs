//! The parts that a run of words may have, each once.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use recurrence::{RepeatEnd, RepeatFrom, RepeatPattern, RepeatRule};
use task::Priority;

use super::clock_time::ClockTime;
use super::day_part::{DAY, DayPart};
use super::{Grammar, Read};
use crate::meaning::Meaning;
use crate::part::PartKind;
use crate::word::Word;

/// One thing that words say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fragment {
    Day(NaiveDate),
    Time(ClockTime),
    /// A part of the day, by its hour.
    DayPart(u8),
    /// A day and a part of it, by its hour.
    DayTime(NaiveDate, u8),
    /// A date and time as a program writes it, with the minutes that it is ahead of UTC.
    Written(NaiveDate, ClockTime, Option<i16>),
    /// So many minutes from now.
    Minutes(u32),
    Repeat(RepeatRule, Option<NaiveDate>),
    /// Days that repeat and a part of them, by its hour.
    EachPart(RepeatPattern, u8),
    FromCompletion,
    End(RepeatEnd),
    Priority(Priority),
}

/// All that a run of words says.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateParts {
    pub(crate) day: Option<NaiveDate>,
    pub(crate) time: Option<ClockTime>,
    pub(crate) day_part: Option<DayPart>,
    /// Whether the time is not in the part of the day.
    pub(crate) contradicts: bool,
    /// The place behind the day or the repeat.
    day_end: Option<usize>,
    pub(crate) offset: Option<i16>,
    pub(crate) minutes: Option<u32>,
    pub(crate) repeat: Option<RepeatRule>,
    pub(crate) from_completion: bool,
    pub(crate) end: Option<RepeatEnd>,
    pub(crate) priority: Option<Priority>,
    /// Where each part stands, in the order of the text.
    pub(crate) spans: Vec<(PartKind, Range<usize>)>,
}

impl DateParts {
    /// Adds what was read; `None` if the same was said before.
    pub(crate) fn add(&mut self, fragment: Fragment, words: &[&Word], at: Range<usize>) -> Option<()> {
        let kind = match fragment {
            Fragment::Repeat(..) | Fragment::EachPart(..) | Fragment::FromCompletion | Fragment::End(_) => {
                PartKind::Repeat
            }
            Fragment::Priority(_) => PartKind::Priority,
            _ => PartKind::Due,
        };
        let has_day = matches!(fragment, Fragment::Day(_) | Fragment::Repeat(..));
        match fragment {
            Fragment::Day(day) => set(&mut self.day, day)?,
            Fragment::Time(time) => set(&mut self.time, time)?,
            Fragment::DayPart(hour) => {
                let of_day = self.day_end == Some(at.start) && at.len() == 1;
                set(&mut self.day_part, DayPart { hour, of_day })?;
            }
            Fragment::DayTime(day, hour) => {
                set(&mut self.day, day)?;
                set(&mut self.day_part, DayPart { hour, of_day: true })?;
            }
            Fragment::Written(day, time, offset) => {
                set(&mut self.day, day)?;
                set(&mut self.time, time)?;
                self.offset = offset;
            }
            Fragment::Minutes(minutes) => set(&mut self.minutes, minutes)?,
            Fragment::Repeat(rule, day) => {
                set(&mut self.repeat, rule)?;
                set(&mut self.day, day)?;
            }
            Fragment::EachPart(pattern, hour) => {
                let of_day = pattern != RepeatPattern::Daily;
                set(&mut self.repeat, RepeatRule::new(pattern, 1))?;
                set(&mut self.day_part, DayPart { hour, of_day })?;
            }
            Fragment::FromCompletion if self.repeat.is_some() => self.from_completion = true,
            Fragment::End(end) if self.repeat.is_some() => set(&mut self.end, end)?,
            Fragment::FromCompletion | Fragment::End(_) => return None,
            Fragment::Priority(priority) => set(&mut self.priority, priority)?,
        }
        if has_day {
            self.day_end = Some(at.end);
        }
        let span = words[at.start].span.start..words[at.end - 1].span.end;
        match self.spans.last_mut() {
            Some((last, before)) if *last == kind => before.end = span.end,
            _ => self.spans.push((kind, span)),
        }
        self.is_one_date().then_some(())
    }

    /// Adds what was said elsewhere in the line; `None` if both say the same.
    pub(crate) fn join(mut self, other: Self) -> Option<Self> {
        set(&mut self.day, other.day)?;
        set(&mut self.time, other.time)?;
        set(&mut self.minutes, other.minutes)?;
        set(&mut self.repeat, other.repeat)?;
        set(&mut self.end, other.end)?;
        set(&mut self.priority, other.priority)?;
        self.from_completion |= other.from_completion;
        self.spans.extend(other.spans);
        self.is_one_date().then_some(self)
    }

    /// Whether it is no length of time with a date beside it.
    fn is_one_date(&self) -> bool {
        let has_time = self.time.is_some() || self.day_part.is_some();
        self.minutes.is_none() || self.day.is_none() && !has_time && self.repeat.is_none()
    }

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
        let today = grammar.today();
        let is_next_day = if self.day == Some(today) { grammar.context.is_over(today, time.time) } else { part.of_day };
        if is_next_day {
            self.day = self.day.and_then(|day| day.checked_add_days(Days::new(1)));
        }
        Some(())
    }

    pub(crate) fn from(&self) -> RepeatFrom {
        if self.from_completion { RepeatFrom::Completion } else { RepeatFrom::Due }
    }
}

fn set<T>(slot: &mut Option<T>, value: impl Into<Option<T>>) -> Option<()> {
    let value = value.into();
    let is_new = slot.is_none() || value.is_none();
    is_new.then(|| *slot = value.or(slot.take()))
}

impl Grammar<'_> {
    /// "high priority", "Priorität hoch"; "urgent" after a comma.
    pub(super) fn priority(&self, at: usize, start: usize) -> Read<Fragment> {
        let level = |at: usize| {
            self.find(at, |meaning| match meaning {
                Meaning::Level(level) => Some(*level),
                _ => None,
            })
        };
        let from = self.skip(at, Meaning::With);
        if let Some(level) = level(from).filter(|_| self.means(from + 1, Meaning::PriorityWord)) {
            return Some((Fragment::Priority(level), from + 2));
        }
        if let Some(level) = level(from + 1).filter(|_| self.means(from, Meaning::PriorityWord)) {
            return Some((Fragment::Priority(level), from + 2));
        }
        let apart = at > start || at.checked_sub(1).is_some_and(|before| self.words[before].comma);
        (apart && self.means(at, Meaning::Urgent)).then_some((Fragment::Priority(Priority::High), at + 1))
    }
}

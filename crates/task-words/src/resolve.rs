//! The due day of what was read.

use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use recurrence::{LAST_DAY, RepeatRule};

use crate::context::ReadingContext;
use crate::grammar::{ClockTime, DateParts};

/// When a task is due, in the user's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueReading {
    /// The day.
    pub day: NaiveDate,
    /// The time; a day without one is due as a whole.
    pub time: Option<NaiveTime>,
    /// What was said, where that was a length of time ("in 2 hours"): `day` and `time` know no change of the clocks between now
    /// and then, a caller with zones does.
    pub minutes_from_now: Option<u32>,
}

impl DueReading {
    /// The form of the API: `2026-12-24`, `2026-12-24T17:00`.
    pub fn to_text(&self) -> String {
        match self.time {
            Some(time) => format!("{}T{}", self.day, time.format("%H:%M")),
            None => self.day.to_string(),
        }
    }
}

/// The due day and the rule of what was read; `None` if that is no day that can be due.
pub(crate) fn resolve(parts: &DateParts, context: &ReadingContext) -> Option<(Option<DueReading>, Option<RepeatRule>)> {
    if let Some(minutes) = parts.minutes {
        return Some((Some(in_minutes(minutes, context)?), None));
    }
    let is_ahead = |day: &NaiveDate| {
        on_day(*day, parts.time).is_some_and(|due| due.time.is_none_or(|time| !context.is_over(due.day, time)))
    };
    let next = context.today.iter_days().take(3).find(is_ahead)?;
    let rule = parts.repeat.clone().map(|rule| rule.ending(parts.end.unwrap_or_default()));
    let day = match (&rule, parts.day) {
        (Some(rule), day) => rule.first(day.unwrap_or(next)),
        (None, Some(day)) => day,
        (None, None) if parts.time.is_some() => next,
        (None, None) => return Some((None, None)),
    };
    Some((Some(on_day(day, parts.time)?), rule))
}

fn on_day(day: NaiveDate, clock: Option<ClockTime>) -> Option<DueReading> {
    let ends_day = clock.is_some_and(|clock| clock.ends_day);
    let day = if ends_day { day.checked_add_days(Days::new(1))? } else { day };
    (day <= LAST_DAY).then_some(DueReading { day, time: clock.map(|clock| clock.time), minutes_from_now: None })
}

fn in_minutes(minutes: u32, context: &ReadingContext) -> Option<DueReading> {
    let then = context.now.checked_add_signed(chrono::TimeDelta::minutes(minutes.into()))?;
    let time = then.time().with_second(0)?.with_nanosecond(0)?;
    (then.date() <= LAST_DAY).then_some(DueReading {
        day: then.date(),
        time: Some(time),
        minutes_from_now: Some(minutes),
    })
}

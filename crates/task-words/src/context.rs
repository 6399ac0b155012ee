//! What words mean depends on.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use user_language::Language;

/// The reader of the words: when and where they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingContext {
    /// Now, in the user's zone.
    pub now: NaiveDateTime,
    /// The day that it belongs to: past midnight it is the one before for a user whose days begin later.
    pub today: NaiveDate,
    /// With which day the user's weeks begin.
    pub week_start: Weekday,
    /// The language that is tried first; the other one follows.
    pub language: Language,
    /// What comes first in `3/4/2026`.
    pub slashes: SlashOrder,
}

/// The order of the parts of a date with slashes. A part over 12 is the day in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SlashOrder {
    /// As in the United States.
    #[default]
    MonthFirst,
    /// As in Europe.
    DayFirst,
}

impl ReadingContext {
    /// A context with days that begin at midnight, weeks on Monday, and the slashes of the language.
    pub fn new(now: NaiveDateTime, language: Language) -> Self {
        let slashes = match language {
            Language::English => SlashOrder::MonthFirst,
            Language::German => SlashOrder::DayFirst,
        };
        Self { now, today: now.date(), week_start: Weekday::Mon, language, slashes }
    }

    /// Whether this time of the day is over.
    pub(crate) fn is_over(&self, day: NaiveDate, time: NaiveTime) -> bool {
        day.and_time(time) <= self.now
    }

    /// Both languages, the preferred one first.
    pub(crate) fn languages(&self) -> [Language; 2] {
        match self.language {
            Language::English => [Language::English, Language::German],
            Language::German => [Language::German, Language::English],
        }
    }
}

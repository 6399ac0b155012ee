//! A rule and its parts.

use chrono::Weekday;

use crate::end::RepeatEnd;

/// How a task repeats. Made by [`RepeatRule::parse`] or [`RepeatRule::new`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatRule {
    pub(crate) pattern: RepeatPattern,
    /// Every how many days, weeks, months or years; 1 to [`RepeatRule::MAX_INTERVAL`].
    pub(crate) interval: u16,
    /// With which day the weeks begin that an interval counts.
    pub(crate) week_start: Weekday,
    pub(crate) end: RepeatEnd,
}

/// Which days of a period a rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RepeatPattern {
    /// Each day.
    Daily,
    /// These weekdays, from Monday on; if empty, that of the first due day.
    Weekly(Vec<Weekday>),
    /// The day of the first due day.
    Monthly,
    /// These days of the month, 1 to 31, and -1 for the last one. A month that is too short has them at its end.
    MonthDays(Vec<i8>),
    /// These weekdays of the month.
    MonthWeekdays(Vec<NthWeekday>),
    /// The day and month of the first due day.
    Yearly,
}

/// A weekday of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NthWeekday {
    /// 1 to 5 from the start, -1 to -5 from the end, 0 for each.
    pub nth: i8,
    /// The weekday.
    pub weekday: Weekday,
}

/// From which day the next occurrence is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RepeatFrom {
    /// From the first due day: the days of the rule are fixed.
    #[default]
    Due,
    /// From the day on which the task was completed.
    Completion,
}

impl RepeatFrom {
    /// The words of the API.
    pub const WORDS: [&'static str; 2] = ["due", "completion"];

    /// One of [`RepeatFrom::WORDS`].
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "due" => Some(Self::Due),
            "completion" => Some(Self::Completion),
            _ => None,
        }
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Completion => "completion",
        }
    }
}

impl RepeatRule {
    /// The greatest interval.
    pub const MAX_INTERVAL: u16 = 999;
    /// The greatest count of occurrences.
    pub const MAX_COUNT: u16 = 9999;

    /// A rule without an end.
    pub fn new(pattern: RepeatPattern, interval: u16) -> Self {
        let interval = interval.clamp(1, Self::MAX_INTERVAL);
        Self { pattern: pattern.in_order(), interval, week_start: Weekday::Mon, end: RepeatEnd::Never }
    }

    /// The same rule with another end.
    #[must_use]
    pub fn ending(self, end: RepeatEnd) -> Self {
        Self { end, ..self }
    }

    /// When it ends.
    pub fn end(&self) -> RepeatEnd {
        self.end
    }
}

impl RepeatPattern {
    /// The same days, each once, in the order of the week or month.
    pub(crate) fn in_order(self) -> Self {
        match self {
            Self::Weekly(mut days) => {
                days.sort_by_key(Weekday::num_days_from_monday);
                days.dedup();
                Self::Weekly(days)
            }
            Self::MonthDays(mut days) => {
                // -1 comes last.
                days.sort_by_key(|day| *day as u8);
                days.dedup();
                Self::MonthDays(days)
            }
            Self::MonthWeekdays(mut days) => {
                days.sort_by_key(|day| (day.nth as u8, day.weekday.num_days_from_monday()));
                days.dedup();
                Self::MonthWeekdays(days)
            }
            other => other,
        }
    }
}

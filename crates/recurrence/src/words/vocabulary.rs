//! What a language must have to say rules.

use chrono::NaiveDate;

/// The words of a language that rules are said in.
pub(super) struct RuleWords {
    pub(super) weekdays: [&'static str; 7],
    pub(super) months: [&'static str; 12],
    /// Each day, week, month and year; `{n}` stands in the second one.
    pub(super) periods: [[&'static str; 2]; 4],
    /// Before and between weekdays.
    pub(super) each: &'static str,
    pub(super) and: &'static str,
    pub(super) workdays: &'static str,
    /// Before the days of a period.
    pub(super) on_weekday: &'static str,
    pub(super) on_month_day: &'static str,
    pub(super) on_each: &'static str,
    pub(super) last_day: &'static str,
    /// From the last backwards.
    pub(super) last_ones: [&'static str; 5],
    pub(super) ordinal: fn(i8) -> String,
    pub(super) date: fn(NaiveDate, &str) -> String,
    pub(super) until: &'static str,
    pub(super) times: fn(u16) -> String,
    pub(super) after_completion: &'static str,
}

//! How a task repeats: the rule ([`RepeatRule`], a subset of RFC 5545), the days that it gives, and the rule in words. Days
//! only: a time of day stays with its day, and its zone is PostgreSQL's business. Never does I/O, knows no clock.
//!
//! Every occurrence is counted from the first one, never from the one before: the 31st of each month is 28 February and then
//! 31 March. So a caller keeps the first due day (the anchor) beside the rule. In one statement, PostgreSQL gives the same
//! days for rules without BYDAY and BYMONTHDAY (`anchor + n * interval`); all other rules need this crate before the
//! statement, with the anchor and the due day as read. The statement then moves `due` only where it is still that day.

mod days;
mod end;
mod error;
mod parse;
mod print;
mod rule;
mod standard;
mod words;

pub use days::{FIRST_DAY, LAST_DAY};
pub use end::RepeatEnd;
pub use error::RuleError;
pub use rule::{NthWeekday, RepeatFrom, RepeatPattern, RepeatRule};
pub use standard::{SeriesState, StandardRule, StandardSeries};
pub use words::{date_text, month_name, repeat_text, weekday_name};

#[cfg(test)]
mod tests;

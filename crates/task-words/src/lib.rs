//! Reads what people write about a task: days, times, repeats, reminders, priorities, tags and lists, in English and German.
//! [`read_task`] reads a line that adds a task, [`read_date`] a text that is a date alone, [`read_period`] what a question asks
//! for. Reads with care: only whole words at the end of a line, or parted at its beginning, are a date, quotes protect, and what is not understood stays in
//! the title. Never does I/O; today and the time are arguments, and the zone is the caller's business.

mod context;
mod date;
mod grammar;
mod lexicon;
mod line;
mod markers;
mod meaning;
mod numeral;
mod part;
mod period;
mod resolve;
mod start;
mod tail;
mod word;

pub use context::{ReadingContext, SlashOrder};
pub use date::{DateReading, read_date};
pub use line::{TaskReading, read_task};
pub use part::{PartKind, UnderstoodPart};
pub use period::{DuePeriod, read_period};
pub use resolve::DueReading;

#[cfg(test)]
mod tests;

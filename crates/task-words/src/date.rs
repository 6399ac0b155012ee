//! A text that is a date alone: a date field, a cell of a table.

use recurrence::{RepeatFrom, RepeatRule};

use crate::context::ReadingContext;
use crate::grammar::Grammar;
use crate::resolve::{DueReading, resolve};
use crate::word::{Word, words};

/// The longest text that may be a date, in bytes.
const MAX_DATE: usize = 200;

/// What a date says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateReading {
    /// The due day. That of a rule without one is the first that fits.
    pub due: DueReading,
    /// How it repeats.
    pub repeat: Option<RepeatRule>,
    /// From which day it repeats.
    pub repeat_from: RepeatFrom,
    /// How many minutes the time is ahead of UTC, if the text says that. Then the time is not one of the user's zone yet.
    pub offset_minutes: Option<i16>,
}

/// Reads a text that is nothing but a date, a time, a repeat or any of these together: "fri 9", "24. Dez. 2026 17:00",
/// "every monday", `2026-12-24T17:00:00+01:00`. Days of the past are dates too.
pub fn read_date(text: &str, context: &ReadingContext) -> Option<DateReading> {
    if text.len() > MAX_DATE {
        return None;
    }
    context.languages().into_iter().find_map(|language| {
        let words = words(text, language);
        let words: Vec<&Word> = words.iter().collect();
        let parts = Grammar { words: &words, context, language, alone: true }.parts(0)?;
        let (due, repeat) = resolve(&parts, context)?;
        let is_date = parts.priority.is_none();
        let due = due.filter(|_| is_date)?;
        Some(DateReading { due, repeat, repeat_from: parts.from(), offset_minutes: parts.offset })
    })
}

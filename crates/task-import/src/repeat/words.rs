//! Words for days and rules, as they are read everywhere in the app: `every monday`, `alle 2 Wochen`, `tomorrow`.

use chrono::TimeDelta;
use task_words::ReadingContext;

use crate::date::{Moment, SlashOrder, read_date};

/// The most words of a date: more are no date in any language.
const MAX_WORDS: usize = 12;

/// What words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordsReading {
    /// The day, or the first day of the rule.
    pub(crate) due: Moment,
    pub(crate) repeat: Option<String>,
}

/// Reads a text of which every word is understood. What is written in numbers is none of words.
pub(crate) fn read_words(text: &str, context: &ReadingContext) -> Option<WordsReading> {
    // Todoist writes `every!` for what repeats from its completion.
    let words = text.replace('!', " ");
    let amount = words.split_whitespace().take(MAX_WORDS + 1).count();
    if amount > MAX_WORDS || !words.contains(char::is_alphabetic) || read_date(text, SlashOrder::DayFirst).is_ok() {
        return None;
    }
    let read = task_words::read_date(words.trim(), context)?;
    let due = match (read.due.time, read.offset_minutes) {
        (None, _) => Moment::Day(read.due.day),
        (Some(time), None) => Moment::Local(read.due.day.and_time(time)),
        (Some(time), Some(ahead)) => {
            Moment::Instant((read.due.day.and_time(time) - TimeDelta::minutes(ahead.into())).and_utc())
        }
    };
    Some(WordsReading { due, repeat: read.repeat.map(|rule| rule.to_string()) })
}

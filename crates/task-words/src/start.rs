//! The words that begin a line and say when.

use std::ops::Range;

use user_language::Language;

use crate::context::ReadingContext;
use crate::grammar::{DateParts, Grammar};
use crate::meaning::Meaning;
use crate::word::Word;

/// The most words that such a date has.
const MAX_WORDS: usize = 12;

/// "Remind me tomorrow to", "Tomorrow:", "Friday -"
pub(crate) struct LineStart {
    /// Its date.
    pub(crate) parts: Option<DateParts>,
    /// How many words it has.
    pub(crate) words: usize,
    /// Where it asks for a reminder.
    pub(crate) reminder: Vec<Range<usize>>,
}

/// Reads what begins a line. A title follows.
pub(crate) fn read_start(
    text: &str,
    words: &[&Word],
    context: &ReadingContext,
    language: Language,
) -> Option<LineStart> {
    let read = |words: &[&Word]| Grammar { words, context, language, alone: false }.parts(0);
    reminder(words, read).or_else(|| dated(text, words, read))
}

/// "Remind me tomorrow to"
fn reminder(words: &[&Word], read: impl Fn(&[&Word]) -> Option<DateParts>) -> Option<LineStart> {
    let [first, second, ..] = words else { return None };
    if !matches!((first.plain.as_str(), second.plain.as_str()), ("remind", "me") | ("erinnere" | "erinner", "mich")) {
        return None;
    }
    let joins = |word: &&Word| matches!(word.plain.as_str(), "to" | "about" | "that" | "of" | "an" | "daran" | "dass");
    let joint = words.iter().skip(2).take(MAX_WORDS).position(joins)? + 2;
    let dated = &words[2..joint];
    let parts = if dated.is_empty() { None } else { Some(read(dated)?) };
    let reminder = vec![first.span.start..second.span.end, words[joint].span.clone()];
    (joint + 1 < words.len()).then_some(LineStart { parts, words: joint + 1, reminder })
}

/// "Tomorrow:", "Friday -", and no other date or time behind it. "Weekly:" is a name.
fn dated(text: &str, words: &[&Word], read: impl Fn(&[&Word]) -> Option<DateParts>) -> Option<LineStart> {
    let first = words.first().filter(|word| text[..word.span.start].trim().is_empty())?;
    let is_dash = |at: usize| words.get(at).is_some_and(|word| word.means(Meaning::Dash));
    let ends = |end: &usize| is_dash(*end) || text[words[end - 1].span.end..].starts_with(':');
    let end = (1..words.len().min(MAX_WORDS)).find(ends)?;
    let next = end + usize::from(is_dash(end));
    let goes_on = |word: &&Word| {
        let counts = |meaning: &Meaning| is_dash(end) && matches!(meaning, Meaning::Number(_) | Meaning::Ordinal(_));
        word.has(|meaning| meaning.is_day() || meaning.is_time() || counts(meaning))
    };
    let is_name = first.has(|meaning| matches!(meaning, Meaning::Adverb(..)));
    if is_name || words.get(next).is_none_or(goes_on) {
        return None;
    }
    Some(LineStart { parts: Some(read(&words[..end])?), words: next, reminder: Vec::new() })
}

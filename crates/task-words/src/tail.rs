//! The words at the end of a line that are a date.

use user_language::Language;

use crate::context::ReadingContext;
use crate::grammar::{DateParts, Grammar};
use crate::lexicon::{meanings, names_day};
use crate::meaning::Meaning;
use crate::word::Word;

/// The most words that a date has.
const MAX_WORDS: usize = 24;
/// What a word means that belongs to the next one.
const BINDING: [Meaning; 5] = [Meaning::Blocks, Meaning::Every, Meaning::At, Meaning::By, Meaning::Until];

/// The longest run of words at the end that is a date, a repeat or a priority as a whole, with a title before it.
/// `first` is 1 where the title is to be found among these words.
pub(crate) fn read_tail(
    words: &[&Word],
    first: usize,
    context: &ReadingContext,
    language: Language,
) -> Option<DateParts> {
    let grammar = Grammar { words, context, language, alone: false };
    let from = first.max(words.len().saturating_sub(MAX_WORDS));
    let is_free = |start: &usize| !is_bound(words, *start, [language, context.language]);
    (from..words.len()).filter(is_free).find_map(|start| grammar.parts(start))
}

/// Whether the words before it make a date a part of the title: "the Friday", "from 9 to 17:00", "Black Friday".
fn is_bound(words: &[&Word], start: usize, languages: [Language; 2]) -> bool {
    let Some(before) = start.checked_sub(1).map(|before| words[before]) else { return false };
    let first = words[start];
    let is_weekday = first.meanings.iter().any(|meaning| matches!(meaning, Meaning::Weekday(..)));
    let ends_span = first.means(Meaning::By) || first.means(Meaning::Until) || first.means(Meaning::To);
    let in_span = words[..start]
        .iter()
        .rev()
        .take(3)
        .any(|word| matches!(word.plain.as_str(), "from" | "von" | "vom" | "between"));
    // In the language of the line and in the one that is tried: "Fri" before "um 7" is a day.
    let in_both = languages.into_iter().flat_map(|language| meanings(&before.plain, language));
    let before_means: Vec<Meaning> = in_both.chain(before.meanings.iter().copied()).collect();
    let binds = before_means.iter().any(|meaning| BINDING.contains(meaning));
    // A date that is told in more words than are understood: "Mon, Wed, Fri 7am", "24.12. bis 31.12."
    let is_torn = before_means.iter().any(is_day) && !first.meanings.iter().any(|m| matches!(m, Meaning::Day(_)));
    let is_name = is_weekday && names_day(&before.plain);
    is_torn || !before.comma && (binds || is_name) || ends_span && in_span
}

fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day(_)
            | Meaning::Weekday(..)
            | Meaning::DayHour(..)
            | Meaning::WeekdayHour(..)
            | Meaning::Date(_)
            | Meaning::DayMonth(..)
    )
}

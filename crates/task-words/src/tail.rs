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

/// What a word means that leads to a day. What comes before it may bind the day too: "not on Friday".
const LEADING: [Meaning; 3] = [Meaning::On, Meaning::Next, Meaning::Coming];

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
    (from..words.len())
        .filter(is_free)
        .find_map(|start| grammar.parts_or_contradiction(start))
        // A part of a contradiction is no date.
        .filter(|parts| !parts.contradicts)
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
    let before_means = meanings_in_both(before, languages);
    let has_one = |word: &Word, of: &[Meaning]| {
        !word.comma && meanings_in_both(word, languages).iter().any(|meaning| of.contains(meaning))
    };
    // Where the words begin that lead to the date.
    let lead = words[..start].iter().rposition(|word| !has_one(word, &LEADING)).map_or(0, |owner| owner + 1);
    let owner_binds = lead < start && lead.checked_sub(1).is_some_and(|owner| has_one(words[owner], &BINDING));
    let binds = owner_binds || !before.comma && before_means.iter().any(|meaning| BINDING.contains(meaning));
    // A date that is told in more words than are understood: "Mon, Wed, Fri 7am", "24.12. bis 31.12."
    let is_torn = before_means.iter().any(is_day) && !first.meanings.iter().any(|m| matches!(m, Meaning::Day(_)));
    // The other language does not see what "evening" says of "10am".
    let is_hour = |meaning: &Meaning| matches!(meaning, Meaning::Hour(_));
    let is_foreign_part = before_means.iter().any(is_hour) && !before.meanings.iter().any(is_hour);
    let is_time = first.meanings.iter().any(|meaning| matches!(meaning, Meaning::Time(..)));
    let is_name = is_weekday && names_day(&before.plain);
    is_torn
        || is_in_period(words, start)
        || is_in_period(words, lead)
        || is_foreign_part && is_time
        || binds
        || !before.comma && is_name
        || ends_span && in_span
}

/// Whether it belongs to a period that is not understood: "next week on the 3rd", "2 hours from tomorrow", "Ende nächster Woche".
fn is_in_period(words: &[&Word], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|at| words[at]);
    let is_unit = before(1).is_some_and(|word| word.meanings.iter().any(|meaning| matches!(meaning, Meaning::Unit(_))));
    let is_next = before(2).is_some_and(|word| word.means(Meaning::Next) || word.plain.starts_with("uebernaechst"));
    let is_place = before(1).is_some_and(|word| matches!(word.plain.as_str(), "anfang" | "mitte" | "ende" | "mid"));
    let is_from = words[start].means(Meaning::From);
    is_unit && (is_next || is_from) || is_place && words[start].means(Meaning::Next)
}

/// In the language of the line and in the one that is tried: "Fri" before "um 7" is a day.
fn meanings_in_both(word: &Word, languages: [Language; 2]) -> Vec<Meaning> {
    let in_both = languages.into_iter().flat_map(|language| meanings(&word.plain, language));
    in_both.chain(word.meanings.iter().copied()).collect()
}

fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day(_)
            | Meaning::Weekday(..)
            | Meaning::Weekdays(_)
            | Meaning::DayHour(..)
            | Meaning::WeekdayHour(..)
            | Meaning::Date(_)
            | Meaning::DayMonth(..)
    )
}

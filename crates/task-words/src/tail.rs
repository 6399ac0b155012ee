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
    // "every morning and evening at 8". The other language does not see what "evening" says of "10am".
    let is_part = before_means.iter().any(|meaning| matches!(meaning, Meaning::Hour(_)));
    let is_time = first.has(Meaning::is_time) || first.means(Meaning::At);
    let is_name = first.has(|m| matches!(m, Meaning::Weekday(..) | Meaning::Weekdays(..))) && names_day(&before.plain);
    // There is no such rule: "twice daily".
    let is_counted = before.means(Meaning::Times) && first.has(|m| matches!(m, Meaning::Every | Meaning::Adverb(..)));
    // "on Friday" alone has no title.
    let is_all = lead == 0 && start > 0;
    is_all
        || is_torn(words, start, languages)
        || is_torn(words, lead, languages)
        || is_in_period(words, start)
        || is_in_period(words, lead)
        || is_part && is_time
        || binds
        || is_counted
        || !before.comma && is_name
        || ends_span && in_span
}

/// Whether the words before it say more about time than is understood: "Mon, Wed, Fri 7am", "24.12. bis 31.12.", "9 - 10:00",
/// "every 2 hours at 5".
fn is_torn(words: &[&Word], start: usize, languages: [Language; 2]) -> bool {
    let is_dash = |word: &&Word| word.means(Meaning::Dash);
    let end = words[..start].iter().rposition(|word| !is_dash(word)).map_or(0, |last| last + 1);
    let (told, first) = (&words[..end], words[start]);
    let Some(last) = told.last() else { return false };
    let is_range = end < start;
    let is_clock = |word: &Word| is_number(word) || word.has(Meaning::is_time);
    let ends_in_time = is_clock(last) || last.has(|m| matches!(m, Meaning::Clock | Meaning::Am | Meaning::Pm));
    let is_date = is_range || !first.has(|m| matches!(m, Meaning::Day(_)));
    is_range && is_clock(first) && ends_in_time
        || is_number(last) && is_month(first)
        || is_date && (ends_in_day(told, languages) || ends_in_rule(told))
}

/// "Monday", "31 February", "5th", "weekly"
fn ends_in_day(told: &[&Word], languages: [Language; 2]) -> bool {
    let is_weekday = |word: &Word| word.has(|m| matches!(m, Meaning::Weekday(..)));
    let is_rule = |word: &Word| !word.capital && word.has(|m| matches!(m, Meaning::Adverb(..)));
    match told {
        [.., month, day] if is_number(day) && (is_month(month) || is_weekday(month)) => true,
        [.., day, month] if is_number(day) && is_month(month) => true,
        [.., day]
            if day.has(|m| matches!(m, Meaning::Ordinal(_))) && day.plain.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            true
        }
        [.., last] => is_rule(last) || meanings_in_both(last, languages).iter().any(Meaning::is_day),
        [] => false,
    }
}

/// "every 2 hours", "3 times a day"
fn ends_in_rule(told: &[&Word]) -> bool {
    let is_each = |word: &&Word| {
        let is_one = word.means(Meaning::Number(1)) && word.means(Meaning::Blocks);
        is_one || word.means(Meaning::Every) || matches!(word.plain.as_str(), "per" | "pro")
    };
    let [before @ .., unit] = told else { return false };
    unit.has(|m| matches!(m, Meaning::Unit(_))) && before.iter().rev().take(2).any(is_each)
}

/// Whether it may be the number of a day.
fn is_number(word: &Word) -> bool {
    word.has(|m| matches!(m, Meaning::Number(..=31) | Meaning::Ordinal(_)))
}

fn is_month(word: &Word) -> bool {
    word.has(|m| matches!(m, Meaning::Month(_)))
}

/// Whether it belongs to a period that is not understood: "next week on the 3rd", "2 hours from tomorrow", "Ende nächster Woche".
fn is_in_period(words: &[&Word], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|at| words[at]);
    let is_unit = before(1).is_some_and(|word| word.has(|m| matches!(m, Meaning::Unit(_))));
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

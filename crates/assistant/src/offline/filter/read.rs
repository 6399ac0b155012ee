//! Reads what a question or an order says about the tasks that it is about.

use super::scan::{ScannedWord, read_condition, scan};
use super::words::{WordKind, is_many, kind_of, time_of};
use super::{DueCondition, TaskFilter};
use crate::offline::phrase::lowercase;
use crate::offline::reminder::has_period;

/// The most words that name a list, a tag or a part of a title.
const MAX_NAME: usize = 2;
/// What stands before such a name.
const ABOUT: [&str; 5] = ["for", "für", "about", "to", "über"];
/// What stands before words of titles, whichever they are.
const CONTAINING: [&str; 6] = ["contain", "contains", "containing", "mention", "mentioning", "enthalten"];

/// What a text says about several tasks.
#[derive(Debug, Default)]
pub(crate) struct FilterReading {
    pub(crate) filter: TaskFilter,
    /// Whether several tasks are named: "all", "tasks".
    pub(crate) is_many: bool,
    /// Whether there is a word for tasks.
    pub(crate) has_noun: bool,
    /// The words that are not understood.
    pub(crate) unread: Option<String>,
}

/// Whether a text has a word for several tasks.
pub(crate) fn names_many(text: &str) -> bool {
    lowercase(text).split(|letter: char| !letter.is_alphanumeric() && letter != '-').any(is_many)
}

/// Whether words are nothing but a day in numbers, which may not be understood: "31 June".
pub(crate) fn is_unread_time(words: &str) -> bool {
    let is_article = |word: &ScannedWord| ["the", "den", "dem", "der", "of"].contains(&word.small.as_str());
    let is_time =
        |word: &ScannedWord| matches!(kind_of(&word.small), WordKind::Time | WordKind::Joint) || is_article(word);
    words.contains(|letter: char| letter.is_ascii_digit()) && scan(words).iter().all(is_time) && has_period(words)
}

/// Reads all conditions in a text, wherever they stand.
pub(crate) fn read_filter(text: &str) -> FilterReading {
    let words = scan(text);
    let mut reading = FilterReading::default();
    let mut kinds = Vec::new();
    while kinds.len() < words.len() {
        match read_condition(&words[kinds.len()..], &mut reading.filter) {
            Some(length) => kinds.resize(kinds.len() + length, WordKind::Condition),
            None => kinds.push(kind_of(&words[kinds.len()].small)),
        }
    }
    reading.is_many = words.iter().any(|word| is_many(&word.small));
    reading.has_noun = kinds.contains(&WordKind::Noun);
    read_name(&words, &mut kinds, &mut reading.filter);
    let time = time_words(&words, &mut kinds);
    if has_period(&time) {
        let is_first = reading.filter.due.replace(DueCondition::Told(time)).is_none();
        if !is_first {
            reading.unread = Some(text.trim().to_owned());
        }
    } else {
        let unread = kinds.iter_mut().filter(|kind| **kind == WordKind::Time);
        unread.for_each(|kind| *kind = WordKind::Unknown);
    }
    reading.unread = reading.unread.take().or_else(|| unread_words(&words, &kinds));
    reading
}

/// Reads "work tasks", "tasks for the party": a name that is not known yet.
fn read_name(words: &[ScannedWord], kinds: &mut [WordKind], filter: &mut TaskFilter) {
    let mut at = 0;
    while at < kinds.len() {
        if at > 0 && CONTAINING.contains(&words[at - 1].small.as_str()) && kinds[at] == WordKind::Little {
            kinds[at] = WordKind::Unknown;
        }
        let end = at + kinds[at..].iter().take_while(|kind| **kind == WordKind::Unknown).count();
        let is_before_noun = kinds.get(end) == Some(&WordKind::Noun);
        let article = usize::from(at > 1 && kinds[at - 1] == WordKind::Little);
        let is_after_about = at > article && ABOUT.contains(&words[at - 1 - article].small.as_str())
            || at > 0 && CONTAINING.contains(&words[at - 1].small.as_str());
        if (1..=MAX_NAME).contains(&(end - at)) && (is_before_noun || is_after_about) && filter.named.is_none() {
            let name: Vec<&str> = words[at..end].iter().map(|word| word.written).collect();
            filter.named = Some(name.join(" "));
            kinds[at..end].fill(WordKind::Condition);
        }
        at = end.max(at + 1);
    }
}

/// The runs of words that say a time.
fn time_words(words: &[ScannedWord], kinds: &mut [WordKind]) -> String {
    let mut said = Vec::new();
    let mut at = 0;
    while at < kinds.len() {
        // "Within a week"
        let is_one = |at: usize| {
            ["a", "an", "eine", "einen"].contains(&words[at].small.as_str())
                && kinds.get(at + 1) == Some(&WordKind::Time)
        };
        let is_time = |at: &usize| matches!(kinds[*at], WordKind::Time | WordKind::Joint) || is_one(*at);
        let end = at + (at..kinds.len()).take_while(is_time).count();
        if kinds[at..end].contains(&WordKind::Time) {
            said.extend(words[at..end].iter().map(|word| time_of(&word.small)));
        } else if let Some(no) = (at.max(1)..end).find(|at| words[*at].small == "no") {
            kinds[no] = WordKind::Unknown; // it denies something
        }
        at = end.max(at + 1);
    }
    let leading = said.iter().take_while(|word| ["and", "und", "to", "zu", "for", "für"].contains(word)).count();
    said[leading..].join(" ")
}

/// The words from the first to the last that is not understood, with the one before them.
fn unread_words(words: &[ScannedWord], kinds: &[WordKind]) -> Option<String> {
    let first = kinds.iter().position(|kind| *kind == WordKind::Unknown)?;
    let last = kinds.iter().rposition(|kind| *kind == WordKind::Unknown)?;
    let first = if first > 0 && kinds[first - 1] == WordKind::Joint { first - 1 } else { first };
    Some(words[first..=last].iter().map(|word| word.written).collect::<Vec<_>>().join(" "))
}

//! The conditions that a text says in words, one after the other.

use super::order::order_at;
use super::words::{WordKind, is_whole_list, kind_of};
use super::{DueCondition, TaskFilter};
use crate::offline::phrase::{lowercase, quotes, strip_quotes};
use crate::offline::priority::{german_priority, parse_priority};

/// Words that say that tasks repeat, and what their rules begin with.
const REPEATS: [(&str, &str); 28] = [
    ("recurring", ""),
    ("recurrent", ""),
    ("recur", ""),
    ("repeating", ""),
    ("repeated", ""),
    ("repeat", ""),
    ("repeats", ""),
    ("wiederkehrende", ""),
    ("wiederkehrenden", ""),
    ("wiederholende", ""),
    ("wiederholenden", ""),
    ("wiederholen", ""),
    ("wiederholte", ""),
    ("regelmäßige", ""),
    ("regelmäßigen", ""),
    ("daily", "FREQ=DAILY"),
    ("tägliche", "FREQ=DAILY"),
    ("täglichen", "FREQ=DAILY"),
    ("weekly", "FREQ=WEEKLY"),
    ("wöchentliche", "FREQ=WEEKLY"),
    ("wöchentlichen", "FREQ=WEEKLY"),
    ("monthly", "FREQ=MONTHLY"),
    ("monatliche", "FREQ=MONTHLY"),
    ("monatlichen", "FREQ=MONTHLY"),
    ("yearly", "FREQ=YEARLY"),
    ("annual", "FREQ=YEARLY"),
    ("jährliche", "FREQ=YEARLY"),
    ("jährlichen", "FREQ=YEARLY"),
];
/// What tasks have that do not have a date.
const UNDATED: [&str; 15] = [
    "without a due date",
    "without any due date",
    "without due date",
    "without a date",
    "without any date",
    "without date",
    "without dates",
    "with no due date",
    "with no date",
    "no due date",
    "no date",
    "undated",
    "ohne datum",
    "ohne termin",
    "ohne fälligkeit",
];
/// States, and whether tasks in them are completed.
const STATES: [(&str, bool); 55] = [
    ("not done", false),
    ("not yet done", false),
    ("not completed", false),
    ("not finished", false),
    ("nicht erledigt", false),
    ("nicht erledigte", false),
    ("nicht erledigten", false),
    ("aren't done", false),
    ("aren't finished", false),
    ("isn't done", false),
    ("isn't finished", false),
    ("haven't done", false),
    ("noch zu tun", false),
    ("erledigt werden", false),
    ("gemacht werden", false),
    ("to be done", false),
    ("to do", false),
    ("still open", false),
    ("that are open", false),
    ("which are open", false),
    ("my open", false),
    ("the open", false),
    ("all open", false),
    ("open", false),
    ("pending", false),
    ("left", false),
    ("remaining", false),
    ("remains", false),
    ("remain", false),
    ("fehlt", false),
    ("unfinished", false),
    ("incomplete", false),
    ("uncompleted", false),
    ("undone", false),
    ("outstanding", false),
    ("missing", false),
    ("unchecked", false),
    ("offen", false),
    ("offene", false),
    ("offenen", false),
    ("unerledigte", false),
    ("unerledigten", false),
    ("übrig", false),
    ("completed", true),
    ("done", true),
    ("finished", true),
    ("closed", true),
    ("ticked", true),
    ("accomplished", true),
    ("erledigt", true),
    ("erledigte", true),
    ("erledigten", true),
    ("fertige", true),
    ("fertigen", true),
    ("abgeschlossene", true),
];
/// What stands before the name of a tag.
const TAGGED: [&str; 21] = [
    "with the tags",
    "with the tag",
    "with tags",
    "with tag",
    "with the label",
    "with label",
    "tagged with",
    "tagged as",
    "tagged",
    "labelled with",
    "labelled",
    "labeled with",
    "labeled",
    "mit den tags",
    "mit dem tag",
    "mit tag",
    "mit tags",
    "mit dem schlagwort",
    "mit schlagwort",
    "getaggt mit",
    "vom tag",
];

/// A word of a text: as it is written, and in small letters. A quote is one word.
#[derive(Debug)]
pub(super) struct ScannedWord<'a> {
    pub(super) written: &'a str,
    pub(super) small: String,
}

/// The words of a text, without the marks between them.
pub(super) fn scan(text: &str) -> Vec<ScannedWord<'_>> {
    let quotes = quotes(text);
    let is_end =
        |(at, letter): &(usize, char)| letter.is_whitespace() && !quotes.iter().any(|quote| quote.contains(at));
    let (mut words, mut start) = (Vec::new(), 0);
    for (at, space) in text.char_indices().filter(is_end).chain([(text.len(), ' ')]) {
        let ends = |letter: char| matches!(letter, ',' | '?' | '!' | ';' | ':' | '(' | ')');
        let word = text[start..at].trim_matches(ends);
        let is_number = word.trim_end_matches('.').parse::<u32>().is_ok();
        let word = if is_number { word } else { word.trim_end_matches('.') };
        if !word.is_empty() {
            words.push(ScannedWord { written: word, small: lowercase(word).replace('’', "'") });
        }
        start = (at + space.len_utf8()).min(text.len());
    }
    words
}

/// Reads the condition that these words begin with into `filter`; returns how many words say it.
pub(super) fn read_condition(words: &[ScannedWord], filter: &mut TaskFilter) -> Option<usize> {
    let small: Vec<&str> = words.iter().map(|word| word.small.as_str()).collect();
    let begins = |phrase: &str| {
        let length = phrase.split(' ').count();
        small.get(..length).is_some_and(|start| start.iter().copied().eq(phrase.split(' '))).then_some(length)
    };
    if let Some((order, length)) = order_at(&small) {
        return filter.order.replace(order).is_none().then_some(length);
    }
    if let Some(length) = UNDATED.iter().find_map(|phrase| begins(phrase)) {
        return filter.due.replace(DueCondition::Undated).is_none().then_some(length);
    }
    if let Some((tags, length)) = tags_at(words, &begins) {
        filter.tags.extend(tags);
        return Some(length);
    }
    if let Some((list, length)) = list_at(words) {
        let is_new = list.is_none() || filter.list.is_none();
        filter.list = list.or(filter.list.take());
        return is_new.then_some(length);
    }
    if let Some((priority, length)) = priority_at(&small) {
        return filter.priority.replace(priority).is_none().then_some(length);
    }
    if let Some((_, rule)) = REPEATS.iter().find(|(word, _)| *word == small[0]) {
        return filter.repeats.replace(rule).is_none().then_some(1);
    }
    let (state, length) = STATES.iter().find_map(|(phrase, is_done)| Some((*is_done, begins(phrase)?)))?;
    let is_verb = length == 1 && ["open", "complete", "finish"].contains(&small[0]) && words[0].written == small[0];
    let is_order = is_verb && filter.completed.is_some();
    filter.completed = Some(state);
    (!is_order).then_some(length)
}

/// The tags that words begin with: "#home", "tagged home and garden".
fn tags_at(words: &[ScannedWord], begins: &dyn Fn(&str) -> Option<usize>) -> Option<(Vec<String>, usize)> {
    let name = |word: &ScannedWord| strip_quotes(word.written).trim_start_matches('#').to_owned();
    if words[0].small.starts_with('#') && words[0].small.len() > 1 {
        return Some((vec![name(&words[0])], 1));
    }
    let mut length = TAGGED.iter().filter_map(|phrase| begins(phrase)).max()?;
    let mut tags = vec![name(words.get(length)?)];
    length += 1;
    while let [joined, next, ..] = &words[length..]
        && ["and", "und"].contains(&joined.small.as_str())
        && (kind_of(&next.small) == WordKind::Unknown)
    {
        tags.push(name(next));
        length += 2;
    }
    Some((tags, length))
}

/// The list that words begin with, none where the whole list is named: "in the list Home", "on the Home list".
fn list_at(words: &[ScannedWord]) -> Option<(Option<String>, usize)> {
    const BEFORE: [&str; 8] = ["in", "on", "from", "of", "auf", "aus", "von", "off"];
    const ARTICLES: [&str; 10] = ["the", "my", "our", "der", "meiner", "die", "meine", "den", "dem", "unserer"];
    let is = |at: usize, known: &[&str]| words.get(at).is_some_and(|word| known.contains(&word.small.as_str()));
    let is_name = |at: usize| {
        let word = words.get(at)?;
        let quoted = strip_quotes(word.written);
        let is_named = quoted != word.written || kind_of(&word.small) == WordKind::Unknown || word.small == "work";
        is_named.then(|| quoted.to_owned())
    };
    let preposition = usize::from(is(0, &BEFORE));
    let place = preposition + usize::from(is(preposition, &ARTICLES));
    if is(place, &["list", "liste"]) {
        let name = place + 1 + usize::from(is(place + 1, &["called", "named", "namens"]));
        let capital = |at: usize| words.get(at).is_some_and(|word| word.written.starts_with(char::is_uppercase));
        let first = is_name(name).filter(|_| place > 0);
        return match first {
            Some(first) if capital(name) && capital(name + 1) => {
                Some((Some(format!("{first} {}", words[name + 1].written)), name + 2))
            }
            Some(first) => Some((Some(first), name + 1)),
            None => (preposition > 0).then_some((None, place + 1)),
        };
    }
    if place == 0 {
        return None;
    }
    if words.get(place).is_some_and(|word| {
        ["liste", "zettel"].iter().any(|end| word.small.strip_suffix(end).is_some_and(is_whole_list))
    }) {
        return Some((None, place + 1));
    }
    let end = (place + 1..place + 3).find(|end| is(*end, &["list", "liste"]))?;
    let written: Vec<&str> = words[place..end].iter().map(|word| strip_quotes(word.written)).collect();
    let name = written.join(" ");
    match is_whole_list(&name) {
        true => Some((None, end + 1)),
        false => (place..end).all(|at| is_name(at).is_some()).then_some((Some(name), end + 1)),
    }
}

/// The priority that words begin with, and how many of them say it.
fn priority_at(small: &[&str]) -> Option<(&'static str, usize)> {
    let read = |words: &str| parse_priority(words).or_else(|| german_priority(words));
    let two = small.get(..2).map(|words| words.join(" "));
    let two = two.and_then(|words| Some((read(&words)?, 2)));
    two.or_else(|| Some((read(small[0])?, 1)))
}

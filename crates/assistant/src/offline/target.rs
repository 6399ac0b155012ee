//! The tasks that a command is about: by number, by place in the list, or by words of a title.

use crate::agent::referenced_numbers;
use crate::offline::phrase::{strip_prefix, strip_quotes, strip_suffix};

/// The tasks that a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskTarget {
    /// Tasks by number.
    Numbers(Vec<i64>),
    /// A task by its title, or some words of it.
    Title(String),
    /// All tasks, or all of them with this completion.
    All(Option<bool>),
    /// A task by its place in the list, from 1; from its end if negative.
    Place(i64),
    /// "it": the task that was mentioned.
    It,
    /// "them": the tasks that were mentioned.
    Them,
    /// None of these.
    Unspecified,
}

const UNSPECIFIED: [&str; 9] =
    ["", "one", "something", "anything", "some", "a task", "one task", "some tasks", "a few"];
const IT: [&str; 10] =
    ["it", "that", "this", "that one", "this one", "that task", "this task", "the task", "the last change", "the same"];
const THEM: [&str; 8] = ["them", "both", "those", "these", "both of them", "those tasks", "these tasks", "the two"];
const FILLERS: [&str; 16] = [
    "task", "tasks", "number", "numbers", "no", "no.", "nr", "nr.", "and", "the", "my", "todo", "todos", "item",
    "items", "both",
];
/// Words before the number of a task.
const BEFORE_NUMBERS: [&str; 8] = ["task", "tasks", "number", "numbers", "no", "nr", "todo", "item"];
const NUMBER_WORDS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// Words between the first and the last number of a range.
const UNTIL: [&str; 5] = ["to", "through", "thru", "till", "until"];
const PLACES: [(&str, i64); 14] = [
    ("first", 1),
    ("1st", 1),
    ("top", 1),
    ("second", 2),
    ("2nd", 2),
    ("third", 3),
    ("3rd", 3),
    ("fourth", 4),
    ("4th", 4),
    ("fifth", 5),
    ("5th", 5),
    ("last", -1),
    ("latest", -1),
    ("newest", -1),
];
/// Tasks in a range.
const MAX_RANGE: i64 = 100;

impl TaskTarget {
    /// Reads the words after (or before) the verb of a command.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim().trim_end_matches(['.', '!', '?', ',', ';', ':']).trim();
        let lower = text.to_lowercase();
        if let Some(numbers) = parse_numbers(&lower) {
            return Self::Numbers(numbers);
        }
        if let Some(completed) = parse_collective(&lower) {
            return Self::All(completed);
        }
        if let Some(place) = parse_place(&lower) {
            return Self::Place(place);
        }
        let is_count = |lower: &str| match lower.split(' ').collect::<Vec<_>>().as_slice() {
            [count, "tasks" | "items" | "todos"] => parse_number(count, true).is_some(),
            _ => false,
        };
        match lower.as_str() {
            lower if IT.contains(&lower) => Self::It,
            lower if THEM.contains(&lower) => Self::Them,
            lower if UNSPECIFIED.contains(&lower) => Self::Unspecified,
            lower if is_count(lower) => Self::Unspecified,
            _ => match title(text) {
                title if UNSPECIFIED.contains(&title.to_lowercase().as_str()) => Self::Unspecified,
                title => Self::Title(title),
            },
        }
    }
}

/// Reads "all my completed tasks", "everything that is done", "my list": all tasks, or those with this completion.
fn parse_collective(lower: &str) -> Option<Option<bool>> {
    let (mut many, mut completed) = (false, None);
    for word in lower.split_whitespace() {
        match word {
            "all" | "every" | "everything" | "tasks" | "todos" | "todo" | "list" | "items" | "ones" | "whatever" => {
                many = true
            }
            "completed" | "complete" | "done" | "finished" | "closed" => completed = Some(true),
            "pending" | "open" | "remaining" | "unfinished" | "incomplete" | "left" => completed = Some(false),
            "my" | "the" | "of" | "them" | "it" | "task" | "on" | "whole" | "entire" | "that's" | "that" | "which"
            | "is" | "are" | "already" | "i" | "i've" | "have" | "from" | "in" => {}
            _ => return None,
        }
    }
    (many).then_some(completed)
}

/// Reads "the second task on my list".
fn parse_place(lower: &str) -> Option<i64> {
    let mut place = None;
    for word in lower.split_whitespace() {
        match PLACES.iter().find(|(name, _)| *name == word) {
            Some((_, at)) if place.is_none() => place = Some(*at),
            None if ["the", "my", "one", "task", "item", "todo", "on", "of", "in", "list", "entry"].contains(&word) => {
            }
            _ => return None,
        }
    }
    place
}

/// Reads a text of nothing but numbers and the words around them.
fn parse_numbers(lower: &str) -> Option<Vec<i64>> {
    let spaced = lower.replace([',', '&', '+'], " ").replace('#', " # ").replace(['–', '—'], "-");
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| *word != "#").collect();
    let mut found = Vec::new();
    let mut counts = false;
    for (at, word) in words.iter().enumerate() {
        let named =
            at > 0 && (BEFORE_NUMBERS.contains(&words[at - 1].trim_end_matches('.')) || UNTIL.contains(&words[at - 1]));
        let listed = at > 0 && !found.is_empty() && words[at - 1] == "and";
        match parse_number(word, named || listed) {
            // "2 tasks" is a count, not a number of a task.
            Some(_) if !named && words.get(at + 1).is_some_and(|next| matches!(*next, "tasks" | "items" | "todos")) => {
                counts = true
            }
            Some((first, last)) => found.extend(range(first, last)?),
            None if UNTIL.contains(word) && !found.is_empty() => {
                let (first, last) = (found.pop()?, parse_number(words.get(at + 1)?, true)?.0);
                found.extend(range(first, last)?);
                found.pop(); // comes next
            }
            None if FILLERS.contains(word) => {}
            None => return leading_number(lower),
        }
    }
    let mut unique = Vec::new();
    for number in found {
        if !unique.contains(&number) {
            unique.push(number);
        }
    }
    (!unique.is_empty() && !counts).then_some(unique)
}

fn range(first: i64, last: i64) -> Option<std::ops::RangeInclusive<i64>> {
    (first <= last && last.saturating_sub(first) < MAX_RANGE).then_some(first..=last)
}

/// Reads the first and the last number of "3", "task3", "2-4", and of "three" where a number is expected.
fn parse_number(word: &str, expected: bool) -> Option<(i64, i64)> {
    let word = word.strip_prefix("task").filter(|rest| !rest.is_empty()).unwrap_or(word);
    if let Ok(number) = word.parse::<i64>() {
        return Some((number, number));
    }
    if let Some((first, last)) = word.split_once('-') {
        return Some((first.parse().ok()?, last.parse().ok()?));
    }
    let at = NUMBER_WORDS.iter().position(|known| *known == word).filter(|_| expected)?;
    i64::try_from(at + 1).ok().map(|number| (number, number))
}

/// Reads "task #3 from my list", "#3 please": a number first, and words that add nothing.
fn leading_number(lower: &str) -> Option<Vec<i64>> {
    let start = lower.trim_start_matches("the ").trim_start_matches("my ");
    if !(start.starts_with('#') || start.starts_with("task ") || start.starts_with("tasks ")) {
        return None;
    }
    let rest = start.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    let named = start.starts_with('#') || rest.starts_with(|c: char| c == '#' || c.is_ascii_digit());
    let adds_nothing = [" from ", " off ", " in ", " on ", " please", " for me", " now", " instead", " too"];
    let numbers = referenced_numbers(lower);
    (named && adds_nothing.iter().any(|words| lower.contains(words)) && !numbers.is_empty()).then_some(numbers)
}

/// A title without the quotes, articles, "task" and "my list" around it.
pub(crate) fn title(text: &str) -> String {
    const BEFORE: [&str; 21] = [
        "the task called ",
        "the task named ",
        "the task about ",
        "the task that says ",
        "the task to ",
        "the task ",
        "my task ",
        "a task ",
        "task called ",
        "task named ",
        "task about ",
        "task to ",
        "task ",
        "the one about ",
        "the one that says ",
        "the ",
        "my ",
        "called ",
        "named ",
        "titled ",
        ": ",
    ];
    const AFTER: [&str; 13] = [
        " task",
        " item",
        " todo",
        " entry",
        " reminder",
        " from my list",
        " from the list",
        " from list",
        " off my list",
        " off the list",
        " on my list",
        " from my tasks",
        " instead",
    ];
    let mut title = text.trim();
    if strip_prefix(title, "the ") != title {
        title = [" one", " thing"].iter().fold(title, |title, suffix| strip_suffix(title, suffix));
    }
    loop {
        let before = title;
        title = strip_quotes(title);
        for prefix in BEFORE {
            title = strip_prefix(title, prefix);
        }
        for suffix in AFTER {
            title = strip_suffix(title, suffix);
        }
        title = title.trim();
        if title == before {
            return title.to_owned();
        }
    }
}

/// The id at this place, counted from 1, or from the end if negative.
pub(crate) fn nth(ids: &[i64], place: i64) -> Option<i64> {
    let from = |place: i64| usize::try_from(place - 1).ok();
    if place < 0 { ids.iter().rev().nth(from(-place)?).copied() } else { ids.get(from(place)?).copied() }
}

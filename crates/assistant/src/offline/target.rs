//! The tasks that a command is about: by number, by place in the list, or by words of a title.

mod except;
mod numbers;
mod title;

pub(crate) use except::split_except;
use numbers::{parse_number, parse_numbers};
pub(crate) use title::title;

use crate::offline::filter::{TaskFilter, names_many, read_filter};

/// The tasks that a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskTarget {
    /// Tasks by number.
    Numbers(Vec<i64>),
    /// A task by its title, or some words of it.
    Title(String),
    /// All tasks, or all of them with this completion.
    All(Option<bool>),
    /// All tasks with these words in their titles.
    Matching(String),
    /// These tasks but those with these words.
    Except(Box<TaskTarget>, String),
    /// All tasks that have this in common.
    Common(Box<TaskFilter>),
    /// A task by its place in the list, from 1; from its end if negative.
    Place(i64),
    /// So many tasks at the beginning of the list.
    First(usize),
    /// So many tasks at the end of the list.
    Last(usize),
    /// Those of these tasks that the place or the count names.
    Within(Vec<i64>, Box<TaskTarget>),
    /// "it": the task that was mentioned.
    It,
    /// "them": the tasks that were mentioned.
    Them,
    /// Those that the message before has added or changed.
    Changed,
    /// None of these.
    Unspecified,
}

const UNSPECIFIED: [&str; 9] =
    ["", "one", "something", "anything", "some", "a task", "one task", "some tasks", "a few"];
const IT: [&str; 11] = [
    "it",
    "that",
    "this",
    "that one",
    "this one",
    "that task",
    "this task",
    "the task",
    "the last change",
    "the same",
    "it's",
];
const THEM: [&str; 12] = [
    "them",
    "both",
    "those",
    "these",
    "both of them",
    "those tasks",
    "these tasks",
    "the two",
    "them all",
    "all of them",
    "all of those",
    "all of these",
];
/// Words that join tasks instead of describing them.
const BETWEEN: [&str; 3] = ["and", "of", "or"];
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

/// Words for the beginning and for the end of the list; whether the end is meant.
const END_WORDS: [(&str, bool); 6] =
    [("first", false), ("top", false), ("next", false), ("last", true), ("latest", true), ("newest", true)];

impl TaskTarget {
    /// Whether it names tasks by number.
    pub(crate) fn is_numbers(&self) -> bool {
        matches!(self, Self::Numbers(_))
    }

    /// The words for one task, where `noun` is the one for a task.
    pub(crate) fn words(&self, noun: &str) -> String {
        match self {
            Self::Numbers(ids) => ids.iter().map(|id| format!("{noun} {id}")).collect::<Vec<_>>().join(", "),
            Self::Title(words) => words.clone(),
            _ => format!("{noun} 3"),
        }
    }

    /// The ids that a place, or a count from an end, names among these.
    pub(crate) fn at_place(&self, ids: &[i64]) -> Vec<i64> {
        match self {
            Self::First(count) => ids[..ids.len().min(*count)].to_vec(),
            Self::Last(count) => ids[ids.len().saturating_sub(*count)..].to_vec(),
            Self::Place(place) => nth(ids, *place).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Reads the words after (or before) the verb of a command.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim().trim_end_matches(['.', '!', '?', ',', ';', ':']).trim();
        let lower = text.to_lowercase();
        if let Some(numbers) = parse_numbers(&lower) {
            return Self::Numbers(numbers);
        }
        if THEM.contains(&lower.as_str()) {
            return Self::Them;
        }
        if let Some(completed) = parse_collective(&lower) {
            return Self::All(completed);
        }
        if let Some(filter) = names_many(&lower).then(|| parse_common(text)).flatten() {
            return Self::Common(Box::new(filter));
        }
        if let Some(target) = parse_some(&lower) {
            return target;
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
    let (mut many, mut completed, mut denied) = (false, None, false);
    for word in lower.split_whitespace() {
        match word {
            "all" | "every" | "everything" | "tasks" | "todos" | "todo" | "list" | "items" | "ones" | "whatever" => {
                many = true
            }
            "completed" | "complete" | "done" | "finished" | "closed" => completed = Some(true),
            "pending" | "open" | "remaining" | "unfinished" | "incomplete" | "left" => completed = Some(false),
            "haven't" | "not" | "isn't" | "aren't" | "yet" => denied = true,
            "my" | "the" | "of" | "them" | "it" | "task" | "one" | "on" | "whole" | "entire" | "that's" | "that"
            | "which" | "is" | "are" | "already" | "i" | "i've" | "have" | "from" | "in" => {}
            _ => return None,
        }
    }
    let one = completed.is_some() && lower.split_whitespace().any(|word| matches!(word, "one" | "task"));
    let many = many || (one && !denied);
    (many && (completed.is_some() || !denied)).then(|| completed.map(|completed: bool| completed != denied))
}

/// Reads "everything due today", "all urgent tasks in the list Home", "today's tasks".
fn parse_common(text: &str) -> Option<TaskFilter> {
    let reading = read_filter(text);
    let is_common = reading.is_many
        && reading.unread.is_none()
        && reading.filter.has_conditions()
        && reading.filter.order.is_none();
    is_common.then_some(reading.filter)
}

/// Reads "everything except the rent", "the last two", "all buy tasks".
fn parse_some(lower: &str) -> Option<TaskTarget> {
    if let Some(split) = split_except(lower)
        && let Some(all) = parse_collective(split.before).filter(Option::is_none).map(TaskTarget::All)
    {
        let kept = split.kept.strip_prefix("tasks ").unwrap_or(split.kept);
        return Some(TaskTarget::Except(Box::new(all), title(kept)));
    }
    for about in [" about ", " with ", " containing ", " that contains ", " that contain "] {
        if let Some((many, words)) = lower.split_once(about)
            && ["anything", "everything", "all", "all tasks", "every task"].contains(&many)
        {
            return Some(TaskTarget::Matching(title(words)));
        }
    }
    match lower.trim_start_matches("the ").split(' ').collect::<Vec<_>>().as_slice() {
        [end, count] | [end, count, "tasks" | "ones" | "items"]
            if *count != "one" && END_WORDS.iter().any(|(word, _)| word == end) =>
        {
            let (count, _) = parse_number(count, true)?;
            let count = usize::try_from(count).ok()?;
            let is_last = END_WORDS.iter().any(|(word, is_last)| word == end && *is_last);
            Some(if is_last { TaskTarget::Last(count) } else { TaskTarget::First(count) })
        }
        ["all", words @ .., "tasks" | "ones" | "items"]
            if !words.is_empty() && words.iter().all(|word| !BETWEEN.contains(word)) =>
        {
            Some(TaskTarget::Matching(words.join(" ").trim_start_matches("the ").trim_start_matches("my ").to_owned()))
        }
        _ => None,
    }
}

/// Reads "the second task on my list".
pub(crate) fn parse_place(lower: &str) -> Option<i64> {
    let mut place = None;
    for word in lower.split_whitespace() {
        match PLACES.iter().find(|(name, _)| *name == word) {
            Some((_, at)) if place.is_none() => place = Some(*at),
            None if ["the", "my", "one", "task", "item", "todo", "on", "of", "in", "list", "entry", "thing"]
                .contains(&word) => {}
            _ => return None,
        }
    }
    place
}

/// The id at this place, counted from 1, or from the end if negative.
pub(crate) fn nth(ids: &[i64], place: i64) -> Option<i64> {
    let from = |place: i64| usize::try_from(place - 1).ok();
    if place < 0 { ids.iter().rev().nth(from(-place)?).copied() } else { ids.get(from(place)?).copied() }
}

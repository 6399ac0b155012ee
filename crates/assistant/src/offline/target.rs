//! Which task a sentence means: by number, or by words of its title.

use crate::confirm::referenced_numbers;

/// What a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Tasks by number.
    Numbers(Vec<i64>),
    /// A task by its title, or some words of it.
    Title(String),
    /// All tasks, or all of them with this completion.
    All(Option<bool>),
    /// "it", "them": more or less than one task, or none that we can know.
    Vague,
}

const VAGUE: [&str; 11] =
    ["", "it", "that", "this", "them", "both", "that one", "this one", "one", "something", "anything"];
const FILLERS: [&str; 12] =
    ["task", "tasks", "number", "numbers", "no", "no.", "and", "the", "my", "todo", "todos", "item"];

impl Target {
    /// Reads what follows (or precedes) a command's verb.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim().trim_end_matches(['.', '!', '?', ',', ';', ':']).trim();
        let lower = text.to_lowercase();
        if let Some(numbers) = numbers(&lower) {
            return Self::Numbers(numbers);
        }
        let title = title(text);
        let lower = title.to_lowercase();
        if let Some(completed) = collective(&text.to_lowercase()) {
            return Self::All(completed);
        }
        if VAGUE.contains(&lower.as_str()) {
            return Self::Vague;
        }
        Self::Title(title)
    }
}

/// "all my completed tasks", "everything", "my list": which ones, if the text means tasks by nothing but their state.
fn collective(lower: &str) -> Option<Option<bool>> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (mut many, mut completed) = (false, None);
    for word in words {
        match word {
            "all" | "every" | "everything" | "tasks" | "todos" | "todo" | "list" | "items" => many = true,
            "completed" | "complete" | "done" | "finished" => completed = Some(true),
            "pending" | "open" | "remaining" | "unfinished" | "incomplete" => completed = Some(false),
            "my" | "the" | "of" | "them" | "it" | "task" | "ones" | "on" | "whole" | "entire" => {}
            _ => return None,
        }
    }
    (many).then_some(completed)
}

/// The numbers, if the text is made of nothing but numbers and the words around them.
fn numbers(lower: &str) -> Option<Vec<i64>> {
    let spaced = lower.replace([',', '#', '&', '+'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let only_numbers = words.iter().all(|word| word.parse::<i64>().is_ok() || FILLERS.contains(word));
    let numbers: Vec<i64> = match only_numbers {
        true => words.iter().filter_map(|word| word.parse().ok()).collect(),
        false => leading_number(lower)?,
    };
    let mut unique = Vec::new();
    for number in numbers {
        if !unique.contains(&number) {
            unique.push(number);
        }
    }
    (!unique.is_empty()).then_some(unique)
}

/// "task #3 from my list", "#3 please": a number first, and words that add nothing.
fn leading_number(lower: &str) -> Option<Vec<i64>> {
    let start = lower.trim_start_matches("the ").trim_start_matches("my ");
    if !(start.starts_with('#') || start.starts_with("task ") || start.starts_with("tasks ")) {
        return None;
    }
    let rest = start.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    let named = start.starts_with('#') || rest.starts_with(|c: char| c == '#' || c.is_ascii_digit());
    let adds_nothing =
        [" from ", " off ", " in ", " on ", " please", " for me", " now"].iter().any(|w| lower.contains(w));
    (named && adds_nothing).then(|| referenced_numbers(lower))
}

/// A title without quotes, articles, and the words "task" and "my list" around it.
pub(crate) fn title(text: &str) -> String {
    let mut title = text.trim();
    loop {
        let before = title;
        title = unquoted(title);
        for prefix in ["the task ", "my task ", "a task ", "task ", "the ", "my ", "called ", "named ", "titled ", ": "]
        {
            title = strip_prefix(title, prefix);
        }
        for suffix in [" task", " from my list", " from the list", " off my list", " off the list", " from my tasks"] {
            title = strip_suffix(title, suffix);
        }
        title = title.trim();
        if title == before {
            return title.to_owned();
        }
    }
}

/// Without a pair of quotes around it.
pub(crate) fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    text
}

/// `text` without `prefix` (ASCII, lower case), whatever the case.
pub(crate) fn strip_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

/// `text` without `suffix` (ASCII, lower case), whatever the case.
pub(crate) fn strip_suffix<'a>(text: &'a str, suffix: &str) -> &'a str {
    let at = text.len().saturating_sub(suffix.len());
    match text.get(at..) {
        Some(end) if end.eq_ignore_ascii_case(suffix) => &text[..at],
        _ => text,
    }
}

//! Priorities in the words people use.

use crate::offline::phrase::{strip_prefix, strip_suffix};

/// Words for a level, and the priority.
const LEVELS: [(&str, &str); 15] = [
    ("high", "high"),
    ("highest", "high"),
    ("higher", "high"),
    ("top", "high"),
    ("medium", "medium"),
    ("middle", "medium"),
    ("normal", "medium"),
    ("low", "low"),
    ("lower", "low"),
    ("lowest", "low"),
    ("no", "none"),
    ("none", "none"),
    ("max", "high"),
    ("maximum", "high"),
    ("minimum", "low"),
];
/// Words that are a priority by themselves.
const KINDS: [(&str, &str); 7] = [
    ("urgent", "high"),
    ("important", "high"),
    ("critical", "high"),
    ("very urgent", "high"),
    ("very important", "high"),
    ("unimportant", "low"),
    ("not urgent", "low"),
];
/// What stands between a title and its priority.
const BETWEEN: [&str; 9] =
    [" with a ", " with ", ", ", " as ", " (", " and give it ", " and make it ", " at ", " and mark it as "];

/// The priority of "high priority", "urgent", "priority low".
pub(super) fn parse_priority(text: &str) -> Option<&'static str> {
    let lower = text.trim().trim_end_matches([')', '.', '!', '?']).to_lowercase().replace('-', " ");
    let known = |table: &[(&str, &'static str)], word: &str| {
        table.iter().find(|(name, _)| *name == word).map(|(_, priority)| *priority)
    };
    let kind = known(&KINDS, &lower);
    let level = || {
        let level = lower.strip_suffix(" priority").or_else(|| lower.strip_prefix("priority "))?;
        known(&LEVELS, level.trim_start_matches([':', ' ']).trim_start_matches("a "))
    };
    kind.or_else(level)
}

/// The priority of "hohe Priorität", "dringende", in small letters.
pub(super) fn german_priority(lower: &str) -> Option<&'static str> {
    let level = lower.strip_suffix(" priorität").map(|level| level.trim_end_matches(['e', 'r', 'n']));
    match (level, lower) {
        (Some("hoh" | "höchst"), _) => Some("high"),
        (Some("mittl"), _) => Some("medium"),
        (Some("niedrig"), _) => Some("low"),
        (Some("kei"), _) => Some("none"),
        (_, "dringend" | "dringende" | "dringenden" | "dringendes" | "wichtig" | "wichtige" | "wichtigen") => {
            Some("high")
        }
        (_, "unwichtig" | "unwichtige" | "unwichtigen") => Some("low"),
        _ => None,
    }
}

/// The priority of "high", where a priority is expected.
fn parse_level(text: &str) -> Option<&'static str> {
    let lower = text.trim().trim_end_matches(['.', '!', '?']).to_lowercase();
    parse_priority(text).or_else(|| LEVELS.iter().find(|(name, _)| *name == lower).map(|(_, priority)| *priority))
}

/// The text before a priority at its end, as in "call mum, high priority".
pub(super) fn strip_priority(text: &str) -> (&str, Option<&'static str>) {
    let lower = text.to_ascii_lowercase();
    let found = BETWEEN.iter().find_map(|between| {
        let at = lower.rfind(between)?;
        Some((&text[..at], parse_priority(&text[at + between.len()..])?))
    });
    found.map_or((text, None), |(before, priority)| (before, Some(priority)))
}

/// The words after a priority at the beginning, as in "high priority task".
pub(super) fn strip_leading_priority(text: &str) -> (&str, Option<&'static str>) {
    let words: Vec<&str> = text.splitn(3, ' ').collect();
    let two = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    let rest = |count: usize| text.splitn(count + 1, ' ').nth(count).unwrap_or_default();
    match (parse_priority(&two), words.first().and_then(|word| parse_priority(word))) {
        (Some(priority), _) if words.len() > 2 => (rest(2), Some(priority)),
        (_, Some(priority)) if words.len() > 1 => (rest(1), Some(priority)),
        _ => (text, None),
    }
}

/// Reads "set milk to high priority", "mark 2 as urgent", "the rent is important": the words of the task, and its priority.
pub(super) fn parse_prioritised(text: &str) -> Option<(&str, &'static str)> {
    let after = |verbs: &[&str]| verbs.iter().map(|verb| strip_prefix(text, verb)).find(|rest| *rest != text);
    if let Some(rest) = after(&["remove the priority of ", "remove the priority from ", "clear the priority of "]) {
        return Some((rest, "none"));
    }
    if let Some(rest) = after(&["prioritise ", "prioritize "]) {
        return Some((rest, "high"));
    }
    if let Some(rest) = after(&["deprioritise ", "deprioritize "]) {
        return Some((rest, "low"));
    }
    let titled = ["set the priority of ", "change the priority of ", "set priority of ", "make the priority of "];
    if let Some(rest) = after(&titled) {
        let (words, level) = rest.rsplit_once(" to ").or_else(|| rest.rsplit_once(' '))?;
        return Some((words, parse_level(level)?));
    }
    if let Some(rest) = after(&["set ", "make ", "mark ", "give ", "change ", "move ", "put ", "update ", "flag "]) {
        return split_level(rest);
    }
    let state = [" is ", " has ", " are ", " is now ", " is a "].iter().find_map(|is| {
        let (words, state) = text.rsplit_once(is)?;
        Some((words, parse_priority(state)?))
    });
    state.filter(|(words, _)| !words.is_empty())
}

/// Splits "milk to high", "milk a high priority", "the rent urgent".
fn split_level(rest: &str) -> Option<(&str, &'static str)> {
    rest.match_indices(' ').find_map(|(at, _)| {
        let (words, tail) = (&rest[..at], &rest[at + 1..]);
        let named = ["to ", "as "].iter().map(|to| strip_prefix(tail, to)).find(|level| *level != tail);
        let level = named.map(|level| strip_prefix(strip_prefix(level, "a "), "an "));
        let priority = level.and_then(parse_level).or_else(|| parse_priority(strip_prefix(tail, "a ")))?;
        Some((words, priority))
    })
}

/// The priority that a question about the list names: "show urgent tasks", "what is important?".
pub(super) fn asked_priority(lower: &str) -> Option<&'static str> {
    let lower = lower.trim_end_matches(['?', '.', '!']);
    let asks = ["show ", "list ", "what", "which ", "any ", "are there ", "do i have ", "is there "];
    let rest = asks.iter().find_map(|ask| lower.strip_prefix(ask))?;
    let rest = [
        "'s ",
        "s ",
        " is ",
        " are ",
        " tasks are ",
        "tasks are ",
        "tasks have ",
        "tasks have a ",
        "me ",
        "my ",
        "me my ",
        "the ",
        "all ",
        "me all ",
    ]
    .iter()
    .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest))
    .trim();
    let ends = [" tasks", " task", " ones", " items", " todos", " things", " anything"];
    parse_priority(ends.iter().fold(rest.trim_start_matches("anything "), |rest, end| strip_suffix(rest, end)))
}

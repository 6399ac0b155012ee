//! New tasks: what their titles are.

use super::parse::{Command, after_verb, parse};
use super::target::{Target, strip_prefix, strip_suffix, unquoted};
use super::words::{ADD, DESCRIBED, DUTIES, MY_LIST, TASK_VERBS};

/// Pieces of a list, "milk, eggs and bread", have at most so many words.
const SHORT: usize = 2;

/// "add …".
pub(super) fn added(text: &str) -> Option<Command> {
    let (verb, rest) = ADD.iter().find_map(|verb| Some((*verb, after_verb(text, verb)?)))?;
    let listed = MY_LIST.iter().map(|place| strip_suffix(rest, place)).find(|start| *start != rest);
    if verb == "put" && listed.is_none() {
        return None;
    }
    let (counted, rest) = uncounted(listed.unwrap_or(rest).trim_start_matches([':', ',', '-', ' ']));
    if let Some(command) = described(rest) {
        return Some(command);
    }
    let plural = counted || verb.contains("tasks") || verb == "add the following";
    let titles: Vec<String> =
        split_titles(rest, plural, matches!(verb, "add" | "put")).into_iter().filter(|t| !t.is_empty()).collect();
    let nothing = titles.is_empty()
        || matches!(
            rest.to_ascii_lowercase().as_str(),
            "a task" | "task" | "tasks" | "new task" | "something" | "it" | "one" | "another"
        );
    Some(if nothing { Command::Add(Vec::new()) } else { Command::Add(titles) })
}

/// "I need to …", "don't forget to …": a task, unless it is a command about one.
pub(super) fn duty(text: &str) -> Option<Command> {
    let rest =
        DUTIES.iter().find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let about_a_task = match parse(rest) {
        Command::Complete(target) | Command::Delete(target) | Command::Reopen(target) => {
            !matches!(target, Target::Title(_))
        }
        Command::Rename(readings) => readings.iter().any(|(target, _)| matches!(target, Target::Numbers(_))),
        Command::List(_)
        | Command::Count(_)
        | Command::Add(_)
        | Command::AddDescribed(..)
        | Command::Undo(_)
        | Command::Several(_) => true,
        _ => false,
    };
    Some(if about_a_task { parse(rest) } else { Command::Add(split_titles(rest, false, false)) })
}

/// "milk with the description 2 litres".
fn described(rest: &str) -> Option<Command> {
    let lower = rest.to_ascii_lowercase();
    let (at, words) = DESCRIBED.iter().find_map(|words| Some((lower.find(words)?, words)))?;
    let description = unquoted(rest[at + words.len()..].trim_start_matches([':', ' ']).trim());
    Some(Command::AddDescribed(clean_title(&rest[..at]), description.to_owned()))
}

/// Without "3 tasks:" before the titles.
fn uncounted(text: &str) -> (bool, &str) {
    if let Some((start, rest)) = text.split_once(':') {
        let words: Vec<&str> = start.split(' ').collect();
        if words.len() <= 3 && words.last().is_some_and(|word| matches!(*word, "tasks" | "things" | "items" | "todos"))
        {
            return (true, rest.trim());
        }
    }
    (false, text)
}

/// Several titles in one sentence: lines and semicolons always; commas and "and" after "tasks", between quotes and in a list of
/// short things; else only before a verb.
fn split_titles(text: &str, plural: bool, plain: bool) -> Vec<String> {
    if unquoted(text) != text {
        return vec![unquoted(text).to_owned()];
    }
    let list = plain && is_list(text);
    let mut titles = Vec::new();
    for piece in text.split([';', '\n']) {
        let mut start = 0;
        let lower = piece.to_ascii_lowercase();
        let mut breaks: Vec<(usize, &str)> = lower.match_indices(" and ").chain(lower.match_indices(", ")).collect();
        breaks.sort_unstable();
        for (at, and) in breaks {
            let next = lower[at + and.len()..].trim_start_matches("and ");
            let first = next.split([' ', ',']).next().unwrap_or_default();
            let quoted = piece[start..at].trim().ends_with(['"', '\'']) && next.starts_with(['"', '\'']);
            if at >= start && (plural || list || quoted || TASK_VERBS.contains(&first)) {
                titles.push(&piece[start..at]);
                start = at + and.len();
            }
        }
        titles.push(&piece[start..]);
    }
    titles.into_iter().map(clean_title).collect()
}

/// "milk, eggs and bread".
fn is_list(text: &str) -> bool {
    let pieces: Vec<&str> = text.split(", ").flat_map(|piece| piece.split(" and ")).collect();
    let short = |piece: &&str| (1..=SHORT).contains(&piece.trim_start_matches("and ").split_whitespace().count());
    text.contains(", ") && pieces.len() > 2 && pieces.iter().all(short)
}

/// A title without what belonged to the sentence around it.
fn clean_title(text: &str) -> String {
    let text = text.trim().trim_start_matches(['-', '*', '•', '+']).trim_start();
    let text = match text.split_once(['.', ')']) {
        Some((number, rest)) if number.len() < 3 && number.parse::<u8>().is_ok() && rest.starts_with(' ') => {
            rest.trim_start()
        }
        _ => text,
    };
    let text = strip_prefix(text, "and ");
    let text = ADD.iter().find_map(|verb| after_verb(text, verb).filter(|_| *verb != "put")).unwrap_or(text);
    let text = ["called", "named", "titled"].iter().find_map(|word| after_verb(text, word)).unwrap_or(text);
    unquoted(text.trim().trim_end_matches([',', '.'])).to_owned()
}

//! Commands that add tasks, and the titles in them.

use crate::offline::command::TaskCommand;
use crate::offline::phrase::{after_verb, strip_prefix, strip_quotes, strip_suffix};
use crate::offline::words::{ADD, DESCRIBED, MY_LIST, TASK_VERBS};

/// Words of an item in a list like "milk, eggs and bread".
const MAX_ITEM_WORDS: usize = 2;

/// Reads "add …".
pub(super) fn parse_add(text: &str) -> Option<TaskCommand> {
    let (verb, rest) = ADD.iter().find_map(|verb| Some((*verb, after_verb(text, verb)?)))?;
    let listed = MY_LIST.iter().map(|place| strip_suffix(rest, place)).find(|start| *start != rest);
    if verb == "put" && listed.is_none() {
        return None;
    }
    let (counted, rest) = strip_count(listed.unwrap_or(rest).trim_start_matches([':', ',', '-', ' ']));
    if let Some(command) = parse_description(rest) {
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
    Some(if nothing { TaskCommand::Add(Vec::new()) } else { TaskCommand::Add(titles) })
}

/// Reads "milk with the description 2 litres".
fn parse_description(rest: &str) -> Option<TaskCommand> {
    let lower = rest.to_ascii_lowercase();
    let (at, words) = DESCRIBED.iter().find_map(|words| Some((lower.find(words)?, words)))?;
    let description = strip_quotes(rest[at + words.len()..].trim_start_matches([':', ' ']).trim());
    Some(TaskCommand::AddWithDescription(clean_title(&rest[..at]), description.to_owned()))
}

/// The text after "3 tasks:", and whether it began so.
fn strip_count(text: &str) -> (bool, &str) {
    if let Some((start, rest)) = text.split_once(':') {
        let words: Vec<&str> = start.split(' ').collect();
        if words.len() <= 3 && words.last().is_some_and(|word| matches!(*word, "tasks" | "things" | "items" | "todos"))
        {
            return (true, rest.trim());
        }
    }
    (false, text)
}

/// Splits a sentence into titles. Lines and semicolons always separate them; commas and "and" do after "tasks", between quotes
/// and in a list of short items, else only before a verb.
pub(super) fn split_titles(text: &str, plural: bool, plain: bool) -> Vec<String> {
    if strip_quotes(text) != text {
        return vec![strip_quotes(text).to_owned()];
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

/// Whether a text is a list like "milk, eggs and bread".
fn is_list(text: &str) -> bool {
    let pieces: Vec<&str> = text.split(", ").flat_map(|piece| piece.split(" and ")).collect();
    let short =
        |piece: &&str| (1..=MAX_ITEM_WORDS).contains(&piece.trim_start_matches("and ").split_whitespace().count());
    text.contains(", ") && pieces.len() > 2 && pieces.iter().all(short)
}

/// A title without the words of the sentence around it.
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
    strip_quotes(text.trim().trim_end_matches([',', '.'])).to_owned()
}

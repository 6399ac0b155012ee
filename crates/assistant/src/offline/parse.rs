//! Sentences to commands. Patterns are tried from the most to the least definite; what none of them takes is not
//! understood, and says so.

use super::target::{Target, strip_prefix, strip_suffix, title, unquoted};
use super::words::{
    ADD, COMPLETE, DELETE, DONE_MARKS, IS_DONE, MY_LIST, PENDING_MARKS, POLITE, RENAME, REOPEN, TASK_VERBS,
};

/// What the user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// New tasks.
    Add(Vec<String>),
    /// Tasks of a status: `all`, `pending` or `completed`.
    List(&'static str),
    /// To mark as completed.
    Complete(Target),
    /// To mark as pending again.
    Reopen(Target),
    /// A new title. A title may hold the word between old and new, so there can be several readings.
    Rename(Vec<(Target, String)>),
    /// To delete.
    Delete(Target),
    /// To bring back: one task by number, or what was deleted last.
    Undo(Option<i64>),
    /// One after the other.
    Several(Vec<Command>),
    /// What can you do?
    Help,
    /// None of these.
    Unknown,
}

/// Reads one message.
pub(crate) fn parse(message: &str) -> Command {
    let words: Vec<&str> = message.split(' ').filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ").replace('’', "'");
    let text = courteous(&joined);
    let lower = text.to_ascii_lowercase();
    if ["don't ", "dont ", "do not ", "never "].iter().any(|word| lower.starts_with(word)) {
        return Command::Unknown;
    }
    if is_help(&lower) {
        return Command::Help;
    }
    let pieces = commands(text, &lower);
    if pieces.len() > 1 {
        return several(pieces.iter().map(|piece| parse(piece)).collect());
    }
    undone(&lower)
        .or_else(|| changing(text))
        .or_else(|| listing(&lower))
        .or_else(|| stated(text))
        .unwrap_or(Command::Unknown)
}

/// Without the courtesies around the sentence.
fn courteous(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text = text.trim().trim_end_matches(['.', '!', '?']).trim_start_matches([',', '-']).trim();
        for word in POLITE {
            text = strip_prefix(text, word);
        }
        for word in ["hey, ", "hi, ", "hello, ", "ok, ", "please, "] {
            text = strip_prefix(text, word);
        }
        for word in [" please", ", please", " for me", " thanks", ", thanks", " thank you", ", thank you"] {
            text = strip_suffix(text, word);
        }
        if text == before {
            return text;
        }
    }
}

fn is_help(lower: &str) -> bool {
    let greeting = matches!(lower, "help" | "help me" | "hi" | "hello" | "hey" | "?" | "" | "commands" | "who are you");
    greeting
        || lower.starts_with("what can you")
        || lower.starts_with("what do you understand")
        || lower == "how does this work"
}

fn several(commands: Vec<Command>) -> Command {
    let titles: Option<Vec<&[String]>> = commands
        .iter()
        .map(|command| match command {
            Command::Add(titles) => Some(titles.as_slice()),
            _ => None,
        })
        .collect();
    match titles {
        Some(titles) => Command::Add(titles.concat()),
        None if commands.contains(&Command::Unknown) => Command::Unknown,
        None => Command::Several(commands),
    }
}

/// "… and delete task 3": cut before each further command of its own.
fn commands<'a>(text: &'a str, lower: &str) -> Vec<&'a str> {
    const VERBS: [&str; 14] = [
        "delete",
        "remove",
        "complete",
        "mark",
        "rename",
        "finish",
        "reopen",
        "show",
        "list",
        "clear",
        "what's left",
        "undo",
        "add a task",
        "restore",
    ];
    const OBJECTS: [&str; 10] = ["task", "#", "the ", "tasks", "my ", "me ", "all ", "pending ", "completed ", "open "];
    let begins = |rest: &str| {
        VERBS.iter().any(|verb| match rest.strip_prefix(verb) {
            Some(after) if verb.contains(' ') || *verb == "undo" => !after.starts_with(|c: char| c.is_alphanumeric()),
            Some(after) => OBJECTS.iter().any(|object| after.strip_prefix(' ').is_some_and(|o| o.starts_with(object))),
            None => false,
        })
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in lower.match_indices([' ', '\n']) {
        let between = [", and then ", " and then ", ", then ", " then ", ", and ", " and ", ", ", "; ", ". ", " "];
        let before = at - usize::from(lower[..at].ends_with([',', ';', '.']));
        let cut = between.iter().find(|between| lower[before..].starts_with(**between) && **between != " ");
        let Some(between) = cut.filter(|between| before >= start && begins(&lower[before + between.len()..])) else {
            continue;
        };
        pieces.push(&text[start..before]);
        start = before + between.len();
    }
    // A list of titles may hold such words: "add tasks: milk, delete the …" is one command with a question.
    pieces.push(&text[start..]);
    if lower.contains('"') { vec![text] } else { pieces }
}

/// "undo that", "bring back task 3".
fn undone(lower: &str) -> Option<Command> {
    const UNDO: [&str; 6] = ["undo", "undelete", "restore", "bring back", "bring it back", "put it back"];
    let rest = UNDO.iter().find_map(|verb| after_verb(lower, verb))?;
    match Target::parse(rest) {
        Target::Numbers(ids) if ids.len() == 1 => Some(Command::Undo(Some(ids[0]))),
        Target::Vague | Target::All(None) => Some(Command::Undo(None)),
        Target::Title(words) if words.contains("last") || words.contains("delet") => Some(Command::Undo(None)),
        _ => Some(Command::Unknown),
    }
}

/// Commands that begin with their verb.
fn changing(text: &str) -> Option<Command> {
    let after = |verbs: &[&str]| verbs.iter().find_map(|verb| after_verb(text, verb));
    if let Some(rest) = after(&DELETE) {
        return Some(Command::Delete(Target::parse(rest)));
    }
    if let Some(rest) = after(&["mark", "set"]) {
        return marked(rest);
    }
    if let Some(rest) = after(&["check", "tick"]).filter(|rest| strip_suffix(rest, " off") != *rest) {
        return Some(Command::Complete(Target::parse(strip_suffix(rest, " off"))));
    }
    if let Some(rest) = after(&REOPEN) {
        return Some(Command::Reopen(Target::parse(rest)));
    }
    if let Some(rest) = after(&COMPLETE) {
        return Some(Command::Complete(Target::parse(rest)));
    }
    if let Some(rest) = after(&RENAME) {
        return renamed(rest);
    }
    added(text)
}

fn after_verb<'a>(text: &'a str, verb: &str) -> Option<&'a str> {
    let rest = strip_prefix(text, verb);
    let ends = rest.is_empty() || rest.starts_with([' ', ':', ',', '\n']);
    (rest.len() < text.len() && ends).then(|| rest.trim_start_matches([' ', ':', ',', '\n']))
}

fn marked(rest: &str) -> Option<Command> {
    let before = |marks: &[&str]| marks.iter().map(|mark| strip_suffix(rest, mark)).find(|start| *start != rest);
    if let Some(start) = before(&PENDING_MARKS) {
        return Some(Command::Reopen(Target::parse(start)));
    }
    before(&DONE_MARKS).map(|start| Command::Complete(Target::parse(start)))
}

/// "task 2 to buy bread": every "to" (or "as") may be the one between old and new, unless a number settles it.
fn renamed(rest: &str) -> Option<Command> {
    let lower = rest.to_ascii_lowercase();
    let mut readings = Vec::new();
    for between in [" to ", " as ", " into "] {
        for (at, _) in lower.match_indices(between) {
            let old = strip_suffix(rest[..at].trim(), "'s title");
            let new = unquoted(rest[at + between.len()..].trim()).to_owned();
            let target = Target::parse(old);
            if matches!(target, Target::Numbers(_)) {
                return Some(Command::Rename(vec![(target, new)]));
            }
            readings.push((target, new));
        }
    }
    (!readings.is_empty()).then_some(Command::Rename(readings))
}

fn added(text: &str) -> Option<Command> {
    let (verb, rest) = ADD.iter().find_map(|verb| Some((*verb, after_verb(text, verb)?)))?;
    let listed = MY_LIST.iter().map(|place| strip_suffix(rest, place)).find(|start| *start != rest);
    if verb == "put" && listed.is_none() {
        return None;
    }
    let rest = listed.unwrap_or(rest).trim_start_matches([':', ',', '-', ' ']);
    let titles: Vec<String> =
        split_titles(rest, verb.contains("tasks")).into_iter().filter(|t| !t.is_empty()).collect();
    let nothing =
        titles.is_empty() || matches!(rest.to_ascii_lowercase().as_str(), "a task" | "task" | "tasks" | "new task");
    Some(if nothing { Command::Add(Vec::new()) } else { Command::Add(titles) })
}

/// Several titles in one sentence: lines and semicolons always; commas and "and" after "tasks"; else only before a verb.
fn split_titles(text: &str, plural: bool) -> Vec<String> {
    if unquoted(text) != text {
        return vec![unquoted(text).to_owned()];
    }
    let mut titles = Vec::new();
    for piece in text.split([';', '\n']) {
        let mut start = 0;
        let lower = piece.to_ascii_lowercase();
        let mut breaks: Vec<(usize, &str)> = lower.match_indices(" and ").chain(lower.match_indices(", ")).collect();
        breaks.sort_unstable();
        for (at, and) in breaks {
            let next = lower[at + and.len()..].trim_start_matches("and ");
            let first = next.split([' ', ',']).next().unwrap_or_default();
            if at >= start && (plural || TASK_VERBS.contains(&first)) {
                titles.push(&piece[start..at]);
                start = at + and.len();
            }
        }
        titles.push(&piece[start..]);
    }
    titles.into_iter().map(clean_title).collect()
}

/// A title without what belonged to the sentence around it.
fn clean_title(text: &str) -> String {
    let text = text.trim().trim_start_matches(['-', '*', '•']).trim_start();
    let text = strip_prefix(text, "and ");
    let text = ADD.iter().find_map(|verb| after_verb(text, verb).filter(|_| *verb != "put")).unwrap_or(text);
    let text = ["called", "named", "titled"].iter().find_map(|word| after_verb(text, word)).unwrap_or(text);
    unquoted(text.trim().trim_end_matches([',', '.'])).to_owned()
}

/// Questions about the list.
fn listing(lower: &str) -> Option<Command> {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').collect();
    let has = |set: &[&str]| words.iter().any(|word| set.contains(word));
    let asks = [
        "show",
        "list",
        "display",
        "view",
        "see",
        "give",
        "get",
        "what",
        "what's",
        "whats",
        "which",
        "how",
        "do",
        "any",
        "my",
        "tasks",
        "all",
        "todo",
        "todos",
        "pending",
        "open",
        "completed",
        "remaining",
        "anything",
        "have",
    ];
    let starts = words.first().is_some_and(|word| asks.contains(word));
    let undone = lower.contains("not done") || lower.contains("not complete") || lower.contains("to do");
    let pending =
        undone || has(&["left", "pending", "remaining", "open", "incomplete", "unfinished", "outstanding", "still"]);
    let completed = has(&["completed", "complete", "done", "finished", "closed"]);
    let about = has(&["task", "tasks", "todo", "todos", "to-do", "to-dos", "list"]);
    let question = words.first().is_some_and(|word| word.starts_with("what") || *word == "anything");
    if !starts || !(about || (question && (pending || completed))) {
        return None;
    }
    Some(Command::List(if pending && !lower.contains("all ") {
        "pending"
    } else if completed {
        "completed"
    } else {
        "all"
    }))
}

/// "Groceries is done".
fn stated(text: &str) -> Option<Command> {
    let start = IS_DONE.iter().map(|end| strip_suffix(text, end)).find(|start| *start != text)?;
    let negated = strip_suffix(start, " not") != start;
    (!negated && !title(start).is_empty()).then(|| Command::Complete(Target::parse(start)))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;

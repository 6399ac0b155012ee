//! Splits a message into its commands.

use crate::offline::parse::add_head::begins_with_add;
use crate::offline::phrase::quotes;
use crate::offline::words::DUTIES;

/// Verbs that begin a command where a task, or a word for one, follows.
const VERBS: [&str; 17] = [
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
    "cancel",
    "move",
    "postpone",
    "reschedule",
    "check off",
    "tick off",
    "tell",
];
/// Words that always begin a command.
const BEGINNINGS: [&str; 12] = [
    "what's left",
    "what is left",
    "what's open",
    "undo",
    "add a task",
    "add task",
    "restore",
    "show me",
    "bring back",
    "remind me",
    "stop reminding me",
    "don't remind me",
];
/// Words for tasks after a verb.
const OBJECTS: [&str; 12] =
    ["task", "#", "the ", "tasks", "my ", "me ", "all ", "pending ", "completed ", "open ", "everything", "what"];
/// Words between two commands.
const CONNECTORS: [&str; 9] = ["and", "then", "also", "plus", "finally", "&", "afterwards", "next", "after that"];
const PRONOUNS: [&str; 5] = ["it", "that", "them", "this", "both"];

/// Splits "… and delete task 3" before each further command. Returns also whether one of the splits is a guess.
pub(super) fn split_commands<'a>(text: &'a str, lower: &str) -> (Vec<&'a str>, bool) {
    // A wish for a new task owns the rest of its sentence, which may contain a verb.
    let owns = begins_with_add(lower) || DUTIES.iter().any(|start| lower.starts_with(start));
    let (mut pieces, mut guessed) = (Vec::new(), false);
    let mut start = 0;
    let quoted = quotes(text);
    for (at, space) in lower.match_indices([' ', '\n']) {
        let before = lower[..at].trim_end_matches([',', ';', '.', '!', '?', ' ']).len();
        if before < start || quoted.iter().any(|quote| quote.contains(&at)) {
            continue;
        }
        let (rest, connected) = strip_connectors(&lower[at + 1..]);
        let same_sentence = space != "\n" && !lower[before..at].contains(['.', '!', '?', ';']);
        let begins = match owns {
            true if same_sentence => begins_named_command(rest),
            owns => begins_command(rest, owns),
        };
        if (connected || before < at || space == "\n") && begins {
            guessed |= !begins_command(rest, true);
            pieces.push(&text[start..before]);
            start = lower.len() - rest.len();
        }
    }
    pieces.push(&text[start..]);
    (pieces, guessed)
}

/// The text after connectors and courtesies, and whether there was a connector.
fn strip_connectors(rest: &str) -> (&str, bool) {
    let mut left = rest;
    let mut connected = false;
    loop {
        let before = left;
        for word in CONNECTORS.iter().chain(&["please", "now"]) {
            if let Some(after) = left.strip_prefix(word).filter(|after| after.starts_with([' ', ','])) {
                left = after.trim_start_matches([' ', ',']);
                connected |= !matches!(*word, "please" | "now");
            }
        }
        if left == before {
            return (left, connected);
        }
    }
}

/// Whether a command begins here; `strict` asks for a word for a task after the verb.
fn begins_command(rest: &str, strict: bool) -> bool {
    let ends = |after: &str| !after.starts_with(|c: char| c.is_alphanumeric());
    if BEGINNINGS.iter().any(|words| rest.strip_prefix(words).is_some_and(ends)) {
        return true;
    }
    if !strict && rest.strip_prefix("add ").is_some() {
        return true;
    }
    VERBS.iter().filter_map(|verb| Some((*verb, rest.strip_prefix(verb)?.strip_prefix(' ')?))).any(|(verb, object)| {
        let pronoun = PRONOUNS.iter().any(|word| object.strip_prefix(word).is_some_and(ends)) && verb != "finish";
        !strict || pronoun || OBJECTS.iter().any(|words| object.starts_with(words)) || is_number(object)
    })
}

/// Whether a command begins here that names its task by number, as "it" or as "the … one", or that changes none.
fn begins_named_command(rest: &str) -> bool {
    let shows = ["show", "list", "tell", "undo", "what's", "what is", "add a task", "add task", "add \""];
    if shows.iter().any(|words| rest.starts_with(words)) {
        return begins_command(rest, true);
    }
    let ends = |after: &str| !after.starts_with(|c: char| c.is_alphanumeric());
    VERBS.iter().filter_map(|verb| rest.strip_prefix(verb)?.strip_prefix(' ')).any(|object| {
        let named = object.trim_start_matches("tasks ").trim_start_matches("task ").trim_start_matches('#');
        let one = object.strip_prefix("the ").is_some_and(|words| words.trim_end_matches(['.', '!']).ends_with(" one"));
        is_number(named)
            || (named.len() < object.len() && named.starts_with(|c: char| c.is_ascii_digit()))
            || PRONOUNS.iter().any(|word| object.strip_prefix(word).is_some_and(ends) && !rest.starts_with("finish "))
            || one
    })
}

/// Whether an object is a number of a task, as in "3", "3 and 4", "3 as done" but not in "3 chairs".
fn is_number(object: &str) -> bool {
    let after = object.trim_start_matches(|c: char| c.is_ascii_digit());
    let next = after.trim_start().split([' ', ',', '.', ';', '!']).next().unwrap_or_default();
    after.len() < object.len()
        && (next.is_empty() || ["and", "as", "to", "done", "then", "complete", "completed", "&"].contains(&next))
}

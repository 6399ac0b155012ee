//! Sentences that are no orders: what is done, and what one says in a talk.

use super::parse::Command;
use super::target::{Target, strip_prefix, strip_suffix, title, unquoted};
use super::words::{IS_DONE, PAST, TASK_VERBS};
use crate::question::parse_yes_or_no;

/// What is no command but an answer, or the beginning of a talk.
pub(super) fn spoken(lower: &str, whole: &str) -> Option<Command> {
    const GREETINGS: [&str; 14] = [
        "help",
        "hi",
        "hello",
        "hey",
        "hi there",
        "hello there",
        "hey there",
        "?",
        "",
        "commands",
        "good morning",
        "good evening",
        "yo",
        "start",
    ];
    const QUESTIONS: [&str; 12] = [
        "what can you",
        "what do you",
        "what are you",
        "how do i",
        "how can i",
        "how do you",
        "how does this",
        "how to",
        "who are you",
        "are you",
        "can you help",
        "help",
    ];
    let whole = whole.to_ascii_lowercase();
    if ["thanks", "thank you", "thx", "cheers", "great", "perfect", "nice", "well done", "cool"].iter().any(|word| {
        lower == *word
            || lower.starts_with("thank you")
            || (lower.is_empty() && whole.contains(word))
            || whole.trim_end_matches(['!', '.']) == *word
    }) {
        return Some(Command::Thanks);
    }
    if GREETINGS.contains(&lower) || QUESTIONS.iter().any(|words| lower.starts_with(words) && !lower.contains("left")) {
        return Some(Command::Help);
    }
    match parse_yes_or_no(lower) {
        Some(false) => Some(Command::Decision(false)),
        Some(true) if !lower.contains("delete") => Some(Command::Decision(true)),
        _ if matches!(lower, "forget it" | "nothing" | "cancel that" | "forget about it") => {
            Some(Command::Decision(false))
        }
        _ => None,
    }
}

/// "Groceries is done", "I bought milk", "task 3 should be called bread".
pub(super) fn stated(text: &str) -> Option<Command> {
    for between in [" should be called ", " should be named ", " should be renamed to ", " should read "] {
        if let Some((old, new)) = text.split_once(between) {
            return Some(Command::Rename(vec![(Target::parse(old), unquoted(new).to_owned())]));
        }
    }
    let text = strip_suffix(text, " yet");
    if let Some(end) = IS_DONE.iter().find(|end| strip_suffix(text, end) != text) {
        let start = strip_suffix(text, end);
        let not = [" is not", " are not", " isn't", " aren't", " not"].iter().find_map(|not| start.strip_suffix(not));
        let sure = end.trim().contains(' ') || end.starts_with('\'');
        return match (Target::parse(not.unwrap_or(start)), not) {
            (Target::Vague, _) => None,
            (Target::It | Target::Them | Target::All(_), Some(_)) => None,
            (Target::All(_), None) if !sure => None,
            (Target::Title(words), None) if ["i'm", "i am", "we're"].contains(&words.to_lowercase().as_str()) => None,
            (target, Some(_)) => Some(Command::Reopen(target)),
            (target, None) => Some(Command::Complete(target)),
        };
    }
    past(text).map(|title| Command::Complete(Target::Title(title)))
}

/// "I bought the milk": what the task may be called.
fn past(text: &str) -> Option<String> {
    let rest = ["i've already ", "i already ", "i just ", "i've just ", "i have ", "i've ", "i "]
        .iter()
        .find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let (did, what) = rest.split_once(' ')?;
    let did = did.to_lowercase();
    let known = PAST.iter().find(|(past, _)| *past == did).map(|(_, verb)| *verb);
    let regular = || TASK_VERBS.into_iter().find(|verb| did == format!("{verb}ed") || did == format!("{verb}d"));
    known.or_else(regular).map(|verb| format!("{verb} {}", title(what)))
}

//! Sentences that are no orders: greetings, thanks, yes and no, and statements about what is done.

use crate::offline::command::TaskCommand;
use crate::offline::phrase::{strip_prefix, strip_quotes, strip_suffix};
use crate::offline::target::{TaskTarget, title};
use crate::offline::words::{IS_DONE, PAST, TASK_VERBS};
use crate::yes_no::parse_yes_or_no;

/// Reads a greeting, a question for help, thanks, a yes or a no. `whole` is the message with its courtesies.
pub(super) fn parse_small_talk(lower: &str, whole: &str) -> Option<TaskCommand> {
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
        return Some(TaskCommand::Thanks);
    }
    if GREETINGS.contains(&lower) || QUESTIONS.iter().any(|words| lower.starts_with(words) && !lower.contains("left")) {
        return Some(TaskCommand::Help);
    }
    match parse_yes_or_no(lower) {
        Some(false) => Some(TaskCommand::Decision(false)),
        Some(true) if !lower.contains("delete") => Some(TaskCommand::Decision(true)),
        _ if matches!(lower, "forget it" | "nothing" | "cancel that" | "forget about it") => {
            Some(TaskCommand::Decision(false))
        }
        _ => None,
    }
}

/// Reads "groceries is done", "I bought milk", "task 3 should be called bread".
pub(super) fn parse_statement(text: &str) -> Option<TaskCommand> {
    for between in [" should be called ", " should be named ", " should be renamed to ", " should read "] {
        if let Some((old, new)) = text.split_once(between) {
            return Some(TaskCommand::Rename(vec![(TaskTarget::parse(old), strip_quotes(new).to_owned())]));
        }
    }
    let text = strip_suffix(text, " yet");
    if let Some(end) = IS_DONE.iter().find(|end| strip_suffix(text, end) != text) {
        let start = strip_suffix(text, end);
        let not = [" is not", " are not", " isn't", " aren't", " not"].iter().find_map(|not| start.strip_suffix(not));
        let sure = end.trim().contains(' ') || end.starts_with('\'');
        return match (TaskTarget::parse(not.unwrap_or(start)), not) {
            (TaskTarget::Unspecified, _) => None,
            (TaskTarget::It | TaskTarget::Them | TaskTarget::All(_), Some(_)) => None,
            (TaskTarget::All(_), None) if !sure => None,
            (TaskTarget::Title(words), None) if ["i'm", "i am", "we're"].contains(&words.to_lowercase().as_str()) => {
                None
            }
            (target, Some(_)) => Some(TaskCommand::Reopen(target)),
            (target, None) => Some(TaskCommand::Complete(target)),
        };
    }
    parse_past(text).map(|title| TaskCommand::Complete(TaskTarget::Title(title)))
}

/// Reads "I bought the milk" as the title that the task may have.
fn parse_past(text: &str) -> Option<String> {
    let rest = ["i've already ", "i already ", "i just ", "i've just ", "i have ", "i've ", "i "]
        .iter()
        .find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let (did, what) = rest.split_once(' ')?;
    let did = did.to_lowercase();
    let known = PAST.iter().find(|(past, _)| *past == did).map(|(_, verb)| *verb);
    let regular = || TASK_VERBS.into_iter().find(|verb| did == format!("{verb}ed") || did == format!("{verb}d"));
    known.or_else(regular).map(|verb| format!("{verb} {}", title(what)))
}

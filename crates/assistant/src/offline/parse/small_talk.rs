//! Messages that are no orders: greetings, thanks, yes and no.

use crate::offline::command::TaskCommand;
use crate::offline::phrase::{after_verb, strip_prefix};
use crate::yes_no::parse_yes_or_no;

/// Messages that greet.
const GREETINGS: [&str; 11] = [
    "good night",
    "how are you",
    "hi",
    "hello",
    "hey",
    "hi there",
    "hello there",
    "hey there",
    "good morning",
    "good evening",
    "yo",
];
/// What begins a question about the assistant.
const QUESTIONS: [&str; 17] = [
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
    "commands",
    "help me",
    "what can i do here",
    "what can i say",
    "what can i ask",
];

/// What goes on with the next tasks of an act on many.
const GO_ON: &[&str] = &[
    "the next 50",
    "next 50",
    "the next ones",
    "next ones",
    "the rest",
    "and the rest",
    "go on",
    "continue",
    "more",
    "die nächsten 50",
    "nächste 50",
    "die nächsten",
    "den rest",
    "und der rest",
    "weiter",
    "mach weiter",
    "mehr",
];

/// Responses to a question that choose nothing.
const NEITHER: [&str; 20] = [
    "change my mind",
    "i changed my mind",
    "none",
    "none of them",
    "neither",
    "forget it",
    "nothing",
    "cancel that",
    "forget about it",
    "i don't know",
    "i dont know",
    "not sure",
    "dunno",
    "no idea",
    "egal",
    "ach egal",
    "vergiss es",
    "weiß nicht",
    "weiß ich nicht",
    "keine ahnung",
];

/// Reads a greeting, a question for help, thanks, a yes or a no. `whole` is the message with its courtesies.
pub(super) fn parse_small_talk(lower: &str, whole: &str) -> Option<TaskCommand> {
    let whole = whole.to_ascii_lowercase();
    if [
        "thanks",
        "thank you",
        "thx",
        "cheers",
        "great",
        "perfect",
        "nice",
        "well done",
        "cool",
        "thanks, all done",
        "all done, thanks",
    ]
    .iter()
    .any(|word| {
        lower == *word
            || lower.starts_with("thank you")
            || (lower.is_empty() && whole.contains(word))
            || matches!(whole.trim_end_matches(['!', '.']), "thanks a lot" | "many thanks" | "thanks so much")
            || whole.trim_end_matches(['!', '.']) == *word
    }) {
        return Some(TaskCommand::Thanks);
    }
    if GREETINGS.contains(&lower) || GREETINGS.contains(&whole.trim_end_matches(['!', '.', ','])) {
        return Some(TaskCommand::Greeting);
    }
    if QUESTIONS.iter().any(|words| lower.starts_with(words) && !lower.contains("left")) {
        return Some(TaskCommand::Help);
    }
    match parse_yes_or_no(&whole) {
        Some(decision) if !decision.approve => Some(TaskCommand::Decision(false)),
        Some(decision) if decision.is_plain() || whole.starts_with("yes") || whole.starts_with("ja") => {
            Some(TaskCommand::Decision(true))
        }
        _ if matches!(lower, "update me" | "what's up") => Some(TaskCommand::List("pending")),
        _ if GO_ON.contains(&lower) => Some(TaskCommand::GoOn),
        _ if NEITHER.contains(&lower) => Some(TaskCommand::Decision(false)),
        _ => None,
    }
}

/// The order that follows a no, as in "no, delete it"; else the whole message.
pub(super) fn order_after_no(whole: &str) -> &str {
    const ORDERS: [&str; 8] = ["add", "delete", "remove", "complete", "reopen", "rename", "undo", "show"];
    let rest =
        ["no, ", "nope, ", "nah, "].iter().map(|no| strip_prefix(whole, no)).find(|rest| rest.len() < whole.len());
    let orders = |rest: &&str| ORDERS.iter().any(|verb| after_verb(rest, verb).is_some());
    rest.filter(orders).unwrap_or(whole)
}

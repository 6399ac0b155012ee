//! Sentences that are no orders: greetings, thanks, yes and no, and statements about what is done.

use crate::offline::command::TaskCommand;
use crate::offline::phrase::{strip_prefix, strip_quotes, strip_suffix};
use crate::offline::target::{TaskTarget, title};
use crate::offline::words::{IS_DONE, PAST, TASK_VERBS};
use crate::yes_no::parse_yes_or_no;

/// Messages that greet or ask for help.
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
/// What begins a question about the assistant.
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
            || whole.trim_end_matches(['!', '.']) == *word
    }) {
        return Some(TaskCommand::Thanks);
    }
    if GREETINGS.contains(&lower) || QUESTIONS.iter().any(|words| lower.starts_with(words) && !lower.contains("left")) {
        return Some(TaskCommand::Help);
    }
    match parse_yes_or_no(&whole) {
        Some(decision) if !decision.approve => Some(TaskCommand::Decision(false)),
        Some(decision) if decision.is_plain() || whole.starts_with("yes") => Some(TaskCommand::Decision(true)),
        _ if matches!(lower, "update me" | "what's up") => Some(TaskCommand::List("pending")),
        _ if matches!(
            lower,
            "change my mind"
                | "i changed my mind"
                | "none"
                | "none of them"
                | "neither"
                | "forget it"
                | "nothing"
                | "cancel that"
                | "forget about it"
        ) =>
        {
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
    if let Some(command) = parse_no_longer(text).or_else(|| parse_not_done(text)).or_else(|| parse_state(text)) {
        return Some(command);
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

/// Reads "I no longer need to call mum".
fn parse_no_longer(text: &str) -> Option<TaskCommand> {
    let starts = [
        "i no longer need to ",
        "i no longer have to ",
        "no need to ",
        "i no longer need ",
        "we no longer need ",
        "we no longer have to ",
    ];
    if let Some(rest) = starts.iter().find_map(|start| stripped(text, start)) {
        return Some(TaskCommand::Delete(TaskTarget::parse(strip_suffix(rest, " anymore"))));
    }
    let any_more = [" anymore", " any more"]
        .iter()
        .find_map(|end| Some(strip_suffix(text, end)).filter(|rest| rest.len() < text.len()))?;
    let rest = ["i don't need to ", "i don't have to ", "i don't need ", "we don't need to ", "we don't need "]
        .iter()
        .find_map(|start| stripped(any_more, start))?;
    Some(TaskCommand::Delete(TaskTarget::parse(rest)))
}

/// Reads "I didn't actually book the dentist", "rent isn't paid yet": the task is open.
pub(super) fn parse_not_done(text: &str) -> Option<TaskCommand> {
    let text = strip_suffix(strip_suffix(text, " yet"), " after all");
    let starts = ["i didn't ", "i did not ", "i haven't ", "i have not ", "we didn't "];
    if let Some(rest) = starts.iter().find_map(|start| stripped(text, start)) {
        let rest = ["actually ", "really ", "yet "].iter().fold(rest, |rest, word| strip_prefix(rest, word));
        let (verb, what) = rest.split_once(' ')?;
        let verb = verb.to_lowercase();
        let base = TASK_VERBS.contains(&verb.as_str()).then(|| verb.clone()).or_else(|| infinitive(&verb))?;
        let finishes = ["finish", "do", "complete"].contains(&base.as_str());
        let words = if finishes { title(what) } else { format!("{base} {}", title(what)) };
        let target = if finishes { TaskTarget::parse(what) } else { TaskTarget::Title(words) };
        return Some(TaskCommand::Reopen(target));
    }
    for not in [" isn't ", " is not ", " aren't ", " are not "] {
        if let Some((what, state)) = text.split_once(not)
            && let Some(verb) = infinitive(&state.to_lowercase())
        {
            return Some(TaskCommand::Reopen(TaskTarget::Title(format!("{verb} {}", title(what)))));
        }
    }
    None
}

/// Reads "rent is paid", "got the milk", "just finished 4".
fn parse_state(text: &str) -> Option<TaskCommand> {
    for finished in ["just finished ", "just completed ", "just did ", "finished ", "already finished ", "already did "]
    {
        if let Some(rest) = stripped(text, finished) {
            let target = TaskTarget::parse(rest);
            let one =
                matches!(target, TaskTarget::Title(_) | TaskTarget::Numbers(_) | TaskTarget::It | TaskTarget::Place(_));
            return one.then_some(TaskCommand::Complete(target));
        }
    }
    if let Some((did, what)) = text.split_once(' ')
        && let Some((past, verb)) = PAST.iter().find(|(past, verb)| past.eq_ignore_ascii_case(did) && past != verb)
        && !["did", "made", "got", "took", "went"].contains(past)
    {
        return Some(TaskCommand::Complete(TaskTarget::Title(format!("{verb} {}", title(what)))));
    }
    for got in ["got the ", "just got the ", "got my ", "i got the "] {
        if let Some(rest) = stripped(text, got) {
            return Some(TaskCommand::Complete(TaskTarget::Title(title(rest))));
        }
    }
    for is in [" is now ", " is already ", " is ", " are ", " was ", " has been "] {
        if let Some((what, state)) = text.split_once(is)
            && let Some(verb) = infinitive(&state.to_lowercase())
            && !what.contains(' ')
        {
            return Some(TaskCommand::Complete(TaskTarget::Title(format!("{verb} {}", title(what)))));
        }
    }
    None
}

fn stripped<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len())
}

/// The verb of a participle: "paid" is of "pay".
pub(super) fn infinitive(participle: &str) -> Option<String> {
    let known = PAST.iter().find(|(past, _)| *past == participle).map(|(_, verb)| (*verb).to_owned());
    let regular =
        || TASK_VERBS.into_iter().find(|verb| participle == format!("{verb}ed") || participle == format!("{verb}d"));
    let cancelled = matches!(participle, "cancelled" | "canceled").then(|| "cancel".to_owned());
    known.or(cancelled).or_else(|| regular().map(str::to_owned))
}

/// Reads "I bought the milk" as the title that the task may have.
fn parse_past(text: &str) -> Option<String> {
    let rest = ["i've already ", "i already ", "i just ", "i've just ", "i have ", "i've ", "i "]
        .iter()
        .find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let (did, what) = rest.split_once(' ')?;
    let did = did.to_lowercase();
    infinitive(&did).map(|verb| format!("{verb} {}", title(what)))
}

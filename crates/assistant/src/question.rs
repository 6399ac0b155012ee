//! What the assistant asks back before it does something, the user's yes or no, and what came of it: in our own exact words, so
//! that no model can hide what a question is about.

use serde_json::Value;

use crate::confirm::{Kind, task_id};
use crate::model::CallRequest;
use crate::turn::{CallOutcome, ToolCall};

/// The longest argument that a question shows, in characters.
const LONGEST_SHOWN: usize = 120;

/// What a call would do, in exact words: the question to the user.
pub(crate) fn question(call: &CallRequest, kind: Kind, title: Option<&str>) -> String {
    let subject = match (task_id(call), title) {
        (Some(id), Some(title)) => format!("#{id} \"{title}\""),
        (Some(id), None) => format!("task #{id}"),
        (None, _) => "a task".to_owned(),
    };
    match kind {
        Kind::Delete => format!("delete {subject}"),
        Kind::Mark if call.arguments.get("completed") == Some(&Value::Bool(false)) => format!("reopen {subject}"),
        Kind::Mark => format!("complete {subject}"),
        Kind::Change => {
            let new = ["title", "description"]
                .iter()
                .filter_map(|name| Some(format!("{name} \"{}\"", short(call.arguments.get(*name)?.as_str()?))));
            format!("change {subject}: {}", new.collect::<Vec<_>>().join(", "))
        }
        Kind::Harmless | Kind::Destructive => {
            format!("{} {}", call.name, short(&Value::Object(call.arguments.clone()).to_string()))
        }
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The question that ends an answer, in our own words: a model cannot hide what it is about.
pub(crate) fn ask(calls: &[ToolCall]) -> Option<String> {
    let questions: Vec<&str> = calls.iter().filter_map(ToolCall::question).collect();
    match questions.as_slice() {
        [] => None,
        [one] => Some(format!("Please confirm: {one}? Say \"yes\" or \"no\".")),
        many => Some(format!("Please confirm:\n- {}\nSay \"yes\" for all of them, or \"no\".", many.join("\n- "))),
    }
}

const YES: [&str; 38] = [
    "yes",
    "y",
    "yep",
    "yeah",
    "yup",
    "ok",
    "okay",
    "sure",
    "confirm",
    "confirmed",
    "i confirm",
    "do it",
    "go ahead",
    "please do",
    "yes do it",
    "yes go ahead",
    "yes delete it",
    "yes delete them",
    "delete it",
    "delete them",
    "yes all",
    "yes all of them",
    "all of them",
    "of course",
    "certainly",
    "absolutely",
    "yes i am sure",
    "i am sure",
    "ja",
    "oui",
    "sí",
    "si",
    "sim",
    "da",
    "да",
    "はい",
    "是",
    "हाँ",
];
const NO: [&str; 26] = [
    "no",
    "n",
    "nope",
    "nah",
    "cancel",
    "stop",
    "don't",
    "dont",
    "do not",
    "don't do it",
    "no don't",
    "keep it",
    "keep them",
    "leave it",
    "leave them",
    "never mind",
    "nevermind",
    "rather not",
    "better not",
    "nein",
    "non",
    "não",
    "нет",
    "いいえ",
    "不",
    "नहीं",
];

/// Whether a message is nothing but a yes or a no.
pub fn said_yes_or_no(message: &str) -> Option<bool> {
    let lower = message.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | ';'))
        .filter(|word| !matches!(*word, "" | "please" | "thanks" | "thank" | "you"))
        .collect();
    let said = words.join(" ");
    match (YES.contains(&said.as_str()) || said == "do", NO.contains(&said.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// What came of a call that was asked about as `summary`, for people.
pub fn report(call: &ToolCall, summary: &str) -> String {
    let done = || {
        for (verb, past) in
            [("delete ", "Deleted "), ("complete ", "Completed "), ("reopen ", "Reopened "), ("change ", "Changed ")]
        {
            if let Some(rest) = summary.strip_prefix(verb) {
                return format!("{past}{rest}.");
            }
        }
        format!("Done: {summary}.")
    };
    match &call.outcome {
        CallOutcome::Done { .. } => done(),
        CallOutcome::Failed { error } => format!("Not done ({summary}): {error}"),
        CallOutcome::Denied { .. } | CallOutcome::ConfirmationRequired { .. } => format!("Not done: {summary}."),
    }
}

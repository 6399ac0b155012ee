//! Questions to the user before a call runs, and reports of what became of them. They are in the assistant's own exact words,
//! so that no model can hide what a question is about.

use serde_json::Value;

use crate::agent::confirm::{CallKind, task_id};
use crate::language::Language;
use crate::model::ToolRequest;
use crate::text::VisibleText;
use crate::turn::{CallOutcome, ToolCall};

/// An argument in a question is cut after this many characters.
const MAX_ARGUMENT: usize = 120;

/// What a call would do, in exact words.
pub(crate) fn summarize_call(call: &ToolRequest, kind: CallKind, title: Option<&str>, language: Language) -> String {
    let german = language == Language::German;
    let quoted = |text: &str| if german { format!("„{text}“") } else { format!("\"{text}\"") };
    let subject = match (task_id(call), title) {
        (Some(id), Some(title)) => format!("#{id} {}", quoted(title)),
        (Some(id), None) => format!("{} #{id}", if german { "Aufgabe" } else { "task" }),
        (None, _) => if german { "eine Aufgabe" } else { "a task" }.to_owned(),
    };
    let opens = call.arguments.get("completed") == Some(&Value::Bool(false));
    let argument = |name: &str| Some(quoted(&shorten(call.arguments.get(name)?.as_str()?)));
    let changes = |names: [(&str, &str); 2]| {
        let changes = names.iter().filter_map(|(name, word)| Some(format!("{word} {}", argument(name)?)));
        changes.collect::<Vec<_>>().join(", ")
    };
    match (kind, german) {
        (CallKind::Delete, false) => format!("delete {subject}"),
        (CallKind::Delete, true) => format!("{subject} löschen"),
        (CallKind::Mark, false) => format!("{} {subject}", if opens { "reopen" } else { "complete" }),
        (CallKind::Mark, true) => format!("{subject} {}", if opens { "wieder öffnen" } else { "abhaken" }),
        (CallKind::Change, false) => {
            format!("change {subject}: {}", changes([("title", "title"), ("description", "description")]))
        }
        (CallKind::Change, true) => {
            format!("{subject} ändern: {}", changes([("title", "Titel"), ("description", "Beschreibung")]))
        }
        (CallKind::Harmless | CallKind::Destructive, _) => {
            format!("{} {}", call.name, shorten(&Value::Object(call.arguments.clone()).to_string()))
        }
    }
}

/// The visible part of a text on one line, cut where it is long: a model may have written it.
fn shorten(text: &str) -> String {
    let mut visible = VisibleText::default();
    let line: String = visible.push(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match line.char_indices().nth(MAX_ARGUMENT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The question about all calls that wait for the user's confirmation, if there are any.
pub(crate) fn confirmation_request(calls: &[ToolCall], language: Language) -> Option<String> {
    let summaries: Vec<&str> = calls.iter().filter_map(ToolCall::question).collect();
    let all = summaries.join("\n- ");
    Some(match (summaries.as_slice(), language) {
        ([], _) => return None,
        ([one], Language::English) => format!("Please confirm: {one}? Say \"yes\" or \"no\"."),
        ([one], Language::German) => format!("Bitte bestätige: {one}? Sag „ja“ oder „nein“."),
        (_, Language::English) => format!("Please confirm:\n- {all}\nSay \"yes\" for all of them, or \"no\"."),
        (_, Language::German) => format!("Bitte bestätige:\n- {all}\nSag „ja“ für alle, oder „nein“."),
    })
}

/// What became of a call that the user was asked about as `summary`, for the user.
pub fn report(call: &ToolCall, summary: &str, language: Language) -> String {
    match (&call.outcome, language) {
        (CallOutcome::Done { .. }, Language::English) => report_done(summary),
        (CallOutcome::Done { .. }, Language::German) => format!("Erledigt: {summary}."),
        (CallOutcome::Failed { error } | CallOutcome::NotRun { error }, Language::English) => {
            format!("Not done ({summary}): {error}")
        }
        (CallOutcome::Failed { error } | CallOutcome::NotRun { error }, Language::German) => {
            format!("Nicht erledigt ({summary}): {error}")
        }
        (_, Language::English) => format!("Not done: {summary}."),
        (_, Language::German) => format!("Nicht erledigt: {summary}."),
    }
}

fn report_done(summary: &str) -> String {
    for (verb, past) in
        [("delete ", "Deleted "), ("complete ", "Completed "), ("reopen ", "Reopened "), ("change ", "Changed ")]
    {
        if let Some(rest) = summary.strip_prefix(verb) {
            return format!("{past}{rest}.");
        }
    }
    format!("Done: {summary}.")
}

#[cfg(test)]
mod tests;

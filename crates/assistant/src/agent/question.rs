//! Questions to the user before a call runs, and reports of what became of them. They are in the assistant's own exact words,
//! so that no model can hide what a question is about.

use serde_json::Value;

use crate::agent::confirm::{CallKind, task_id};
use crate::day_words::DayWords;
use crate::language::Language;
use crate::model::ToolRequest;
use crate::text::VisibleText;
use crate::tool_names::{ADD_TASK, UNDO};
use crate::turn::{CallOutcome, ToolCall};

/// A text in a question is cut after this many characters, and the question says how much is left out.
const MAX_TEXT: usize = 300;
/// A task's own title in a question is cut after this many characters: it only tells which task is meant.
const MAX_TITLE: usize = 60;
/// A question about more tasks than this says how many they are, and shows the first ones.
pub(crate) const MAX_LISTED: usize = 20;
/// So many tasks of a call for more than that are shown.
pub(crate) const MAX_SHOWN: usize = 5;

/// What a call would do, in exact words: every member that changes.
pub(crate) fn summarize_call(call: &ToolRequest, kind: CallKind, title: Option<&str>, days: &DayWords) -> String {
    let language = days.language;
    let german = language == Language::German;
    let subject = match (task_id(call), title) {
        (Some(id), Some(title)) => format!("#{id} {}", quoted(&shorten(title, MAX_TITLE), language)),
        (Some(id), None) => format!("{} #{id}", if german { "Aufgabe" } else { "task" }),
        (None, _) => if german { "eine Aufgabe" } else { "a task" }.to_owned(),
    };
    let only_completes = call.arguments.keys().all(|name| matches!(name.as_str(), "task_id" | "completed"));
    let opens = call.arguments.get("completed") == Some(&Value::Bool(false));
    match (call.name.as_str(), kind, german) {
        (_, CallKind::Delete, false) => format!("delete {subject}"),
        (_, CallKind::Delete, true) => format!("{subject} löschen"),
        (_, CallKind::Mark, false) if only_completes => {
            format!("{} {subject}", if opens { "reopen" } else { "complete" })
        }
        (_, CallKind::Mark, true) if only_completes => {
            format!("{subject} {}", if opens { "wieder öffnen" } else { "abhaken" })
        }
        (_, CallKind::Change | CallKind::Mark, false) => format!("change {subject}: {}", members(call, days)),
        (_, CallKind::Change | CallKind::Mark, true) => format!("{subject} ändern: {}", members(call, days)),
        (ADD_TASK, _, false) => format!("add a task: {}", members(call, days)),
        (ADD_TASK, _, true) => format!("eine Aufgabe hinzufügen: {}", members(call, days)),
        (UNDO, _, _) => undo(call, german),
        _ => format!("{} {}", call.name, shorten(&Value::Object(call.arguments.clone()).to_string(), MAX_TEXT)),
    }
}

/// What a call of `undo` would do.
fn undo(call: &ToolRequest, german: bool) -> String {
    let number = |name: &str| call.arguments.get(name).and_then(Value::as_i64);
    match (number("change"), number("task_id"), german) {
        (Some(change), _, false) => format!("undo change {change}"),
        (Some(change), _, true) => format!("Änderung {change} rückgängig machen"),
        (None, Some(id), false) => format!("bring back task #{id}"),
        (None, Some(id), true) => format!("Aufgabe #{id} zurückholen"),
        (None, None, false) => "undo the last change".to_owned(),
        (None, None, true) => "die letzte Änderung rückgängig machen".to_owned(),
    }
}

/// Each member of a call but the task's number, with its value.
fn members(call: &ToolRequest, days: &DayWords) -> String {
    let language = days.language;
    let german = language == Language::German;
    let member = |(name, value): (&String, &Value)| {
        let word = match (name.as_str(), german) {
            ("title", true) => "Titel",
            ("description", true) => "Beschreibung",
            ("due", true) => "fällig",
            ("remind", false) => "reminders in minutes before",
            ("remind", true) => "Erinnerungen in Minuten vorher",
            ("repeat", true) => "Wiederholung",
            ("repeat_from", false) => "repeats from",
            ("repeat_from", true) => "wiederholt ab",
            ("priority", true) => "Priorität",
            ("list", true) => "Liste",
            ("parent", false) => "step of",
            ("parent", true) => "Schritt von",
            ("completed", _) if value == &Value::Bool(true) => {
                return if german { "erledigt" } else { "completed" }.to_owned();
            }
            ("completed", _) if value == &Value::Bool(false) => {
                return if german { "wieder offen" } else { "not completed" }.to_owned();
            }
            (name, _) => name,
        };
        let text = match (name.as_str(), value.as_str()) {
            ("due", Some(due)) if days.due(due) != *due => days.due(due),
            (_, Some(text)) => quoted(&shorten(text, MAX_TEXT), language),
            (_, None) => shorten(&value.to_string(), MAX_TEXT),
        };
        format!("{word} {text}")
    };
    // The title first, then in the order of their names.
    let (mut first, rest): (Vec<_>, Vec<_>) = call
        .arguments
        .iter()
        .filter(|(name, value)| *name != "task_id" && !value.is_null())
        .partition(|(name, _)| *name == "title");
    first.extend(rest);
    first.into_iter().map(member).collect::<Vec<_>>().join(", ")
}

/// A text in quotes that it cannot end itself.
fn quoted(text: &str, language: Language) -> String {
    let inner: String =
        text.chars().map(|c| if matches!(c, '"' | '“' | '”' | '„' | '‟' | '＂') { '\'' } else { c }).collect();
    if language == Language::German { format!("„{inner}“") } else { format!("\"{inner}\"") }
}

/// The visible part of a text on one line, cut where it is long: a model may have written it.
fn shorten(text: &str, most: usize) -> String {
    let mut visible = VisibleText::default();
    let line: String = visible.push(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match line.char_indices().nth(most) {
        Some((end, _)) if most == MAX_TEXT => {
            format!("{}… (+{}: see the call's arguments)", &line[..end], line[end..].chars().count())
        }
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The question about all calls that wait for the user's confirmation, if there are any.
pub(crate) fn confirmation_request(calls: &[ToolCall], language: Language) -> Option<String> {
    let mut summaries: Vec<&str> = calls.iter().filter_map(ToolCall::question).collect();
    let many_undos = match (summaries.len(), language) {
        (n, Language::English) => format!("undo {n} changes"),
        (n, Language::German) => format!("{n} Änderungen rückgängig machen"),
    };
    // Their numbers say nothing to the user.
    if summaries.len() > 1 && calls.iter().all(|call| call.name == UNDO && call.arguments.contains_key("change")) {
        summaries = vec![&many_undos];
    }
    let count: usize = calls.iter().filter(|call| call.question().is_some()).map(count_tasks).sum();
    if count > MAX_LISTED {
        return Some(question_about_many(&summaries, count, language));
    }
    let all = summaries.join("\n- ");
    Some(match (summaries.as_slice(), language) {
        ([], _) => return None,
        ([one], Language::English) => format!("Please confirm: {one}? Say \"yes\" or \"no\"."),
        ([one], Language::German) => format!("Bitte bestätige: {one}? Sag „ja“ oder „nein“."),
        (_, Language::English) => format!("Please confirm:\n- {all}\nSay \"yes\" for all of them, or \"no\"."),
        (_, Language::German) => format!("Bitte bestätige:\n- {all}\nSag „ja“ für alle, oder „nein“."),
    })
}

/// The question about calls for so many tasks, with the first of them.
fn question_about_many(summaries: &[&str], count: usize, language: Language) -> String {
    let shown = summaries[..summaries.len().min(MAX_LISTED)].join("\n- ");
    let more = match (summaries.len().saturating_sub(MAX_LISTED), language) {
        (0, _) => String::new(),
        (more, Language::English) => format!("\n- … and {more} more"),
        (more, Language::German) => format!("\n- … und {more} weitere"),
    };
    match language {
        Language::English => {
            format!("Please confirm for {count} tasks:\n- {shown}{more}\nSay \"yes\" for all of them, or \"no\".")
        }
        Language::German => {
            format!("Bitte bestätige für {count} Aufgaben:\n- {shown}{more}\nSag „ja“ für alle, oder „nein“.")
        }
    }
}

/// How many tasks a call is about.
fn count_tasks(call: &ToolCall) -> usize {
    let several = ["task_ids", "tasks"].iter().find_map(|name| call.arguments.get(*name)?.as_array());
    several.map_or(1, Vec::len)
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
    for (verb, past) in [
        ("delete ", "Deleted "),
        ("complete ", "Completed "),
        ("reopen ", "Reopened "),
        ("change ", "Changed "),
        ("add ", "Added "),
    ] {
        if let Some(rest) = summary.strip_prefix(verb) {
            return format!("{past}{rest}.");
        }
    }
    format!("Done: {summary}.")
}

#[cfg(test)]
mod tests;

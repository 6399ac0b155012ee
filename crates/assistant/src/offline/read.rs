//! The list: what is said of it, and how it is read to find a task.

use serde_json::{Value, json};

use super::act::Move;
use super::context::nth;
use super::find::{Listed, find, listed};
use super::target::Target;
use super::tell::{first_sentence, lines, which};
use super::{LIST_TOOL, call, result};
use crate::model::ToolRequest;
use crate::turn::{CallOutcome, ToolCall};

/// Pages of the list that are read to find a title, of 100 tasks each.
const PAGES: usize = 2;

pub(super) fn list(status: &str, counts: bool, calls: &[&ToolCall]) -> Move {
    let Some(last) = calls.last() else {
        return Move::Call(vec![call(LIST_TOOL, json!({ "status": status }))]);
    };
    if let Some(trouble) = unread(last) {
        return trouble;
    }
    let tasks = listed(last);
    let kind = if status == "all" { String::new() } else { format!("{status} ") };
    if tasks.is_empty() {
        return Move::Say(format!("You have no {kind}tasks."));
    }
    let more = if next_cursor(last).is_some() { "\n…and more: see the task page." } else { "" };
    let title = match (counts, tasks.len()) {
        (false, _) => format!("Your {kind}tasks"),
        (true, 1) if more.is_empty() => format!("You have 1 {kind}task"),
        (true, n) => format!("You have {}{n} {kind}tasks", if more.is_empty() { "" } else { "more than " }),
    };
    Move::Say(format!("{title}:\n{}{more}", lines(&tasks)))
}

pub(super) fn show(target: &Target, calls: &[&ToolCall]) -> Move {
    let tasks = match read_list(calls) {
        Err(step) => return step,
        Ok(tasks) => tasks,
    };
    let found: Vec<Listed> = match target {
        Target::Title(words) => find(&tasks, words, |_| true),
        Target::Numbers(ids) => tasks.into_iter().filter(|task| ids.contains(&task.id)).collect(),
        Target::Place(place) => {
            let id = nth(&tasks.iter().map(|task| task.id).collect::<Vec<_>>(), *place);
            tasks.into_iter().filter(|task| Some(task.id) == id).collect()
        }
        _ => return Move::Say(which("show")),
    };
    match found.as_slice() {
        [] => Move::Say("I found no such task. Say \"show my tasks\" to see them all.".into()),
        [Listed { description: Some(text), .. }] => Move::Say(format!("{}\n{text}", lines(&found))),
        _ => Move::Say(lines(&found)),
    }
}

/// The whole list, or the call that reads (more of) it.
pub(super) fn read_list(calls: &[&ToolCall]) -> Result<Vec<Listed>, Move> {
    let Some(last) = calls.last() else { return Err(Move::Call(vec![page(None)])) };
    if let Some(trouble) = unread(last) {
        return Err(trouble);
    }
    match next_cursor(last) {
        Some(cursor) if calls.len() < PAGES => Err(Move::Call(vec![page(Some(cursor))])),
        _ => Ok(calls.iter().flat_map(|call| listed(call)).collect()),
    }
}

pub(super) fn page(cursor: Option<&Value>) -> ToolRequest {
    let mut arguments = json!({"status": "all", "limit": 100});
    if let Some(cursor) = cursor {
        arguments["cursor"] = cursor.clone();
    }
    call(LIST_TOOL, arguments)
}

fn unread(call: &ToolCall) -> Option<Move> {
    match &call.outcome {
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } => {
            Some(Move::Say(format!("I could not read your tasks: {}", first_sentence(error))))
        }
        _ => None,
    }
}

fn next_cursor(call: &ToolCall) -> Option<&Value> {
    result(call)?.get("next_cursor").filter(|cursor| !cursor.is_null())
}

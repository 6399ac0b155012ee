//! The list of tasks: shown to the user, or read to find a task.

use serde_json::{Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call, call_result};
use crate::offline::act::find::{ListedTask, find_tasks, listed_tasks};
use crate::offline::act::say::{ask_which, first_sentence, lines};
use crate::offline::target::{TaskTarget, nth};
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall};

/// Pages of the list that are read to find a title, of 100 tasks each.
const MAX_PAGES: usize = 2;

/// Lists the tasks of a status, and counts them if `counts`.
pub(super) fn list(status: &str, counts: bool, calls: &[&ToolCall]) -> NextAction {
    let Some(last) = calls.last() else {
        return NextAction::Call(vec![call(LIST_TASKS, json!({ "status": status }))]);
    };
    if let Some(failure) = read_failure(last) {
        return failure;
    }
    let tasks = listed_tasks(last);
    let kind = if status == "all" { String::new() } else { format!("{status} ") };
    if tasks.is_empty() {
        return NextAction::Say(format!("You have no {kind}tasks."));
    }
    let more = if next_cursor(last).is_some() { "\n…and more: see the task page." } else { "" };
    let title = match (counts, tasks.len()) {
        (false, _) => format!("Your {kind}tasks"),
        (true, 1) if more.is_empty() => format!("You have 1 {kind}task"),
        (true, n) => format!("You have {}{n} {kind}tasks", if more.is_empty() { "" } else { "more than " }),
    };
    NextAction::Say(format!("{title}:\n{}{more}", lines(&tasks)))
}

/// Shows the tasks that a command is about.
pub(super) fn show(target: &TaskTarget, calls: &[&ToolCall]) -> NextAction {
    let tasks = match read_list(calls) {
        Err(action) => return action,
        Ok(tasks) => tasks,
    };
    let found: Vec<ListedTask> = match target {
        TaskTarget::Title(words) => find_tasks(&tasks, words, |_| true),
        TaskTarget::Numbers(ids) => tasks.into_iter().filter(|task| ids.contains(&task.id)).collect(),
        TaskTarget::Place(place) => {
            let id = nth(&tasks.iter().map(|task| task.id).collect::<Vec<_>>(), *place);
            tasks.into_iter().filter(|task| Some(task.id) == id).collect()
        }
        _ => return NextAction::Say(ask_which("show")),
    };
    match found.as_slice() {
        [] => NextAction::Say("I found no such task. Say \"show my tasks\" to see them all.".into()),
        [ListedTask { description: Some(text), .. }] => NextAction::Say(format!("{}\n{text}", lines(&found))),
        _ => NextAction::Say(lines(&found)),
    }
}

/// The whole list; else the action that reads more of it.
pub(super) fn read_list(calls: &[&ToolCall]) -> Result<Vec<ListedTask>, NextAction> {
    let Some(last) = calls.last() else { return Err(NextAction::Call(vec![page_request(None)])) };
    if let Some(failure) = read_failure(last) {
        return Err(failure);
    }
    match next_cursor(last) {
        Some(cursor) if calls.len() < MAX_PAGES => Err(NextAction::Call(vec![page_request(Some(cursor))])),
        _ => Ok(calls.iter().flat_map(|call| listed_tasks(call)).collect()),
    }
}

/// The call that reads a page of the list.
pub(super) fn page_request(cursor: Option<&Value>) -> ToolRequest {
    let mut arguments = json!({"status": "all", "limit": 100});
    if let Some(cursor) = cursor {
        arguments["cursor"] = cursor.clone();
    }
    call(LIST_TASKS, arguments)
}

/// The text for a list that could not be read.
fn read_failure(call: &ToolCall) -> Option<NextAction> {
    match &call.outcome {
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } => {
            Some(NextAction::Say(format!("I could not read your tasks: {}", first_sentence(error))))
        }
        _ => None,
    }
}

fn next_cursor(call: &ToolCall) -> Option<&Value> {
    call_result(call)?.get("next_cursor").filter(|cursor| !cursor.is_null())
}

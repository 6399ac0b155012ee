//! The list of tasks: shown to the user, or read to find a task.

use serde_json::{Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::find::{ListedTask, call_result, find_tasks, listed_tasks};
use crate::offline::act::fitting::fitting_locally;
use crate::offline::act::list_reply::ListReply;
use crate::offline::act::reply::{OfflineReply, TaskAct, first_sentence};
use crate::offline::filter::TaskFilter;
use crate::offline::target::TaskTarget;
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall};

/// Pages of the list that are read to find tasks, of 100 tasks each.
const MAX_PAGES: usize = 11;

/// Lists the tasks that have something in common, in their order, and counts them if `counts`.
pub(super) fn list(filter: &TaskFilter, counts: bool, calls: &[&ToolCall]) -> NextAction {
    let is_read_whole = filter.due.is_some() || filter.repeats.is_some() || filter.named.is_some();
    let Some(last) = calls.last() else { return NextAction::Call(vec![list_request(filter, is_read_whole, None)]) };
    if let Some(failure) = read_failure(last) {
        return failure;
    }
    if is_read_whole
        && calls.len() < MAX_PAGES
        && let Some(cursor) = next_cursor(last)
    {
        return NextAction::Call(vec![list_request(filter, is_read_whole, Some(cursor))]);
    }
    let read = calls.iter().flat_map(|call| listed_tasks(call)).collect();
    let (mut tasks, more) = (fitting_locally(read, filter), next_cursor(last).is_some());
    if filter.due.is_some() && filter.order.is_none() {
        tasks.sort_by(|one, other| one.due.cmp(&other.due));
    }
    let filter = filter.clone();
    NextAction::Say(OfflineReply::List(Box::new(ListReply { filter, counts, tasks, more, names_time: false })))
}

/// The call that reads a page of a list.
fn list_request(filter: &TaskFilter, is_read_whole: bool, cursor: Option<&Value>) -> ToolRequest {
    let status = match filter.completed {
        None => "all",
        Some(false) => "pending",
        Some(true) => "completed",
    };
    let mut arguments = json!({ "status": status });
    let members = [
        ("limit", is_read_whole.then(|| json!(100))),
        ("priority", filter.priority.map(Value::from)),
        ("list", filter.list.clone().map(Value::from)),
        ("tags", (!filter.tags.is_empty()).then(|| json!(filter.tags))),
        ("sort", filter.order.map(|order| json!(order.argument()))),
        ("cursor", cursor.cloned()),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            arguments[name] = value;
        }
    }
    call(LIST_TASKS, arguments)
}

/// Shows the tasks that a command is about as this reply.
pub(super) fn show(
    target: &TaskTarget,
    reply: impl Fn(Vec<ListedTask>) -> OfflineReply,
    calls: &[&ToolCall],
) -> NextAction {
    let tasks = match read_list(calls) {
        Err(action) => return action,
        Ok(tasks) => tasks,
    };
    let found: Vec<ListedTask> = match target {
        TaskTarget::Title(words) => find_tasks(&tasks, words, |_| true),
        TaskTarget::Numbers(ids) => tasks.into_iter().filter(|task| ids.contains(&task.id)).collect(),
        TaskTarget::Place(_) | TaskTarget::First(_) | TaskTarget::Last(_) => {
            let chosen = target.at_place(&tasks.iter().map(|task| task.id).collect::<Vec<_>>());
            tasks.into_iter().filter(|task| chosen.contains(&task.id)).collect()
        }
        TaskTarget::Within(ids, place) => {
            let chosen = place.at_place(ids);
            tasks.into_iter().filter(|task| chosen.contains(&task.id)).collect()
        }
        _ => return NextAction::Say(OfflineReply::AskWhich(TaskAct::Show)),
    };
    NextAction::Say(if found.is_empty() { OfflineReply::NoneFound } else { reply(found) })
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
            Some(NextAction::Say(OfflineReply::ListUnread(first_sentence(error))))
        }
        _ => None,
    }
}

fn next_cursor(call: &ToolCall) -> Option<&Value> {
    call_result(call)?.get("next_cursor").filter(|cursor| !cursor.is_null())
}

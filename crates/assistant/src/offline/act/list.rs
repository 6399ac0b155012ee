//! The list of tasks: shown to the user, or read to find a task.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::find::{ListedTask, call_result, find_tasks, listed_tasks};
use crate::offline::act::reply::{ListReply, OfflineReply, TaskAct, first_sentence};
use crate::offline::command::TaskFilter;
use crate::offline::target::TaskTarget;
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall};

/// Pages of the list that are read to find tasks, of 100 tasks each.
const MAX_PAGES: usize = 11;

/// Lists the tasks of a status, and counts them if `counts`.
pub(super) fn list(status: &'static str, counts: bool, calls: &[&ToolCall]) -> NextAction {
    list_with(json!({ "status": status }), (status, None), counts, calls)
}

/// Lists the open tasks of a priority.
pub(super) fn list_priority(priority: &'static str, calls: &[&ToolCall]) -> NextAction {
    list_with(json!({"status": "pending", "priority": priority}), ("pending", Some(priority)), false, calls)
}

/// Lists the open tasks of a list, or with a tag.
pub(super) fn list_filtered(filter: &TaskFilter, calls: &[&ToolCall]) -> NextAction {
    let arguments = match filter {
        TaskFilter::List(list) => json!({"status": "pending", "list": list}),
        TaskFilter::Tag(tag) => json!({"status": "pending", "tags": [tag]}),
    };
    list_with(arguments, ("pending", None), false, calls)
}

fn list_with(
    arguments: Value,
    (status, priority): (&'static str, Option<&'static str>),
    counts: bool,
    calls: &[&ToolCall],
) -> NextAction {
    let Some(last) = calls.last() else { return NextAction::Call(vec![call(LIST_TASKS, arguments)]) };
    if let Some(failure) = read_failure(last) {
        return failure;
    }
    let (tasks, more) = (listed_tasks(last), next_cursor(last).is_some());
    NextAction::Say(OfflineReply::List(ListReply { status, priority, counts, tasks, more, names_time: false }))
}

/// Lists the open tasks that are due until a day, the earliest first.
pub(super) fn list_due(from: Option<NaiveDate>, to: NaiveDate, calls: &[&ToolCall]) -> NextAction {
    let mut tasks = match read_list(calls) {
        Err(action) => return action,
        Ok(tasks) => tasks,
    };
    let day = |task: &ListedTask| task.due.as_ref()?.get(..10)?.parse::<NaiveDate>().ok();
    tasks.retain(|task| {
        !task.completed && day(task).is_some_and(|day| day <= to && from.is_none_or(|from| from <= day))
    });
    tasks.sort_by(|one, other| one.due.cmp(&other.due));
    NextAction::Say(OfflineReply::Due(tasks))
}

/// Lists the open tasks without a date.
pub(super) fn list_undated(calls: &[&ToolCall]) -> NextAction {
    let mut tasks = match read_list(calls) {
        Err(action) => return action,
        Ok(tasks) => tasks,
    };
    tasks.retain(|task| !task.completed && task.due.is_none());
    NextAction::Say(OfflineReply::Undated(tasks))
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

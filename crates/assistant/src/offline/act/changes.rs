//! What calls have changed, and the command that takes a change back.

use serde_json::Value;

use crate::offline::act::find::{call_result, listed_tasks};
use crate::offline::command::TaskCommand;
use crate::offline::target::TaskTarget;
use crate::tool_names::{COMPLETE_TASK, DELETE_TASK, LIST_TASKS, UPDATE_TASK};
use crate::turn::{CallOutcome, ToolCall};

/// The tasks that these calls have changed, or the only one that they have listed.
pub(crate) fn changed_tasks(calls: &[&ToolCall]) -> Vec<i64> {
    let changed: Vec<i64> = changes(calls).into_iter().flat_map(task_ids).collect();
    match calls.last() {
        Some(last) if changed.is_empty() && last.name == LIST_TASKS => match listed_tasks(last).as_slice() {
            [one] => vec![one.id],
            _ => Vec::new(),
        },
        _ => changed,
    }
}

/// The command that takes back the last change of these calls, and the others of its kind.
pub(crate) fn reversal(calls: &[&ToolCall]) -> Option<TaskCommand> {
    let mut changes = changes(calls);
    let last = *changes.last()?;
    changes.retain(|call| effect(call) == effect(last));
    let ids: Vec<i64> = changes.iter().flat_map(|call| task_ids(call)).collect();
    Some(match (last.name.as_str(), last.arguments.get("completed").and_then(Value::as_bool)) {
        (DELETE_TASK, _) => match ids.as_slice() {
            [one] => TaskCommand::Undo(Some(*one)),
            many => TaskCommand::Several(many.iter().map(|id| TaskCommand::Undo(Some(*id))).collect()),
        },
        (COMPLETE_TASK, _) | (UPDATE_TASK, Some(true)) => TaskCommand::Reopen(TaskTarget::Numbers(ids)),
        (UPDATE_TASK, Some(false)) => TaskCommand::Complete(TaskTarget::Numbers(ids)),
        (UPDATE_TASK, None) => {
            let before = calls.iter().filter(|call| call.name == LIST_TASKS).flat_map(|call| listed_tasks(call));
            let old = before.into_iter().find(|task| ids.contains(&task.id));
            TaskCommand::Rename(old.into_iter().map(|task| (TaskTarget::Numbers(vec![task.id]), task.title)).collect())
        }
        _ => TaskCommand::Delete(TaskTarget::Numbers(ids)),
    })
}

/// What a call does, so that calls of the same kind are taken back together.
fn effect(call: &ToolCall) -> (&str, Option<&Value>) {
    (&call.name, call.arguments.get("completed"))
}

fn changes<'a>(calls: &[&'a ToolCall]) -> Vec<&'a ToolCall> {
    let changed = |call: &&&ToolCall| call.name != LIST_TASKS && matches!(call.outcome, CallOutcome::Done { .. });
    calls.iter().filter(changed).copied().collect()
}

/// The tasks of a call that succeeded.
fn task_ids(call: &ToolCall) -> Vec<i64> {
    let Some(result) = call_result(call) else { return Vec::new() };
    let one = result["task"]["id"].as_i64().or(result["deleted_id"].as_i64());
    one.map_or_else(|| listed_tasks(call).iter().map(|task| task.id).collect(), |id| vec![id])
}

//! What calls have changed, and the command that takes the last change back.

use serde_json::Value;

use crate::offline::act::find::{call_result, listed_tasks};
use crate::offline::command::TaskCommand;
use crate::tool_names::{ADD_TASK, ADD_TASKS, LIST_TASKS, UNDO, UPDATE_TASK};
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

/// The tasks that these calls have added or changed, which a correction is about.
pub(crate) fn dated_tasks(calls: &[&ToolCall]) -> Vec<i64> {
    let dates = |call: &&ToolCall| [ADD_TASK, ADD_TASKS, UPDATE_TASK].contains(&call.name.as_str());
    changes(calls).into_iter().filter(dates).flat_map(task_ids).collect()
}

/// The command that undoes the last change of these calls that is not among the `undone` ones, and the others of its kind, the
/// newest first.
pub(crate) fn last_changes(calls: &[&ToolCall], undone: &[i64]) -> Option<TaskCommand> {
    let written = changes(calls).into_iter().filter(|call| call.name != UNDO || is_redo(call));
    let numbered = written.filter_map(|call| Some((effect_of(call), number(call, "change")?)));
    let left: Vec<_> = numbered.filter(|(_, change)| !undone.contains(change)).collect();
    let last = left.last()?.0;
    let mut numbers: Vec<i64> =
        left.into_iter().filter(|(effect, _)| *effect == last).map(|(_, change)| change).collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    Some(TaskCommand::UndoChanges(numbers))
}

/// The changes that these calls have undone and not done again since.
pub(crate) fn undone_changes(calls: &[&ToolCall]) -> Vec<i64> {
    let mut undone = Vec::new();
    for call in calls.iter().rev().filter(|call| call.name == UNDO) {
        let is_undone = number(call, "change").is_some_and(|change| undone.contains(&change));
        undone.extend(number(call, "undone_change").filter(|_| !is_undone));
    }
    undone
}

/// The command that does again what these calls have undone last: it undoes that undo.
pub(crate) fn redo(calls: &[&ToolCall]) -> Option<TaskCommand> {
    let undone = undone_changes(calls);
    let undos = calls.iter().rev().filter(|call| call.name == UNDO && !is_redo(call));
    let mut left = undos.filter_map(|call| number(call, "change")).filter(|change| !undone.contains(change));
    left.next().map(|change| TaskCommand::UndoChanges(vec![change]))
}

/// Whether a call has undone an undo.
fn is_redo(call: &ToolCall) -> bool {
    let undone = call_result(call).and_then(|result| result["undone"].as_str());
    call.name == UNDO && undone.is_some_and(|what| what.starts_with("undone "))
}

fn number(call: &ToolCall, member: &str) -> Option<i64> {
    call_result(call)?[member].as_i64()
}

/// What a call does, so that calls of the same kind are taken back together.
fn effect_of(call: &ToolCall) -> (&str, Option<&Value>) {
    (&call.name, call.arguments.get("completed"))
}

fn changes<'a>(calls: &[&'a ToolCall]) -> Vec<&'a ToolCall> {
    let changed = |call: &&&ToolCall| call.name != LIST_TASKS && matches!(call.outcome, CallOutcome::Done { .. });
    calls.iter().filter(changed).copied().collect()
}

/// The tasks of a call that succeeded.
fn task_ids(call: &ToolCall) -> Vec<i64> {
    let Some(result) = call_result(call) else { return Vec::new() };
    if let Some(items) = result["results"].as_array() {
        return items.iter().filter_map(|item| item["task"]["id"].as_i64()).collect();
    }
    let one = result["task"]["id"].as_i64().or(result["deleted_id"].as_i64());
    one.map_or_else(|| listed_tasks(call).iter().map(|task| task.id).collect(), |id| vec![id])
}

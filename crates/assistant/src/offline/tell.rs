//! The offline assistant's words about what was done, and what it asks.

use serde_json::Value;

use super::LIST_TOOL;
use super::act::MOST;
use super::find::Listed;
use crate::turn::{CallOutcome, ToolCall};

pub(super) const HELP: &str = "I am the offline assistant: I understand simple English sentences about your tasks, without a \
    language model. For example:\n- Add a task to buy groceries\n- Show my tasks / What's left? / Find milk\n- Mark task #1 as \
    complete / Complete groceries\n- Reopen task 1\n- Rename task 2 to Buy bread\n- Delete task 3 / Delete the groceries task / \
    Clear completed tasks\n- Undo that\nSeveral in one sentence are fine: Add milk and delete task 3.";

pub(super) fn which(verb: &str) -> String {
    format!("Which task should I {verb}? Name it by number or title, for example \"{verb} task 3\".")
}

pub(super) fn ambiguous(tasks: &[Listed], verb: &str) -> String {
    let shown = &tasks[..tasks.len().min(MOST)];
    format!("Several tasks fit:\n{}\nWhich one? Say for example \"{verb} task {}\".", lines(shown), tasks[0].id)
}

pub(super) fn lines(tasks: &[Listed]) -> String {
    let line = |task: &Listed| format!("#{} {}{}", task.id, task.title, if task.completed { " (done)" } else { "" });
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One line for each change, from what the tool reported.
pub(super) fn report(done: &str, calls: &[&ToolCall]) -> String {
    let changes = calls.iter().filter(|call| call.name != LIST_TOOL);
    let line = |call: &&ToolCall| match &call.outcome {
        CallOutcome::Done { result } => Some(format!("{done} {}.", subject(result, call))),
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
            Some(format!("Not {}: {}", done.to_lowercase(), first_sentence(error)))
        }
        CallOutcome::ConfirmationRequired { .. } => None, // the question is asked below
    };
    changes.filter_map(line).collect::<Vec<_>>().join("\n")
}

/// "#3 Buy milk", as far as the tool or the call names it.
fn subject(result: &Value, call: &ToolCall) -> String {
    if let Some(task) = Listed::from(&result["task"]) {
        return format!("#{} {}", task.id, task.title);
    }
    if let (Some(id), Some(title)) = (result["deleted_id"].as_i64(), result["title"].as_str()) {
        return format!("#{id} {title}");
    }
    let id = call.arguments.get("task_id").and_then(Value::as_i64);
    id.map_or_else(|| "the task".to_owned(), |id| format!("task #{id}"))
}

/// Errors of tools go on with advice for models.
pub(super) fn first_sentence(error: &str) -> String {
    let end = error.find(". ").map_or(error.len(), |at| at + 1);
    error[..end].to_owned()
}

//! Texts of the offline assistant: reports, questions and the help.

use serde_json::Value;

use crate::offline::act::action::MAX_CALLS;
use crate::offline::act::find::ListedTask;
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall};

/// The question for the title of a new task.
pub(crate) const ASK_TITLE: &str = "What should the task be called?";
/// A part of each question for which task is meant.
pub(crate) const ASK_WHICH: &str = "Which ";

pub(crate) const HELP: &str = "I am the offline assistant: I understand simple English sentences about your tasks, without a \
    language model. For example:\n- Add a task to buy groceries\n- Show my tasks / What's left? / Find milk\n- Mark task #1 as \
    complete / Complete groceries\n- Reopen task 1\n- Rename task 2 to Buy bread\n- Delete task 3 / Delete the groceries task / \
    Clear completed tasks\n- Undo that\nSeveral in one sentence are fine: Add milk and delete task 3.";

pub(crate) const GERMAN_HELP: &str = "Zum Beispiel:\n- Füge Milch hinzu\n- Zeig mir meine Aufgaben / Was ist noch offen?\n- \
    Erledige Aufgabe 1 / Markiere Milch als erledigt\n- Öffne Aufgabe 1 wieder\n- Benenne Aufgabe 2 in Brot kaufen um\n- Lösche \
    Aufgabe 3\n- Rückgängig";

/// Asks which task is meant.
pub(super) fn ask_which(verb: &str) -> String {
    format!("Which task should I {verb}? Name it by number or title, for example \"{verb} task 3\".")
}

/// Asks which of several tasks is meant.
pub(super) fn ambiguous(tasks: &[ListedTask], verb: &str) -> String {
    let offered = &tasks[..tasks.len().min(MAX_CALLS)];
    format!("Several tasks fit:\n{}\nWhich one? Say for example \"{verb} task {}\".", lines(offered), tasks[0].id)
}

/// One line for each task.
pub(super) fn lines(tasks: &[ListedTask]) -> String {
    let line =
        |task: &ListedTask| format!("#{} {}{}", task.id, task.title, if task.completed { " (done)" } else { "" });
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One line for each change, from the results of its call.
pub(super) fn report(done: &str, calls: &[&ToolCall]) -> String {
    let changes = calls.iter().filter(|call| call.name != LIST_TASKS);
    let line = |call: &&ToolCall| match &call.outcome {
        CallOutcome::Done { result } => Some(format!("{done} {}.", subject(result, call))),
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
            Some(format!("Not {}: {}", done.to_lowercase(), first_sentence(error)))
        }
        CallOutcome::ConfirmationRequired { .. } => None, // the question follows
    };
    changes.filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The changed task, as "#3 Buy milk" if the result has its title.
fn subject(result: &Value, call: &ToolCall) -> String {
    if let Some(task) = ListedTask::read(&result["task"]) {
        return format!("#{} {}", task.id, task.title);
    }
    if let (Some(id), Some(title)) = (result["deleted_id"].as_i64(), result["title"].as_str()) {
        return format!("#{id} {title}");
    }
    let id = call.arguments.get("task_id").and_then(Value::as_i64);
    id.map_or_else(|| "the task".to_owned(), |id| format!("task #{id}"))
}

/// The first sentence of an error: what follows is advice for models.
pub(super) fn first_sentence(error: &str) -> String {
    let end = error.find(". ").map_or(error.len(), |at| at + 1);
    error[..end].to_owned()
}

//! Messages about failed calls, for the model: what went wrong and what to do next.

use task::tool::{ItemOutput, Tool, UNDO};
use task::{KeptTask, MemberError, StoreError, TaskId};

/// The longest message about several tasks, in characters.
const MAX_ITEMS: usize = 4000;

/// The arguments are invalid.
pub(super) fn of_arguments(tool: &Tool, errors: &[MemberError]) -> String {
    let errors: Vec<String> = errors.iter().map(|error| format!("\"{}\" {}", error.field, error.message)).collect();
    format!("Invalid arguments for {}: {}", tool.name, errors.join(" "))
}

/// Nothing was done with any of several tasks.
pub(super) fn of_items(tool: &Tool, results: &[ItemOutput]) -> String {
    let errors = results.iter().enumerate().map(|(index, item)| {
        let error = item.error.as_deref().unwrap_or_default();
        format!("{}. {error}", index + 1)
    });
    let errors: Vec<String> = errors.collect();
    let text = format!("Nothing was done by {}: {}", tool.name, errors.join(" "));
    text.chars().take(MAX_ITEMS).collect()
}

/// The arguments are a text that is no JSON object.
pub(super) fn no_object(tool: &Tool) -> String {
    format!("Invalid arguments for {}: they must be a JSON object with the names of the arguments.", tool.name)
}

/// The store failed for the task `target`, if the call names one.
pub(super) fn of_store(tool: &Tool, error: &StoreError, target: Option<TaskId>) -> String {
    match error {
        StoreError::NotFound if tool.name == UNDO => nothing_to_undo(target),
        StoreError::NotFound => not_found(target),
        StoreError::LimitReached(limit) => {
            format!("The list is full: it holds at most {limit} tasks. Ask the user which tasks to delete first.")
        }
        StoreError::Stale => "The task was changed meanwhile. Call list_tasks and try again.".to_owned(),
        StoreError::KeyReused => {
            "Nothing was added: this Idempotency-Key was used for something else. Send a new key with a new call."
                .to_owned()
        }
        StoreError::AlreadyImported(_) => "Nothing was added: the file was imported before.".to_owned(),
        StoreError::AlreadyUndone => "Nothing was undone: this change is undone already.".to_owned(),
        StoreError::ChangedSince(kept) => changed_since(kept),
        StoreError::Rule(rule) => format!("{} {rule}", rule.member()),
        StoreError::NeighbourGone(_) => "The other task is not there. Call list_tasks and try again.".to_owned(),
        StoreError::ListExists => "The user has a list of this name already.".to_owned(),
        StoreError::ListLimit => "The user has the most lists already.".to_owned(),
        StoreError::UnknownOwner => "The account no longer exists. The user must sign in again.".to_owned(),
        // The connection may have been lost after the statement was sent.
        StoreError::Unavailable(_) => {
            "The task list is temporarily unavailable. Try again in a few seconds: call list_tasks first to see \
             whether anything was changed."
                .to_owned()
        }
        StoreError::Internal(_) => {
            "The task list has a temporary problem. Call list_tasks to see whether anything was changed.".to_owned()
        }
    }
}

fn nothing_to_undo(target: Option<TaskId>) -> String {
    match target {
        Some(id) => format!(
            "No task with id {id} was deleted in the time for which changes are kept. Call list_tasks to see the tasks there are."
        ),
        None => "There is no change of yours that is not undone already, so there is nothing to undo.".to_owned(),
    }
}

fn changed_since(kept: &[KeptTask]) -> String {
    let named = |task: &KeptTask| format!("{} of task {}", task.members.join(" and "), task.id);
    let kept: Vec<String> = kept.iter().take(5).map(named).collect();
    format!("Nothing was undone: somebody changed {} since. Tell the user.", kept.join(", "))
}

pub(super) fn not_found(target: Option<TaskId>) -> String {
    match target {
        Some(id) => format!("No task with id {id}. Call list_tasks to see the current ids."),
        None => "No such task. Call list_tasks to see the current ids.".to_owned(),
    }
}

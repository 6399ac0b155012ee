//! Names of the tools that the assistant treats specially. A test compares them with the table of tools in the crate `task`.

/// Adds a task. The server does this once for each idempotency key, so the call is repeatable.
pub const ADD_TASK: &str = "add_task";
/// Adds several tasks.
pub const ADD_TASKS: &str = "add_tasks";
/// Lists tasks; the tool that changes nothing.
pub const LIST_TASKS: &str = "list_tasks";
/// Marks a task as completed.
pub const COMPLETE_TASK: &str = "complete_task";
/// Marks several tasks as completed, or as pending.
pub const COMPLETE_TASKS: &str = "complete_tasks";
/// Changes title, description or completion of a task.
pub const UPDATE_TASK: &str = "update_task";
/// Deletes a task.
pub const DELETE_TASK: &str = "delete_task";
/// Undoes a change.
pub const UNDO: &str = "undo";

#[cfg(test)]
mod tests;

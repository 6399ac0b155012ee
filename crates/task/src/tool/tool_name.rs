//! The names of the tools.

/// Adds a task.
pub const ADD_TASK: &str = "add_task";
/// Adds several tasks.
pub const ADD_TASKS: &str = "add_tasks";
/// Lists tasks.
pub const LIST_TASKS: &str = "list_tasks";
/// Reads a task.
pub const GET_TASK: &str = "get_task";
/// Marks a task as completed.
pub const COMPLETE_TASK: &str = "complete_task";
/// Marks several tasks as completed.
pub const COMPLETE_TASKS: &str = "complete_tasks";
/// Changes a task.
pub const UPDATE_TASK: &str = "update_task";
/// Deletes a task.
pub const DELETE_TASK: &str = "delete_task";
/// Undoes a change.
pub const UNDO: &str = "undo";
/// Lists the lists.
pub const LIST_LISTS: &str = "list_lists";
/// Finds tasks, in the form of ChatGPT's connectors.
pub const SEARCH: &str = "search";
/// Reads what `search` found.
pub const FETCH: &str = "fetch";

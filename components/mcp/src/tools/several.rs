//! Calls for several tasks: one statement changes all of them, and each has its own result.

use task::tool::{ItemOutput, ToolOutput};
use task::{NewTask, StoreError, TaskAuthor, TaskId, TaskStore};

use super::failure;

/// Adds the good ones of these tasks, as one change.
pub(super) fn add(
    tasks: Vec<Result<NewTask, String>>,
    author: TaskAuthor,
    key: Option<&str>,
    store: &dyn TaskStore,
) -> Result<ToolOutput, StoreError> {
    let good: Vec<NewTask> = tasks.iter().filter_map(|task| task.as_ref().ok().cloned()).collect();
    let count = good.len();
    let added = if good.is_empty() { Vec::new() } else { store.add_all(author, good, key)?.tasks };
    let mut added = added.into_iter();
    let results = tasks.into_iter().map(|task| match task {
        Ok(_) => added.next().flatten().map_or_else(ItemOutput::default, |task| ItemOutput::done(None, task)),
        Err(error) => ItemOutput::failed(None, error),
    });
    Ok(ToolOutput::items(results.collect(), Some(count)))
}

/// Completes or reopens these tasks.
pub(super) fn complete(
    ids: &[TaskId],
    completed: bool,
    author: TaskAuthor,
    store: &dyn TaskStore,
) -> Result<ToolOutput, StoreError> {
    let tasks = store.complete_all(author, ids, completed)?.result;
    let result = |id: &TaskId| match tasks.iter().find(|task| task.id == id.get()) {
        Some(task) => ItemOutput::done(Some(id.get()), task.clone()),
        None => ItemOutput::failed(Some(id.get()), failure::not_found(Some(*id))),
    };
    Ok(ToolOutput::items(ids.iter().map(result).collect(), None))
}

//! Calls for several tasks: one statement changes all of them, and each has its own result.

use task::tool::{ItemOutput, ToolOutput};
use task::{NewTask, RecordedWrite, StoreError, TaskAuthor, TaskId};

use super::failure;
use crate::env::ToolStore;

/// Adds the good ones of these tasks, as one change.
pub(super) fn add(
    tasks: Vec<Result<NewTask, String>>,
    author: TaskAuthor,
    key: Option<&str>,
    store: &dyn ToolStore,
) -> Result<ToolOutput, StoreError> {
    let good: Vec<NewTask> = tasks.iter().filter_map(|task| task.as_ref().ok().cloned()).collect();
    let count = good.len();
    let (added, change) = match good.is_empty() {
        true => (Vec::new(), None),
        false => store.add_all(author, good, key).map(|added| (added.tasks, added.change))?,
    };
    let mut added = added.into_iter();
    let results = tasks.into_iter().map(|task| match task {
        Ok(_) => added.next().flatten().map_or_else(ItemOutput::default, |task| ItemOutput::done(None, task)),
        Err(error) => ItemOutput::failed(None, error),
    });
    Ok(ToolOutput::items(results.collect(), Some(count), change))
}

/// Completes or reopens these tasks.
pub(super) fn complete(
    ids: &[TaskId],
    completed: bool,
    author: TaskAuthor,
    store: &dyn ToolStore,
) -> Result<ToolOutput, StoreError> {
    let RecordedWrite { result: tasks, change } = store.complete_all(author, ids, completed)?;
    let result = |id: &TaskId| match tasks.iter().find(|task| task.id == id.get()) {
        Some(task) => ItemOutput::done(Some(id.get()), task.clone()),
        None => ItemOutput::failed(Some(id.get()), failure::not_found(Some(*id))),
    };
    Ok(ToolOutput::items(ids.iter().map(result).collect(), None, change))
}

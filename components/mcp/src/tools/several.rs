//! Calls for several tasks: one statement changes all of them, and each has its own result.

use task::tool::{ItemOutput, ToolOutput};
use task::{Draft, NewTask, SortKey, SortOrder, StoreError, Task, TaskAuthor, TaskId, TaskQuery, TaskStore};

use super::failure;

/// How many tasks of other calls may come between, when the added ones are looked up.
const SLACK: u32 = 25;

/// Adds the good ones of these tasks, as one change.
pub(super) fn add(
    tasks: Vec<Result<NewTask, String>>,
    author: TaskAuthor,
    key: Option<&str>,
    store: &dyn TaskStore,
) -> Result<ToolOutput, StoreError> {
    let good: Vec<NewTask> = tasks.iter().filter_map(|task| task.as_ref().ok().cloned()).collect();
    let mut added = add_all(&good, author, key, store)?.into_iter();
    let results = tasks.into_iter().map(|task| match task {
        Ok(_) => added.next().flatten().map_or_else(ItemOutput::default, |task| ItemOutput::done(None, task)),
        Err(error) => ItemOutput::failed(None, error),
    });
    Ok(ToolOutput::items(results.collect(), Some(good.len())))
}

/// Adds these tasks and returns each as it is, in order; `None` for one that was changed or deleted since.
fn add_all(
    tasks: &[NewTask],
    author: TaskAuthor,
    key: Option<&str>,
    store: &dyn TaskStore,
) -> Result<Vec<Option<Task>>, StoreError> {
    let Ok(count) = u32::try_from(tasks.len()) else { return Ok(Vec::new()) };
    if count == 0 {
        return Ok(Vec::new());
    }
    store.import(author, tasks.iter().cloned().map(Draft::from).collect(), key, None)?;
    let newest = SortOrder { by: SortKey::Id, descending: true };
    let query = TaskQuery { sort: newest, ..TaskQuery::all(count + SLACK) };
    let newest: Vec<Task> = store.list(author.owner, &query)?.tasks.into_iter().rev().collect();
    let is_run = |run: &&[Task]| run.iter().zip(tasks).all(|(stored, new)| stored.title == new.title.as_str());
    let found = newest.windows(tasks.len()).rfind(is_run);
    Ok(match found {
        Some(run) => run.iter().cloned().map(Some).collect(),
        None => vec![None; tasks.len()],
    })
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

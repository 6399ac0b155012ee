//! Changes of tasks: their authors, and what undoes them.

use task::{
    ChangedList, ChangedTask, HistoryPage, HistoryQuery, KeptTask, RecentChanges, RecordedWrite, StoreError, Task,
    TaskActor, TaskAuthor, TaskChangeEntry, TaskId, UndoResult, UndoneList,
};

use crate::bindings::todo::tasks::store;
use crate::stored::{task, tasks, unreadable};

pub(crate) fn to_author(TaskAuthor { owner, actor }: TaskAuthor) -> store::Author {
    let actor = match actor {
        TaskActor::Page => store::Actor::Page,
        TaskActor::Api => store::Actor::Api,
        TaskActor::Chat { conversation, turn } => {
            store::Actor::Chat(store::ChatTurn { conversation: *conversation, turn: *turn })
        }
        TaskActor::Mcp(client) => store::Actor::Mcp(client.clone()),
    };
    store::Author { owner: owner.to_owned(), actor }
}

pub(crate) fn one(write: store::TaskWrite) -> Result<RecordedWrite<Task>, StoreError> {
    let first =
        write.tasks.into_iter().next().ok_or_else(|| StoreError::Internal("no task was returned".to_owned()))?;
    Ok(RecordedWrite { result: task(first), change: write.change })
}

pub(crate) fn many(write: store::TaskWrite) -> RecordedWrite<Vec<Task>> {
    RecordedWrite { result: tasks(write.tasks), change: write.change }
}

pub(crate) fn undo_result(result: store::UndoResult) -> Result<UndoResult, StoreError> {
    let store::UndoResult { change, undone, kind, title, tasks: there, count, deleted, kept, lists } = result;
    let deleted: Vec<i64> = serde_json::from_str(&deleted).map_err(unreadable)?;
    let kept = KeptTask::read(&kept).map_err(unreadable)?;
    let lists = UndoneList::read(&lists).map_err(unreadable)?;
    Ok(UndoResult { change, undone, kind, title, tasks: tasks(there), count, deleted, kept, lists })
}

pub(crate) fn recent_changes(recent: store::RecentChanges) -> Result<RecentChanges, StoreError> {
    let store::RecentChanges { version, tasks: there, deleted, lists_changed, reload } = recent;
    let deleted: Vec<i64> = serde_json::from_str(&deleted).map_err(unreadable)?;
    Ok(RecentChanges { version, tasks: tasks(there), deleted, lists_changed, reload })
}

pub(crate) fn to_history_query(query: &HistoryQuery) -> store::HistoryQuery {
    let HistoryQuery { limit, before, task, actor, kind } = query.clone();
    store::HistoryQuery { limit, before, task: task.map(TaskId::get), actor, kind }
}

pub(crate) fn history_page(page: store::HistoryPage) -> Result<HistoryPage, StoreError> {
    let changes: Result<Vec<TaskChangeEntry>, serde_json::Error> = page.changes.into_iter().map(entry).collect();
    Ok(HistoryPage { changes: changes.map_err(unreadable)?, has_more: page.has_more })
}

fn entry(change: store::TaskChange) -> Result<TaskChangeEntry, serde_json::Error> {
    let store::TaskChange { id, made_at, kind, actor, .. } = change;
    let store::TaskChange { app_name, conversation, turn, undoes, undone_by, count, .. } = change;
    let (tasks, lists) = (ChangedTask::read(&change.tasks)?, ChangedList::read(&change.lists)?);
    let (app, conversation_id) = (app_name, conversation);
    Ok(TaskChangeEntry { id, made_at, kind, actor, app, conversation_id, turn, undoes, undone_by, count, tasks, lists })
}

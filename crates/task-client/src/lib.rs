//! [`TaskClient`]: the task store behind the WIT import `todo:tasks/store`, which task-store exports and the host
//! composes in. For tasks and mcp; holds no rules of its own.

use task::{
    AddResult, ChangedTask, Description, Draft, ExpectedVersions, HistoryPage, HistoryQuery, ImportResult, KeptTask,
    NewTask, Position, Priority, RecordedWrite, SortKey, StatusFilter, StoreError, Task, TaskActor, TaskAuthor,
    TaskChangeEntry, TaskChanges, TaskId, TaskPage, TaskQuery, TaskStore, TaskTime, Title, UndoResult,
};

mod bindings {
    wit_bindgen::generate!({ world: "task-client", path: "../../wit" });
}

use bindings::todo::tasks::store;

/// The imported store.
pub struct TaskClient;

impl TaskStore for TaskClient {
    fn list(&self, owner: &str, query: &TaskQuery) -> Result<TaskPage, StoreError> {
        let page = store::list_tasks(owner, &to_query(query))?;
        let position = |at: store::Position| TaskId::new(at.id).map(|id| Position { key: at.key, id });
        Ok(TaskPage { tasks: tasks(page.tasks), next: page.next.and_then(position) })
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        Ok(task(store::get_task(owner, id.get())?))
    }

    fn add(&self, author: TaskAuthor, new: NewTask, key: Option<&str>) -> Result<AddResult, StoreError> {
        let new = store::NewTask {
            title: new.title.into_string(),
            description: new.description.map(Description::into_string),
            priority: to_priority(new.priority),
        };
        let store::AddResult { task: added, replayed, deleted, change } =
            store::add_task(&to_author(author), &new, key)?;
        Ok(AddResult { task: task(added), replayed, deleted, change })
    }

    fn update(
        &self,
        author: TaskAuthor,
        id: TaskId,
        changes: TaskChanges,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        let changes = store::TaskChanges {
            title: changes.title.map(Title::into_string),
            description: changes.description.map(|text| text.map(Description::into_string)),
            completed: changes.completed,
            priority: changes.priority.map(to_priority),
        };
        one(store::update_task(&to_author(author), id.get(), &changes, expected)?)
    }

    fn delete(
        &self,
        author: TaskAuthor,
        id: TaskId,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        one(store::delete_task(&to_author(author), id.get(), expected)?)
    }

    fn complete_all(
        &self,
        author: TaskAuthor,
        ids: &[TaskId],
        completed: bool,
    ) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        Ok(many(store::complete_tasks(&to_author(author), &numbers(ids), completed)?))
    }

    fn delete_all(&self, author: TaskAuthor, ids: &[TaskId]) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        Ok(many(store::delete_tasks(&to_author(author), &numbers(ids))?))
    }

    fn restore(&self, author: TaskAuthor, id: TaskId) -> Result<UndoResult, StoreError> {
        undo_result(store::restore_task(&to_author(author), id.get())?)
    }

    fn undo(&self, author: TaskAuthor, change: Option<i64>) -> Result<UndoResult, StoreError> {
        undo_result(store::undo(&to_author(author), change)?)
    }

    fn history(&self, owner: &str, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        history_page(store::list_changes(owner, &to_history_query(query))?)
    }

    fn import(&self, author: TaskAuthor, drafts: Vec<Draft>, key: Option<&str>) -> Result<ImportResult, StoreError> {
        let drafts: Vec<store::Draft> = drafts.into_iter().map(to_draft).collect();
        let store::ImportResult { count, replayed, change } = store::import_tasks(&to_author(author), &drafts, key)?;
        Ok(ImportResult { count, replayed, change })
    }
}

fn to_query(query: &TaskQuery) -> store::TaskQuery {
    store::TaskQuery {
        status: match query.status {
            StatusFilter::All => store::StatusFilter::All,
            StatusFilter::Pending => store::StatusFilter::Pending,
            StatusFilter::Completed => store::StatusFilter::Completed,
        },
        words: query.search.words().to_vec(),
        priority: query.priority.map(to_priority),
        sort: match query.sort.by {
            SortKey::Id => store::SortKey::Id,
            SortKey::CreatedAt => store::SortKey::CreatedAt,
            SortKey::UpdatedAt => store::SortKey::UpdatedAt,
            SortKey::Title => store::SortKey::Title,
            SortKey::Priority => store::SortKey::Priority,
        },
        descending: query.sort.descending,
        limit: query.limit,
        after: query.after.as_ref().map(|at| store::Position { key: at.key.clone(), id: at.id.get() }),
    }
}

fn to_draft(draft: Draft) -> store::Draft {
    store::Draft {
        title: draft.title.into_string(),
        description: draft.description.map(Description::into_string),
        completed: draft.completed,
        created_at: draft.created_at.map(TaskTime::into_string),
        updated_at: draft.updated_at.map(TaskTime::into_string),
        completed_at: draft.completed_at.map(TaskTime::into_string),
        priority: to_priority(draft.priority),
    }
}

fn numbers(ids: &[TaskId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

fn tasks(tasks: Vec<store::Task>) -> Vec<Task> {
    tasks.into_iter().map(task).collect()
}

fn task(task: store::Task) -> Task {
    let store::Task { id, title, description, completed, created_at, updated_at, completed_at, priority } = task;
    let priority = match priority {
        store::Priority::High => Priority::High,
        store::Priority::Medium => Priority::Medium,
        store::Priority::Low => Priority::Low,
        store::Priority::None => Priority::None,
    };
    Task { id, title, description, completed, created_at, updated_at, completed_at, priority }
}

fn to_priority(priority: Priority) -> store::Priority {
    match priority {
        Priority::High => store::Priority::High,
        Priority::Medium => store::Priority::Medium,
        Priority::Low => store::Priority::Low,
        Priority::None => store::Priority::None,
    }
}

fn to_author(TaskAuthor { owner, actor }: TaskAuthor) -> store::Author {
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

fn one(write: store::TaskWrite) -> Result<RecordedWrite<Task>, StoreError> {
    let first =
        write.tasks.into_iter().next().ok_or_else(|| StoreError::Internal("no task was returned".to_owned()))?;
    Ok(RecordedWrite { result: task(first), change: write.change })
}

fn many(write: store::TaskWrite) -> RecordedWrite<Vec<Task>> {
    RecordedWrite { result: tasks(write.tasks), change: write.change }
}

fn undo_result(result: store::UndoResult) -> Result<UndoResult, StoreError> {
    let store::UndoResult { change, undone, kind, title, tasks: there, count, deleted, kept } = result;
    let deleted: Vec<i64> = serde_json::from_str(&deleted).map_err(unreadable)?;
    let kept = KeptTask::read(&kept).map_err(unreadable)?;
    Ok(UndoResult { change, undone, kind, title, tasks: tasks(there), count, deleted, kept })
}

fn to_history_query(query: &HistoryQuery) -> store::HistoryQuery {
    let HistoryQuery { limit, before, task, actor, kind } = query.clone();
    store::HistoryQuery { limit, before, task: task.map(TaskId::get), actor, kind }
}

fn history_page(page: store::HistoryPage) -> Result<HistoryPage, StoreError> {
    let changes: Result<Vec<TaskChangeEntry>, serde_json::Error> = page.changes.into_iter().map(entry).collect();
    Ok(HistoryPage { changes: changes.map_err(unreadable)?, has_more: page.has_more })
}

fn entry(change: store::TaskChange) -> Result<TaskChangeEntry, serde_json::Error> {
    let store::TaskChange { id, made_at, kind, actor, app_name, conversation, turn, undoes, undone_by, count, tasks } =
        change;
    let tasks = ChangedTask::read(&tasks)?;
    let (app, conversation_id) = (app_name, conversation);
    Ok(TaskChangeEntry { id, made_at, kind, actor, app, conversation_id, turn, undoes, undone_by, count, tasks })
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Internal(error.to_string())
}

impl From<store::StoreError> for StoreError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::NotFound => Self::NotFound,
            store::StoreError::UnknownOwner => Self::UnknownOwner,
            store::StoreError::Stale => Self::Stale,
            store::StoreError::LimitReached(limit) => Self::LimitReached(limit),
            store::StoreError::KeyReused => Self::KeyReused,
            store::StoreError::AlreadyUndone => Self::AlreadyUndone,
            store::StoreError::ChangedSince(kept) => KeptTask::read(&kept).map_or_else(unreadable, Self::ChangedSince),
            store::StoreError::Unavailable(text) => Self::Unavailable(text),
            store::StoreError::Internal(text) => Self::Internal(text),
        }
    }
}

//! [`TaskClient`]: the task store behind the WIT import `todo:tasks/store`, which task-store exports and the host
//! composes in. For tasks and mcp; holds no rules of its own.

use task::{
    AddResult, Description, Draft, ExpectedVersions, ImportResult, NewTask, Position, Priority, SortKey, StatusFilter,
    StoreError, Task, TaskChanges, TaskId, TaskPage, TaskQuery, TaskStore, TaskTime, Title,
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

    fn add(&self, owner: &str, new: NewTask, key: Option<&str>) -> Result<AddResult, StoreError> {
        let new = store::NewTask {
            title: new.title.into_string(),
            description: new.description.map(Description::into_string),
            priority: to_priority(new.priority),
        };
        let added = store::add_task(owner, &new, key)?;
        Ok(AddResult { task: task(added.task), replayed: added.replayed, deleted: added.deleted })
    }

    fn update(
        &self,
        owner: &str,
        id: TaskId,
        changes: TaskChanges,
        expected: ExpectedVersions,
    ) -> Result<Task, StoreError> {
        let changes = store::TaskChanges {
            title: changes.title.map(Title::into_string),
            description: changes.description.map(|text| text.map(Description::into_string)),
            completed: changes.completed,
            priority: changes.priority.map(to_priority),
        };
        Ok(task(store::update_task(owner, id.get(), &changes, expected)?))
    }

    fn delete(&self, owner: &str, id: TaskId, expected: ExpectedVersions) -> Result<Task, StoreError> {
        Ok(task(store::delete_task(owner, id.get(), expected)?))
    }

    fn complete_all(&self, owner: &str, ids: &[TaskId], completed: bool) -> Result<Vec<Task>, StoreError> {
        Ok(tasks(store::complete_tasks(owner, &numbers(ids), completed)?))
    }

    fn delete_all(&self, owner: &str, ids: &[TaskId]) -> Result<Vec<Task>, StoreError> {
        Ok(tasks(store::delete_tasks(owner, &numbers(ids))?))
    }

    fn restore(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        Ok(task(store::restore_task(owner, id.get())?))
    }

    fn undo(&self, owner: &str) -> Result<Vec<Task>, StoreError> {
        Ok(tasks(store::undo_deletion(owner)?))
    }

    fn import(&self, owner: &str, drafts: Vec<Draft>, key: Option<&str>) -> Result<ImportResult, StoreError> {
        let drafts: Vec<store::Draft> = drafts.into_iter().map(to_draft).collect();
        let store::ImportResult { count, replayed } = store::import_tasks(owner, &drafts, key)?;
        Ok(ImportResult { count, replayed })
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

impl From<store::StoreError> for StoreError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::NotFound => Self::NotFound,
            store::StoreError::UnknownOwner => Self::UnknownOwner,
            store::StoreError::Stale => Self::Stale,
            store::StoreError::LimitReached(limit) => Self::LimitReached(limit),
            store::StoreError::KeyReused => Self::KeyReused,
            store::StoreError::Unavailable(text) => Self::Unavailable(text),
            store::StoreError::Internal(text) => Self::Internal(text),
        }
    }
}

//! [`TaskClient`]: the task store behind the WIT import `todo:tasks/store`, which task-store exports and the host
//! composes in. Used by tasks and mcp; holds no rules of its own.

use task::{
    Added, Changes, Description, Draft, Expected, Imported, NewTask, Page, Position, Query, SortBy, Status, StoreError,
    Task, TaskId, TaskStore, Time, Title,
};

mod bindings {
    wit_bindgen::generate!({ world: "task-client", path: "../../wit" });
}

use bindings::todo::tasks::store;

/// The imported store.
pub struct TaskClient;

impl TaskStore for TaskClient {
    fn list(&self, owner: &str, wanted: &Query) -> Result<Page, StoreError> {
        let page = store::list_tasks(owner, &query(wanted)).map_err(refused)?;
        let position = |at: store::Position| TaskId::new(at.id).map(|id| Position { key: at.key, id });
        Ok(Page { tasks: all(page.tasks), next: page.next.and_then(position) })
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        store::get_task(owner, id.get()).map(task).map_err(refused)
    }

    fn add(&self, owner: &str, new: NewTask, key: Option<&str>) -> Result<Added, StoreError> {
        let new = store::NewTask {
            title: new.title.into_string(),
            description: new.description.map(Description::into_string),
        };
        let added = store::add_task(owner, &new, key).map_err(refused)?;
        Ok(Added { task: task(added.task), replayed: added.replayed })
    }

    fn update(&self, owner: &str, id: TaskId, changes: Changes, expected: Expected) -> Result<Task, StoreError> {
        let changes = store::Changes {
            title: changes.title.map(Title::into_string),
            description: changes.description.map(|text| text.map(Description::into_string)),
            completed: changes.completed,
        };
        store::update_task(owner, id.get(), &changes, expected).map(task).map_err(refused)
    }

    fn delete(&self, owner: &str, id: TaskId, expected: Expected) -> Result<Task, StoreError> {
        store::delete_task(owner, id.get(), expected).map(task).map_err(refused)
    }

    fn complete_all(&self, owner: &str, ids: &[TaskId], completed: bool) -> Result<Vec<Task>, StoreError> {
        store::complete_tasks(owner, &numbers(ids), completed).map(all).map_err(refused)
    }

    fn delete_all(&self, owner: &str, ids: &[TaskId]) -> Result<Vec<Task>, StoreError> {
        store::delete_tasks(owner, &numbers(ids)).map(all).map_err(refused)
    }

    fn restore(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        store::restore_task(owner, id.get()).map(task).map_err(refused)
    }

    fn undo(&self, owner: &str) -> Result<Vec<Task>, StoreError> {
        store::undo_deletion(owner).map(all).map_err(refused)
    }

    fn import(&self, owner: &str, drafts: Vec<Draft>, key: Option<&str>) -> Result<Imported, StoreError> {
        let drafts: Vec<store::Draft> = drafts.into_iter().map(draft).collect();
        let store::Imported { count, replayed } = store::import_tasks(owner, &drafts, key).map_err(refused)?;
        Ok(Imported { count, replayed })
    }
}

fn query(query: &Query) -> store::Query {
    store::Query {
        status: match query.status {
            Status::All => store::Status::All,
            Status::Pending => store::Status::Pending,
            Status::Completed => store::Status::Completed,
        },
        words: query.search.words().to_vec(),
        sort: match query.sort.by {
            SortBy::Id => store::Sort::Id,
            SortBy::CreatedAt => store::Sort::CreatedAt,
            SortBy::UpdatedAt => store::Sort::UpdatedAt,
            SortBy::Title => store::Sort::Title,
        },
        descending: query.sort.descending,
        limit: query.limit,
        after: query.after.as_ref().map(|at| store::Position { key: at.key.clone(), id: at.id.get() }),
    }
}

fn draft(draft: Draft) -> store::Draft {
    store::Draft {
        title: draft.title.into_string(),
        description: draft.description.map(Description::into_string),
        completed: draft.completed,
        created_at: draft.created_at.map(Time::into_string),
        updated_at: draft.updated_at.map(Time::into_string),
    }
}

fn numbers(ids: &[TaskId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

fn all(tasks: Vec<store::Task>) -> Vec<Task> {
    tasks.into_iter().map(task).collect()
}

fn task(task: store::Task) -> Task {
    let store::Task { id, title, description, completed, created_at, updated_at } = task;
    Task { id, title, description, completed, created_at, updated_at }
}

fn refused(error: store::Error) -> StoreError {
    match error {
        store::Error::NotFound => StoreError::NotFound,
        store::Error::UnknownOwner => StoreError::UnknownOwner,
        store::Error::Stale => StoreError::Stale,
        store::Error::LimitReached(limit) => StoreError::LimitReached(limit),
        store::Error::KeyReused => StoreError::KeyReused,
        store::Error::Unavailable(text) => StoreError::Unavailable(text),
        store::Error::Internal(text) => StoreError::Internal(text),
    }
}

//! [`TaskClient`]: the task store behind the WIT import `todo:tasks/store`, which task-store exports and the host
//! composes in. Used by tasks and mcp; holds no rules of its own.

use task::{Changes, Description, NewTask, Page, Status, StoreError, Task, TaskId, TaskStore, Title};

mod bindings {
    wit_bindgen::generate!({ world: "task-client", path: "../../wit" });
}

use bindings::todo::tasks::store;

/// The imported store.
pub struct TaskClient;

impl TaskStore for TaskClient {
    fn list(&self, owner: &str, status: Status, limit: u32, after: Option<TaskId>) -> Result<Page, StoreError> {
        let status = match status {
            Status::All => store::Status::All,
            Status::Pending => store::Status::Pending,
            Status::Completed => store::Status::Completed,
        };
        let page = store::list_tasks(owner, status, limit, after.map(TaskId::get)).map_err(refused)?;
        Ok(Page { tasks: page.tasks.into_iter().map(task).collect(), next: page.next.and_then(TaskId::new) })
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        store::get_task(owner, id.get()).map(task).map_err(refused)
    }

    fn add(&self, owner: &str, new: NewTask) -> Result<Task, StoreError> {
        let new = store::NewTask {
            title: new.title.into_string(),
            description: new.description.map(Description::into_string),
        };
        store::add_task(owner, &new).map(task).map_err(refused)
    }

    fn update(&self, owner: &str, id: TaskId, changes: Changes) -> Result<Task, StoreError> {
        let changes = store::Changes {
            title: changes.title.map(Title::into_string),
            description: changes.description.map(|text| text.map(Description::into_string)),
            completed: changes.completed,
        };
        store::update_task(owner, id.get(), &changes).map(task).map_err(refused)
    }

    fn delete(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        store::delete_task(owner, id.get()).map(task).map_err(refused)
    }
}

fn task(task: store::Task) -> Task {
    let store::Task { id, title, description, completed, created_at, updated_at } = task;
    Task { id, title, description, completed, created_at, updated_at }
}

fn refused(error: store::Error) -> StoreError {
    match error {
        store::Error::NotFound => StoreError::NotFound,
        store::Error::UnknownOwner => StoreError::UnknownOwner,
        store::Error::Unavailable(text) => StoreError::Unavailable(text),
        store::Error::Internal(text) => StoreError::Internal(text),
    }
}

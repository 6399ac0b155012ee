//! Request bodies into domain types, and tasks into answers.

use http_api::{ApiError, User};
use serde::Serialize;
use serde_json::{Map, Value};
use task::{Description, FieldReader, MAX_IDS, NewTask, Task, TaskChanges, TaskId, Title};

const MEMBERS: [&str; 3] = ["title", "description", "completed"];

/// A task as REST shows it: with its owner.
#[derive(Serialize)]
pub(crate) struct OwnedTask<'a> {
    user_id: &'a str,
    id: i64,
    title: &'a str,
    description: Option<&'a str>,
    completed: bool,
    created_at: &'a str,
    updated_at: &'a str,
}

impl<'a> OwnedTask<'a> {
    pub(crate) fn new(user_id: &'a str, task: &'a Task) -> Self {
        let Task { id, title, description, completed, created_at, updated_at } = task;
        let (id, completed, description) = (*id, *completed, description.as_deref());
        Self { user_id, id, title, description, completed, created_at, updated_at }
    }
}

/// Tasks as REST shows them.
pub(crate) fn shown<'a>(user: &'a User, tasks: &'a [Task]) -> Vec<OwnedTask<'a>> {
    tasks.iter().map(|task| OwnedTask::new(&user.id, task)).collect()
}

/// The body of POST. A new task is pending: `completed` may be given as false only.
pub(crate) fn new_task(body: &Map<String, Value>) -> Result<NewTask, ApiError> {
    let mut fields = FieldReader::new(body, &MEMBERS);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    if fields.flag("completed") == Some(true) {
        fields.reject("completed", "must be false: a new task is pending.");
    }
    Ok(fields.finish(title.map(|title| NewTask { title, description }))?)
}

/// The body of PUT: the whole task. An absent description is none, an absent `completed` is false.
pub(crate) fn replacement(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &MEMBERS);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    let completed = fields.flag("completed").unwrap_or(false);
    let whole = TaskChanges { title, description: Some(description), completed: Some(completed) };
    Ok(fields.finish(Some(whole))?)
}

/// The body of PATCH (RFC 7396): absent members stay, a `null` description is cleared.
pub(crate) fn changes(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &MEMBERS);
    for name in ["title", "completed"] {
        if fields.is_null(name) {
            fields.reject(name, "must not be null.");
        }
    }
    let title = fields.text("title", Title::parse);
    let clear = fields.is_null("description");
    let description = fields.text("description", Description::parse).or(clear.then_some(None));
    let completed = fields.flag("completed");
    Ok(fields.finish(Some(TaskChanges { title, description, completed }))?)
}

/// The body of PATCH …/complete: nothing, or whether it is done.
pub(crate) fn completion(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &["completed"]);
    if fields.is_null("completed") {
        fields.reject("completed", "must be true or false.");
    }
    let completed = fields.flag("completed").unwrap_or(true);
    Ok(fields.finish(Some(TaskChanges::completed(completed)))?)
}

/// The body of POST …/tasks/complete: which tasks, and whether they are done.
pub(crate) fn completion_of_many(body: &Map<String, Value>) -> Result<(Vec<TaskId>, bool), ApiError> {
    let mut fields = FieldReader::new(body, &["ids", "completed"]);
    fields.require("ids");
    let ids = TaskId::read_list(&mut fields, "ids", MAX_IDS);
    if fields.is_null("completed") {
        fields.reject("completed", "must be true or false.");
    }
    let completed = fields.flag("completed").unwrap_or(true);
    Ok(fields.finish(ids.map(|ids| (ids, completed)))?)
}

/// The body of POST …/tasks/delete: which tasks.
pub(crate) fn ids(body: &Map<String, Value>) -> Result<Vec<TaskId>, ApiError> {
    let mut fields = FieldReader::new(body, &["ids"]);
    fields.require("ids");
    let ids = TaskId::read_list(&mut fields, "ids", MAX_IDS);
    Ok(fields.finish(ids)?)
}

//! Request bodies as domain types.

use http_api::ApiError;
use serde_json::{Map, Value};
use task::{Description, FieldReader, MAX_IDS, NewTask, TaskChanges, TaskId, Title};

const MEMBERS: [&str; 3] = ["title", "description", "completed"];

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

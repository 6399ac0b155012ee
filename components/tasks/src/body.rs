//! JSON bodies into domain types. Each function returns 422 with every member that is wrong.

use http_api::ApiError;
use serde_json::{Map, Value};
use task::{Description, FieldReader, MAX_IDS, NewTask, Priority, TaskChanges, TaskId, Title};

const MEMBERS: [&str; 4] = ["title", "description", "completed", "priority"];

/// The body of POST. A new task is pending, so `completed` may only be false.
pub(crate) fn new_task(body: &Map<String, Value>) -> Result<NewTask, ApiError> {
    let mut fields = FieldReader::new(body, &MEMBERS);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    if fields.flag("completed") == Some(true) {
        fields.reject("completed", "must be false: a new task is pending.");
    }
    let priority = fields.text("priority", Priority::parse).unwrap_or_default();
    Ok(fields.finish(title.map(|title| NewTask { title, description, priority }))?)
}

/// The body of PUT. Absent members stay as they are, since many clients send only the members that they know; `null`
/// clears a member.
pub(crate) fn replacement(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let reopened = body.get("completed").is_some_and(Value::is_null).then_some(false);
    let changes = read_changes(body, &["title"])?;
    Ok(TaskChanges { completed: changes.completed.or(reopened), ..changes })
}

/// The body of PATCH (RFC 7396). Absent members stay as they are; a description or priority of `null` is cleared.
pub(crate) fn changes(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    read_changes(body, &["title", "completed"])
}

/// The changes that a body names, in which these members must not be `null`.
fn read_changes(body: &Map<String, Value>, not_null: &[&str]) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &MEMBERS);
    for name in not_null {
        if fields.is_null(name) {
            fields.reject(name, "must not be null.");
        }
    }
    let title = fields.text("title", Title::parse);
    let clear = fields.is_null("description");
    let description = fields.text("description", Description::parse).or(clear.then_some(None));
    let completed = fields.flag("completed");
    let no_priority = fields.is_null("priority").then_some(Priority::None);
    let priority = fields.text("priority", Priority::parse).or(no_priority);
    Ok(fields.finish(Some(TaskChanges { title, description, completed, priority }))?)
}

/// The body of PATCH …/complete: nothing, or whether the task is completed.
pub(crate) fn completion(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &["completed"]);
    if fields.is_null("completed") {
        fields.reject("completed", "must be true or false.");
    }
    let completed = fields.flag("completed").unwrap_or(true);
    Ok(fields.finish(Some(TaskChanges::completed(completed)))?)
}

/// The body of POST …/tasks/complete: the tasks, and whether they are completed.
pub(crate) fn bulk_completion(body: &Map<String, Value>) -> Result<(Vec<TaskId>, bool), ApiError> {
    let mut fields = FieldReader::new(body, &["ids", "completed"]);
    fields.require("ids");
    let ids = TaskId::read_list(&mut fields, "ids", MAX_IDS);
    if fields.is_null("completed") {
        fields.reject("completed", "must be true or false.");
    }
    let completed = fields.flag("completed").unwrap_or(true);
    Ok(fields.finish(ids.map(|ids| (ids, completed)))?)
}

/// The body of POST …/tasks/delete: the tasks.
pub(crate) fn task_ids(body: &Map<String, Value>) -> Result<Vec<TaskId>, ApiError> {
    let mut fields = FieldReader::new(body, &["ids"]);
    fields.require("ids");
    let ids = TaskId::read_list(&mut fields, "ids", MAX_IDS);
    Ok(fields.finish(ids)?)
}

#[cfg(test)]
mod tests;

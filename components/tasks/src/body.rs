//! JSON bodies into domain types. Each function returns 422 with every member that is wrong.

use std::borrow::Cow;

use http_api::ApiError;
use serde_json::{Map, Value};
use task::{
    BulkChanges, BulkTask, FieldReader, ListChanges, MAX_IDS, NewTask, SettingsChanges, TaskChanges, TaskDue, TaskId,
    TaskMembers, Title,
};

/// The names of other APIs, and the members that they mean.
const OTHER_NAMES: [(&str, &str); 2] = [("due_date", "due"), ("dueDate", "due")];

/// The body with our names for its members. A member that is named twice keeps the other name, which is an error then.
pub(crate) fn with_our_names(body: &Map<String, Value>) -> Cow<'_, Map<String, Value>> {
    let mut named = Cow::Borrowed(body);
    for (theirs, ours) in OTHER_NAMES {
        if !named.contains_key(ours) && named.contains_key(theirs) {
            let members = named.to_mut();
            let value = members.remove(theirs).unwrap_or_default();
            members.insert(ours.to_owned(), value);
        }
    }
    named
}

fn reader<'a>(body: &'a Map<String, Value>, first: &[&str]) -> FieldReader<'a> {
    FieldReader::new(body, &[first, &TaskMembers::NAMES].concat())
}

/// The body of POST. A new task is pending, so `completed` may only be false.
pub(crate) fn new_task(body: &Map<String, Value>) -> Result<NewTask, ApiError> {
    let body = with_our_names(body);
    let mut fields = reader(&body, &["title", "completed"]);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let members = TaskMembers::read(&mut fields);
    if fields.flag("completed") == Some(true) {
        fields.reject("completed", "must be false: a new task is pending.");
    }
    Ok(fields.finish(title.map(|title| NewTask { title, members }))?)
}

/// The body of PUT. Absent members stay as they are, since many clients send only the members that they know; `null`
/// clears a member.
pub(crate) fn replacement(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let reopened = body.get("completed").is_some_and(Value::is_null).then_some(false);
    let changes = read_changes(body, &["title"])?;
    Ok(TaskChanges { completed: changes.completed.or(reopened), ..changes })
}

/// The body of PATCH (RFC 7396). Absent members stay as they are; `null` clears those that can be empty.
pub(crate) fn changes(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    read_changes(body, &["title", "completed"])
}

/// The changes that a body names, in which these members must not be `null`.
fn read_changes(body: &Map<String, Value>, not_null: &[&str]) -> Result<TaskChanges, ApiError> {
    let body = with_our_names(body);
    let mut fields = reader(&body, &["title", "completed"]);
    for name in not_null {
        if fields.is_null(name) {
            fields.reject(name, "must not be null.");
        }
    }
    let title = fields.text("title", Title::parse);
    let members = TaskMembers::read(&mut fields);
    let completed = fields.flag("completed");
    Ok(fields.finish(Some(TaskChanges { title, completed, members, ..TaskChanges::default() }))?)
}

/// The body of PATCH …/complete: nothing, or whether the task is completed, and when it is due as the client knows it.
pub(crate) fn completion(body: &Map<String, Value>) -> Result<TaskChanges, ApiError> {
    let mut fields = FieldReader::new(body, &["completed", "due"]);
    if fields.is_null("completed") {
        fields.reject("completed", "must be true or false.");
    }
    let completed = fields.flag("completed").unwrap_or(true);
    let if_due = fields.text("due", TaskDue::parse);
    Ok(fields.finish(Some(TaskChanges { if_due, ..TaskChanges::completed(completed) }))?)
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

/// The body of POST …/tasks/bulk: the tasks, and what is done to them.
pub(crate) fn bulk_changes(body: &Map<String, Value>) -> Result<(Vec<BulkTask>, BulkChanges), ApiError> {
    let body = with_our_names(body);
    let mut fields = FieldReader::new(&body, &[&["ids"][..], &BulkChanges::NAMES].concat());
    fields.require("ids");
    let (tasks, changes) = (BulkTask::read_list(&mut fields), BulkChanges::read(&mut fields));
    if let (Some(tasks), Some(place)) = (&tasks, changes.place)
        && tasks.iter().any(|task| task.id == place.neighbour)
    {
        fields.reject("ids", "must not have the task beside which they come.");
    }
    Ok(fields.finish(tasks.map(|tasks| (tasks, changes)))?)
}

/// The body of POST …/tasks/delete: the tasks.
pub(crate) fn task_ids(body: &Map<String, Value>) -> Result<Vec<TaskId>, ApiError> {
    let mut fields = FieldReader::new(body, &["ids"]);
    fields.require("ids");
    let ids = TaskId::read_list(&mut fields, "ids", MAX_IDS);
    Ok(fields.finish(ids)?)
}

/// The body of POST …/move: the neighbour, and whether the task comes behind it.
pub(crate) fn neighbour(body: &Map<String, Value>) -> Result<(TaskId, bool), ApiError> {
    let mut fields = FieldReader::new(body, &["after", "before"]);
    let (after, before) = (TaskId::read(&mut fields, "after"), TaskId::read(&mut fields, "before"));
    if body.contains_key("after") == body.contains_key("before") {
        fields.reject(
            "after",
            "is required, or before: the number of the task that it comes behind, or before which it comes.",
        );
    }
    Ok(fields.finish(after.map(|id| (id, true)).or_else(|| before.map(|id| (id, false))))?)
}

/// The body of POST …/lists.
pub(crate) fn new_list(body: &Map<String, Value>) -> Result<ListChanges, ApiError> {
    let mut fields = FieldReader::new(body, &["name", "color"]);
    fields.require("name");
    let list = ListChanges::read(&mut fields);
    Ok(fields.finish(Some(list))?)
}

/// The body of PATCH …/lists/{list_id}.
pub(crate) fn list_changes(body: &Map<String, Value>) -> Result<ListChanges, ApiError> {
    let mut fields = FieldReader::new(body, &ListChanges::NAMES);
    let changes = ListChanges::read(&mut fields);
    Ok(fields.finish(Some(changes))?)
}

/// The body of PATCH …/settings.
pub(crate) fn settings(body: &Map<String, Value>) -> Result<SettingsChanges, ApiError> {
    let mut fields = FieldReader::new(body, &SettingsChanges::NAMES);
    let changes = SettingsChanges::read(&mut fields);
    Ok(fields.finish(Some(changes))?)
}

#[cfg(test)]
mod tests;

//! The operations of tasks.

use serde_json::{Value, json};
use task::{MAX_IDS, MAX_IMPORT, MAX_PAGE, MAX_SEARCH, SortOrder, StatusFilter};

use crate::operation::{Operation, item, reference};

const JSON: &[&str] = &["application/json"];
const TASK: &str = "The number of the task.";
const LIMITS: &[&str] = &["RateLimit", "RateLimit-Policy"];
const ONE: &[&str] = &["ETag", "RateLimit", "RateLimit-Policy"];
/// The errors of an operation with a body.
const BODY: &[&str] = &["invalid", "unsupported_media_type", "too_large"];
/// The errors of an operation that changes one task.
const CHANGE: &[&str] =
    &["invalid", "unsupported_media_type", "too_large", "precondition_failed", "precondition_required"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/tasks", item([("get", list()), ("post", add())])),
        ("/api/{user_id}/tasks/complete", item([("post", complete_many())])),
        ("/api/{user_id}/tasks/delete", item([("post", delete_many())])),
        ("/api/{user_id}/tasks/undo", item([("post", undo())])),
        ("/api/{user_id}/tasks/export", item([("get", export())])),
        ("/api/{user_id}/tasks/import", item([("post", import())])),
        (
            "/api/{user_id}/tasks/{task_id}",
            item([("get", get()), ("put", replace()), ("patch", change()), ("delete", delete())]),
        ),
        ("/api/{user_id}/tasks/{task_id}/complete", item([("patch", complete())])),
        ("/api/{user_id}/tasks/{task_id}/restore", item([("post", restore())])),
    ]
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("tasks", id, summary)
}

fn list() -> Value {
    let text = || json!({ "type": "string" });
    operation("listTasks", "List tasks")
        .parameter(
            "query",
            "status",
            "Which tasks.",
            json!({ "enum": StatusFilter::WORDS, "default": StatusFilter::WORDS[0] }),
        )
        .parameter(
            "query",
            "q",
            "Only tasks whose title or description contains each of these words, in any case.",
            json!({ "type": "string", "maxLength": MAX_SEARCH }),
        )
        .parameter(
            "query",
            "sort",
            "The order; `-` for the greatest first. Equal ones stand in the order of `id`.",
            json!({ "enum": SortOrder::WORDS, "default": SortOrder::WORDS[0] }),
        )
        .limit(
            "How many at most. A page of more than 1,000 tasks ends at 4 MiB of text; `Link` says how it goes on.",
            MAX_PAGE,
            MAX_PAGE,
        )
        .parameter(
            "query",
            "after",
            "Where the page before ended: a task's number when sorted by `id`, else what `Link` says.",
            text(),
        )
        .responds(200, "One page.", Some(reference("Tasks")), &["Link", "RateLimit", "RateLimit-Policy"])
        .errors(&["invalid"])
}

fn add() -> Value {
    once(operation("addTask", "Add a task"))
        .body(true, JSON, &reference("NewTask"))
        .responds(
            201,
            "The new task.",
            Some(reference("Task")),
            &["Location", "ETag", "Idempotent-Replayed", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&[BODY, &["task_limit", "idempotency_key_reused"]].concat())
}

/// An operation that adds tasks, once for each key.
fn once(operation: Operation) -> Operation {
    let about = "The same key with the same body adds nothing more for 24 hours and gets the same answer.";
    operation.parameter(
        "header",
        "Idempotency-Key",
        about,
        json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
    )
}

fn get() -> Value {
    operation("getTask", "Read a task")
        .number("task_id", TASK)
        .parameter("header", "If-None-Match", "Versions that are known already.", json!({ "type": "string" }))
        .responds(200, "The task.", Some(reference("Task")), ONE)
        .responds(304, "It has not changed.", None, ONE)
        .errors(&[])
}

fn conditional(operation: Operation) -> Operation {
    let about = "The versions (ETag) of which the task must still have one; 412 otherwise.";
    operation.number("task_id", TASK).parameter("header", "If-Match", about, json!({ "type": "string" }))
}

fn replace() -> Value {
    conditional(operation("replaceTask", "Replace a task"))
        .about("What is not given is cleared.")
        .body(true, JSON, &reference("Replacement"))
        .responds(200, "The task as it is now.", Some(reference("Task")), ONE)
        .errors(CHANGE)
}

fn change() -> Value {
    conditional(operation("changeTask", "Change a task"))
        .about("A merge patch (RFC 7396): what is not given stays; a description of null is cleared.")
        .body(true, &["application/merge-patch+json", "application/json"], &reference("Changes"))
        .responds(200, "The task as it is now.", Some(reference("Task")), ONE)
        .errors(CHANGE)
}

fn complete() -> Value {
    conditional(operation("completeTask", "Complete or reopen a task"))
        .body(false, JSON, &reference("Completion"))
        .responds(200, "The task as it is now.", Some(reference("Task")), ONE)
        .errors(CHANGE)
}

fn delete() -> Value {
    conditional(operation("deleteTask", "Delete a task"))
        .about("It can be restored for 24 hours.")
        .responds(204, "It is gone.", None, LIMITS)
        .errors(&["precondition_failed", "precondition_required"])
}

fn restore() -> Value {
    operation("restoreTask", "Bring back a deleted task")
        .number("task_id", TASK)
        .responds(200, "The task, under its old number.", Some(reference("Task")), ONE)
        .errors(&["task_limit"])
}

fn complete_many() -> Value {
    operation("completeTasks", "Complete or reopen tasks")
        .about(&format!("At most {MAX_IDS}, at once. Numbers of tasks that are not there are answered in `not_found`."))
        .body(true, JSON, &reference("CompletionOfMany"))
        .responds(200, "What there was, as it is now.", Some(reference("Touched")), LIMITS)
        .errors(BODY)
}

fn delete_many() -> Value {
    operation("deleteTasks", "Delete tasks")
        .about(&format!("At most {MAX_IDS}, at once: undo brings all of them back."))
        .body(true, JSON, &reference("Ids"))
        .responds(200, "What there was.", Some(reference("Touched")), LIMITS)
        .errors(BODY)
}

fn undo() -> Value {
    operation("undoDeletion", "Undo the last deletion")
        .about("Brings back what the user's last deletion removed, whichever way it was made, for 24 hours.")
        .responds(200, "What is back.", Some(reference("Restored")), LIMITS)
        .errors(&["task_limit", "too_large"])
}

fn export() -> Value {
    operation("exportTasks", "Export all tasks")
        .about("As a file. In CSV a cell that a spreadsheet would calculate begins with `'`; an import takes it off.")
        .parameter("query", "format", "Of the file.", json!({ "enum": ["json", "csv"], "default": "json" }))
        .responds(
            200,
            "All tasks.",
            Some(reference("Tasks")),
            &["Content-Disposition", "RateLimit", "RateLimit-Policy"],
        )
        .or_responds(200, "text/csv", json!({ "type": "string" }))
        .errors(&["invalid"])
}

fn import() -> Value {
    let drafts = json!({ "type": "array", "maxItems": MAX_IMPORT, "items": reference("Draft") });
    once(operation("importTasks", "Import tasks"))
        .about("What an export holds, or any table with a column `title`. All of them are added, under new numbers, or none: errors name the line.")
        .body(true, JSON, &drafts)
        .or_body("text/csv", json!({ "type": "string" }))
        .responds(
            200,
            "How many were added.",
            Some(reference("Imported")),
            &["Idempotent-Replayed", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&[BODY, &["task_limit", "idempotency_key_reused"]].concat())
}

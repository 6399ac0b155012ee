//! The operations of tasks.

use serde_json::{Value, json};
use task::{DueFilter, MAX_IDS, MAX_IMPORT, MAX_PAGE, MAX_SEARCH, Priority, SortOrder, StatusFilter};

use crate::bulk;
use crate::operation::{Operation, item, once, reference};

const JSON: &[&str] = &["application/json"];
const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];
const TASK: &str = "The number of the task.";
const ONE: &[&str] = &["ETag", "RateLimit", "RateLimit-Policy"];
/// The headers of a task that was changed, and of other changes.
const CHANGED: &[&str] = &["ETag", "Task-Change", "RateLimit", "RateLimit-Policy"];
const WRITTEN: &[&str] = &["Task-Change", "RateLimit", "RateLimit-Policy"];
/// The errors of an operation with a body.
const BODY: &[&str] = &["invalid", "unsupported_media_type", "too_large"];
/// The errors of an operation that changes one task.
const CHANGE: &[&str] =
    &["invalid", "unsupported_media_type", "too_large", "precondition_failed", "precondition_required"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/tasks", item([("get", list()), ("post", add())])),
        ("/api/{user_id}/tasks/bulk", item([("post", bulk::change())])),
        ("/api/{user_id}/tasks/changes", item([("get", bulk::changes_since())])),
        ("/api/{user_id}/tasks/complete", item([("post", complete_many())])),
        ("/api/{user_id}/tasks/delete", item([("post", delete_many())])),
        ("/api/{user_id}/tasks/export", item([("get", export())])),
        ("/api/{user_id}/tasks/import", item([("post", import())])),
        (
            "/api/{user_id}/tasks/{task_id}",
            item([("get", get()), ("put", replace()), ("patch", change()), ("delete", delete())]),
        ),
        ("/api/{user_id}/tasks/{task_id}/complete", item([("patch", complete())])),
        ("/api/{user_id}/tasks/{task_id}/restore", item([("post", restore())])),
        ("/api/{user_id}/tasks/{task_id}/move", item([("post", move_task())])),
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
            "Which tasks to list.",
            json!({ "enum": StatusFilter::WORDS, "default": StatusFilter::WORDS[0] }),
        )
        .parameter(
            "query",
            "q",
            "Only tasks whose title or description contains each of these words, whatever their case and marks. A word that begins with a digit must begin one; `#3` is the task of that number.",
            json!({ "type": "string", "maxLength": MAX_SEARCH }),
        )
        .parameter("query", "priority", "Only tasks of this priority.", json!({ "enum": Priority::WORDS }))
        .parameter(
            "query",
            "due",
            "Only tasks that are due then in the user's zone: `week` is from today to the end of the user's week (`week_start`), `overdue` what is pending \
             and over, `none` what has no day.",
            json!({ "enum": DueFilter::WORDS }),
        )
        .parameter("query", "due_after", "Only tasks that are due behind this day or time.", text())
        .parameter("query", "due_before", "Only tasks that are due before this day or time.", text())
        .parameter("query", "tag", "Only tasks with this tag. May be given more than once: all must match.", text())
        .parameter("query", "list", "Only tasks of the list of this name; empty for the inbox.", text())
        .parameter("query", "parent", "Only steps of this task.", json!({ "type": "integer", "format": "int64", "minimum": 1 }))
        .parameter(
            "query",
            "sort",
            "The order; with `-` the greatest first, and by `priority` the high ones first. By `due` and `-due` tasks without a day are last. By `title` numbers count by their value. Equal tasks are ordered by `id`. The pages by `id`, `-id`, `created_at` and \
             `-created_at` are stable: a task that changes between two pages is neither missed nor repeated. In the other \
             orders a changed task moves, and a later page may miss or repeat it. `created` and `updated` are accepted for \
             `created_at` and `updated_at`, `due_date` for `due`.",
            json!({ "enum": SortOrder::WORDS, "default": SortOrder::WORDS[0] }),
        )
        .limit(
            "The most tasks of the page. A page of more than 100 tasks ends at 4 MiB of text; `Link` leads to the next one.",
            MAX_PAGE,
            MAX_PAGE,
        )
        .parameter(
            "query",
            "after",
            "Where the previous page ended: the number of a task when sorted by `id`, else the value from `Link`.",
            text(),
        )
        .parameter(
            "header",
            "If-None-Match",
            "The versions (ETag) that the client has of this list. There is another one after each change of a task or a list, \
             when a task becomes overdue, and on another day.",
            text(),
        )
        .responds(200, "One page.", Some(reference("Tasks")), &["ETag", "Last-Change", "Link", "RateLimit", "RateLimit-Policy"])
        .responds(304, "The client has the current version.", None, ONE)
        .errors(&["invalid"])
}

fn add() -> Value {
    once(operation("addTask", "Add a task"))
        .body(true, JSON, &reference("NewTask"))
        .responds(
            201,
            "The new task.",
            Some(reference("Task")),
            &[
                "Location",
                "ETag",
                "Idempotent-Replayed",
                "Task-Deleted",
                "Task-Change",
                "RateLimit",
                "RateLimit-Policy",
            ],
        )
        .errors(&[BODY, &["task_limit", "idempotency_key_reused"]].concat())
}

fn get() -> Value {
    operation("getTask", "Read a task")
        .number("task_id", TASK)
        .parameter("header", "If-None-Match", "The versions (ETag) that the client has.", json!({ "type": "string" }))
        .responds(200, "The task.", Some(reference("Task")), ONE)
        .responds(304, "The client has the current version.", None, ONE)
        .errors(&[])
}

fn conditional(operation: Operation) -> Operation {
    let about = "The versions (ETag) that the task may have for the change to be made; otherwise 412.";
    operation.number("task_id", TASK).parameter("header", "If-Match", about, json!({ "type": "string" }))
}

fn replace() -> Value {
    conditional(operation("replaceTask", "Replace a task"))
        .about("Members that are absent stay as they are; null clears the description and the priority and reopens the task.")
        .body(true, JSON, &reference("TaskReplacement"))
        .responds(200, "The task as it is now.", Some(reference("Task")), CHANGED)
        .errors(CHANGE)
}

fn change() -> Value {
    conditional(operation("changeTask", "Change a task"))
        .about("A merge patch (RFC 7396). Members that are absent stay as they are; a description or priority of null is cleared.")
        .body(true, MERGE_PATCH, &reference("TaskChanges"))
        .responds(200, "The task as it is now.", Some(reference("Task")), CHANGED)
        .errors(CHANGE)
}

fn complete() -> Value {
    once(conditional(operation("completeTask", "Complete or reopen a task")))
        .about("A repeating task is due again, with its steps open, until its series ends: `occurrence` is what was completed. Any other task takes its open steps with it. A repeated request moves a repeating task once if it has the same key, `If-Match`, or the `due` that the client knows.")
        .body(false, JSON, &reference("Completion"))
        .responds(200, "The task as it is now.", Some(reference("Task")), CHANGED)
        .errors(&[CHANGE, &["idempotency_key_reused"]].concat())
}

fn delete() -> Value {
    conditional(operation("deleteTask", "Delete a task"))
        .about("It can be brought back as long as its change is kept.")
        .responds(204, "The task is deleted.", None, WRITTEN)
        .errors(&["precondition_failed", "precondition_required"])
}

fn restore() -> Value {
    operation("restoreTask", "Bring back a deleted task")
        .number("task_id", TASK)
        .responds(200, "The task, with its old number.", Some(reference("Task")), CHANGED)
        .errors(&["task_limit"])
}

fn move_task() -> Value {
    operation("moveTask", "Move a task before or behind another one")
        .about("Nothing else is renumbered. 409 with the order of the tasks if the other one is gone.")
        .number("task_id", TASK)
        .body(true, JSON, &reference("Move"))
        .responds(200, "The task as it is now.", Some(reference("Task")), CHANGED)
        .errors(&[BODY, &["neighbour_gone"]].concat())
}

fn complete_many() -> Value {
    operation("completeTasks", "Complete or reopen tasks")
        .about(&format!("At most {MAX_IDS} tasks at once. `not_found` lists the numbers that no task has."))
        .body(true, JSON, &reference("BulkCompletion"))
        .responds(200, "The tasks that exist, as they are now.", Some(reference("BulkResult")), WRITTEN)
        .errors(BODY)
}

fn delete_many() -> Value {
    operation("deleteTasks", "Delete tasks")
        .about(&format!("At most {MAX_IDS} tasks, as one change: undo brings all of them back."))
        .body(true, JSON, &reference("TaskIds"))
        .responds(200, "The deleted tasks.", Some(reference("BulkResult")), WRITTEN)
        .errors(BODY)
}

fn export() -> Value {
    operation("exportTasks", "Export all tasks")
        .about("Returns a file. In CSV a cell that a spreadsheet would read as a formula begins with `'`, and the file with a byte order mark; an import removes both. `ics` has to-dos, and says in properties of its own (`X-TODO-…`) what a to-do cannot. JSON, CSV and `ics` come back as they were. `markdown` is a checklist, with lists as headings and what Markdown can say. `repeat_anchor` and `repeat_passed` say where the series of a repeating task stands, unless it is at its beginning.")
        .parameter("query", "format", "The format of the file.", json!({ "enum": ["json", "csv", "ics", "markdown"], "default": "json" }))
        .responds(
            200,
            "All tasks.",
            Some(reference("ExportedTasks")),
            &["Content-Disposition", "RateLimit", "RateLimit-Policy"],
        )
        .or_responds(200, "text/csv", json!({ "type": "string" }))
        .or_responds(200, "text/calendar", json!({ "type": "string" }))
        .or_responds(200, "text/markdown", json!({ "type": "string" }))
        .errors(&["invalid", "conflict"])
}

/// A task as an export has it: with where its series stands.
pub(crate) fn exported_schemas(task: &Value) -> Value {
    let mut exported = task.clone();
    let about = "The day from which the occurrences of a repeating task are counted, unless that is its due day.";
    exported["properties"]["repeat_anchor"] = json!({ "type": "string", "format": "date", "description": about });
    let about = "How many occurrences were completed.";
    exported["properties"]["repeat_passed"] = json!({ "type": "integer", "minimum": 0, "description": about });
    json!({ "ExportedTask": exported, "ExportedTasks": { "type": "array", "items": reference("ExportedTask") } })
}

fn import() -> Value {
    let file = json!({ "type": "string", "format": "binary" });
    let flag = json!({ "type": "boolean", "default": false });
    once(operation("importTasks", "Import tasks"))
        .about(&format!(
            "Accepts an export, or a file of another program: CSV of Todoist, TickTick, Outlook and spreadsheets, JSON of Microsoft \
             To Do, Google Tasks, Vikunja, Super Productivity, Things, Tasks.org and Donetick, iCalendar, todo.txt, Markdown, Org and \
             plain lines. The content decides, not the media type. Adds all tasks with new numbers, at most {MAX_IMPORT}, or none. \
             A row that is no task is left out and named with its line."
        ))
        .parameter("query", "dry_run", "Only show what would be imported.", flag.clone())
        .parameter("query", "again", "Import a file that was imported before.", flag)
        .parameter(
            "query",
            "columns",
            "The columns of a table whose names are not known, such as `title,,due`.",
            json!({ "type": "string" }),
        )
        .body(true, JSON, &json!({}))
        .or_body("text/csv", json!({ "type": "string" }))
        .or_body("*/*", file)
        .responds(
            200,
            "What was imported, and what of the file was not.",
            Some(reference("ImportResult")),
            &["Idempotent-Replayed", "Task-Change", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&[
            BODY,
            &["task_limit", "idempotency_key_reused", "already_imported", "unsupported_file", "no_tasks", "unknown_columns"],
        ].concat())
}

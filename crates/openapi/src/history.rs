//! The operations of the history.

use serde_json::{Value, json};
use task::{CHANGE_KINDS, MAX_CHANGES, TaskActor};

use crate::operation::{Operation, item, reference};
use crate::shape::{id, object, time};

const UNDO: &[&str] = &["Task-Change", "RateLimit", "RateLimit-Policy"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/history", item([("get", list())])),
        ("/api/{user_id}/history/{change_id}/undo", item([("post", undo())])),
        ("/api/{user_id}/tasks/undo", item([("post", undo_last())])),
    ]
}

fn list() -> Value {
    let number = || json!({ "type": "integer", "format": "int64", "minimum": 1 });
    Operation::new("tasks", "listChanges", "List what was changed")
        .about(
            "Every change of tasks and lists, the newest first, for some days (30 unless the deployment sets another number). With \
             `kind=delete`, the deleted tasks. A change that took back another one has its number in `undoes`.",
        )
        .limit("The most changes of the page, which ends at 1 MiB of text; `Link` leads to the next one.", MAX_CHANGES, 50)
        .parameter("query", "before", "Only changes with a smaller number.", number())
        .parameter("query", "task", "Only changes of this task.", number())
        .parameter("query", "actor", "Only changes by this kind of actor.", json!({ "enum": TaskActor::WORDS }))
        .parameter("query", "kind", "Only changes of this kind.", json!({ "enum": kinds() }))
        .responds(200, "One page.", Some(reference("TaskChangeList")), &["Link", "RateLimit", "RateLimit-Policy"])
        .errors(&["invalid"])
}

fn undo() -> Value {
    Operation::new("tasks", "undoChange", "Undo a change")
        .about(
            "Tasks that the change added go, deleted ones come back, and changed members are as before. A member that was \
             changed since stays, and `kept` names it; 409 if that is so of all. An undo is a change itself, and can be undone.",
        )
        .number("change_id", "The number of the change, as in `Task-Change`.")
        .responds(200, "What was undone.", Some(reference("UndoResult")), UNDO)
        .errors(&["conflict", "task_limit"])
}

fn undo_last() -> Value {
    Operation::new("tasks", "undoLastChange", "Undo the last change")
        .about(
            "Undoes the last change that was made by the same kind of actor and is not undone: one call after the other goes \
             back. When there is nothing left, it brings back what was undone last.",
        )
        .responds(200, "What was undone.", Some(reference("UndoResult")), UNDO)
        .errors(&["conflict", "task_limit", "too_large"])
}

fn kinds() -> [&'static str; CHANGE_KINDS.len()] {
    CHANGE_KINDS.map(|(word, _)| word)
}

pub(crate) fn schemas() -> Value {
    let nullable = |about: &str| json!({ "type": ["integer", "null"], "format": "int64", "description": about });
    let members = |about: &str| json!({ "type": ["object", "null"], "description": about });
    let count = json!({ "type": "integer", "minimum": 0, "description": "How many tasks it changed." });
    json!({
        "TaskChangeList": { "type": "array", "items": { "$ref": "#/components/schemas/TaskChange" } },
        "TaskChange": object(&["id", "made_at", "kind", "actor", "app", "conversation_id", "turn", "undoes", "undone_by", "count", "tasks", "lists"], json!({
            "id": id("The user's own number of the change."),
            "made_at": time("When it was made."),
            "kind": { "enum": kinds() },
            "actor": { "enum": TaskActor::WORDS, "description": "`page`: in the browser; `api`: a program with an access token; `chat`: the assistant; `mcp`: an AI client." },
            "app": { "type": ["string", "null"], "description": "The name of the AI client." },
            "conversation_id": nullable("The conversation of the assistant's turn."),
            "turn": nullable("The assistant's turn."),
            "undoes": nullable("The change that this one undid."),
            "undone_by": nullable("The change that undid this one."),
            "count": count,
            "tasks": { "type": "array", "maxItems": 20, "description": "The first of them.", "items": object(&["id", "title", "before", "after"], json!({
                "id": id("The number of the task."),
                "title": { "type": "string" },
                "before": members("The members that changed, as they were; null for an added task."),
                "after": members("The same members since; null for a deleted task."),
            })) },
            "lists": { "type": "array", "items": object(&["id", "name", "before", "after"], json!({
                "id": id("The number of the list."),
                "name": { "type": "string" },
                "before": members("The members that changed, as they were; null for an added list."),
                "after": members("The same members since; null for a deleted list."),
            })) },
        })),
        "UndoResult": object(&["change", "undone", "tasks", "count", "deleted", "kept", "lists"], json!({
            "change": id("The number of the undo."),
            "undone": object(&["id", "kind", "title"], json!({
                "id": id("The number of what was undone."),
                "kind": { "enum": kinds() },
                "title": { "type": ["string", "null"], "description": "The title of its first task, or the name of its first list." },
            })),
            "tasks": { "$ref": "#/components/schemas/Tasks", "description": "The tasks that are back or as before; at most 100." },
            "count": count,
            "deleted": { "type": "array", "items": id("The number of a task that is gone.") },
            "kept": { "type": "array", "items": object(&["id", "title", "members"], json!({
                "id": id("The number of the task."),
                "title": { "type": "string" },
                "members": { "type": "array", "items": { "type": "string" }, "description": "What was changed since, and so stays." },
            })) },
            "lists": { "type": "array", "items": object(&["id", "name", "act", "kept"], json!({
                "id": id("The number of the list."),
                "name": { "type": "string" },
                "act": { "enum": ["added", "changed", "deleted", null], "description": "What was done to it; null if it stays as it is." },
                "kept": { "type": "array", "items": { "type": "string" }, "description": "The members that were changed since and so stay, and `tasks` if it holds some by now." },
            })) },
        })),
    })
}

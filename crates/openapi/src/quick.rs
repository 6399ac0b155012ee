//! The operation that adds a task from words.

use serde_json::{Value, json};
use task::Priority;

use crate::operation::{Operation, item, once, reference};
use crate::shape::object;

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![("/api/{user_id}/tasks/quick", item([("post", quick())]))]
}

fn quick() -> Value {
    let zone = "Where the user is, such as Europe/Berlin: it counts for a user who has set no time zone.";
    once(Operation::new("tasks", "addTaskFromWords", "Add a task from one line of words"))
        .about(
            "Reads days, times, repeats and \"high priority\" at the end of the line, `#tag`, `p1` to `p4`, `!high` and `+List` anywhere, and \
             \"Remind me to\" at its beginning, in English and German. What stands in quotes is title. A list that is not there is made. \
             With `dry_run` nothing is added: the response shows the task as it would be.",
        )
        .parameter("query", "dry_run", "Whether only to show what would be added.", json!({ "enum": ["true", "false"], "default": "false" }))
        .parameter("header", "Time-Zone", zone, json!({ "type": "string" }))
        .parameter("header", "Accept-Language", "The language that is tried first.", json!({ "type": "string" }))
        .body(true, &["application/json"], &reference("QuickLine"))
        .responds(200, "With `dry_run`: the task as it would be.", Some(reference("QuickPreview")), &["RateLimit", "RateLimit-Policy"])
        .responds(
            201,
            "The new task, and what was understood.",
            Some(reference("QuickTask")),
            &["Location", "Task-Change", "Idempotent-Replayed", "Task-Deleted", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&["invalid", "unsupported_media_type", "too_large", "task_limit", "idempotency_key_reused"])
}

pub(crate) fn schemas() -> Value {
    let understood = json!({ "type": "array", "items": { "$ref": "#/components/schemas/UnderstoodWords" } });
    let text = || json!({ "type": ["string", "null"] });
    let preview = object(
        &["title", "due", "repeat", "repeat_text", "repeat_from", "remind", "priority", "tags", "list"],
        json!({
            "title": { "type": "string" },
            "due": text(),
            "repeat": text(),
            "repeat_text": text(),
            "repeat_from": { "enum": ["due", "completion"] },
            "remind": { "type": "array", "items": { "type": "integer" } },
            "priority": { "enum": Priority::WORDS },
            "tags": { "type": "array", "items": { "type": "string" } },
            "list": text(),
        }),
    );
    json!({
        "QuickLine": object(&["text"], json!({ "text": { "type": "string", "minLength": 1, "maxLength": 500 } })),
        "QuickTask": object(&["task", "understood"], json!({ "task": { "$ref": "#/components/schemas/Task" }, "understood": understood })),
        "QuickPreview": object(&["task", "understood"], json!({ "task": preview, "understood": understood })),
        "UnderstoodWords": object(&["kind", "text", "start", "end"], json!({
            "kind": { "enum": ["due", "repeat", "remind", "priority", "tag", "list"] },
            "text": { "type": "string" },
            "start": { "type": "integer", "minimum": 0, "description": "Where it begins in the line, in UTF-16 units." },
            "end": { "type": "integer", "minimum": 0 },
        })),
    })
}

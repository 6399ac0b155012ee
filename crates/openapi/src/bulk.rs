//! The operations of several tasks, and of what was changed lately.

use serde_json::{Value, json};
use task::{MAX_IDS, MAX_RECENT, MAX_TAG, MAX_TAGS, Priority};

use crate::operation::{Operation, once, reference};
use crate::shape::{id, object};

pub(crate) fn change() -> Value {
    once(Operation::new("tasks", "changeTasks", "Change or delete several tasks"))
        .about(&format!(
            "At most {MAX_IDS} tasks, as one change with one undo. Each has its own result. Completing does what it does to one \
             task: a repeating one is due again. `due` of an id says when the task is due as the client knows it; nothing \
             happens to a task that is due otherwise, so a repeated request moves a repeating task once. With `after` or `before` \
             they come directly behind or before another task, in the order of the ids; if that is gone, nothing changes: 409 \
             `neighbour_gone`, whose `order` has the tasks beside the first one."
        ))
        .body(true, &["application/json"], &reference("BulkChanges"))
        .responds(
            200,
            "What became of each task, in the order of the ids.",
            Some(reference("BulkResults")),
            &["Task-Change", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&["invalid", "unsupported_media_type", "too_large", "idempotency_key_reused", "neighbour_gone"])
}

pub(crate) fn changes_since() -> Value {
    Operation::new("tasks", "listRecentChanges", "List what was changed lately")
        .about(
            "For a client that has the list. It asks for the `version` before it loads the list, and then for the tasks that were \
             changed since.",
        )
        .parameter(
            "query",
            "since",
            "The `version` of the response before. Without it the response has the version alone.",
            json!({ "type": "integer", "format": "int64", "minimum": 0 }),
        )
        .responds(200, "What was changed.", Some(reference("RecentChanges")), &["RateLimit", "RateLimit-Policy"])
        .errors(&["invalid"])
}

pub(crate) fn schemas() -> Value {
    let tags = || {
        let tag = json!({ "type": "string", "minLength": 1, "maxLength": MAX_TAG });
        json!({ "type": "array", "maxItems": MAX_TAGS, "items": tag })
    };
    let named = object(&["id"], json!({ "id": id("The number of the task."), "due": { "type": ["string", "null"] } }));
    let priorities: Vec<Value> = Priority::WORDS.iter().map(|word| json!(word)).chain([Value::Null]).collect();
    json!({
        "BulkChanges": object(&["ids"], json!({
            "ids": { "type": "array", "minItems": 1, "maxItems": MAX_IDS, "items": { "anyOf": [id("The number of a task."), named] } },
            "completed": { "type": "boolean" },
            "priority": { "enum": priorities },
            "due": { "type": ["string", "null"], "description": "As the member of a task." },
            "due_day": { "type": "string", "format": "date", "description": "A day to which each task moves with its time; not together with `due`." },
            "list": { "type": ["string", "null"], "description": "The name of the list that they move to; null is the inbox." },
            "add_tags": tags(),
            "remove_tags": tags(),
            "after": id("The number of the task behind which they come."),
            "before": id("The number of the task before which they come; not together with `after`."),
            "delete": { "enum": [true], "description": "Deletes them; without other changes." },
        })),
        "BulkResults": object(&["results"], json!({ "results": { "type": "array", "items": object(&["id", "status"], json!({
            "id": id("The number of the task."),
            "status": {
                "enum": ["changed", "unchanged", "deleted", "not_current", "not_found", "refused"],
                "description": "`not_current`: it is not due as the id says. `refused`: `member` and `detail` say why.",
            },
            "task": { "$ref": "#/components/schemas/Task" },
            "member": { "type": "string" },
            "detail": { "type": "string" },
        })) } })),
        "RecentChanges": object(&["version", "tasks", "deleted", "lists_changed", "reload"], json!({
            "version": { "type": "integer", "format": "int64", "minimum": 0, "description": "The number of the last change, for the next `since`." },
            "tasks": { "$ref": "#/components/schemas/Tasks", "description": "The tasks that were added or changed, as they are now." },
            "deleted": { "type": "array", "items": id("The number of a task that is gone.") },
            "lists_changed": { "type": "boolean", "description": "Whether lists were changed: their names are in tasks too." },
            "reload": {
                "type": "boolean",
                "description": format!("More than {MAX_RECENT} tasks were changed, or what was is no longer kept: then there is no task here, and the list is to be loaded again."),
            },
        })),
    })
}

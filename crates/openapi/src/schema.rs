//! The schemas of bodies and responses.

use conversation::{CHATKIT_REQUESTS, MAX_MESSAGE};
use serde_json::{Value, json};
use task::{
    MAX_DESCRIPTION, MAX_IDS, MAX_LIST_NAME, MAX_REMIND_MINUTES, MAX_REMINDERS, MAX_TAG, MAX_TAGS, MAX_TITLE, Priority,
    RepeatFrom,
};

use crate::error::PROBLEMS;
use crate::shape::{id, object, time};

/// All schemas, by name.
pub(crate) fn all() -> Value {
    let parts = [
        task_schemas(),
        crate::lists::schemas(),
        bulk_schemas(),
        crate::bulk::schemas(),
        chat_schemas(),
        conversation_schemas(),
        token_schemas(),
        problem_schemas(),
    ];
    Value::Object(parts.into_iter().filter_map(|part| part.as_object().cloned()).flatten().collect())
}

fn task_schemas() -> Value {
    json!({
        "Task": object(&[
            "id", "user_id", "title", "description", "completed", "created_at", "updated_at", "completed_at", "priority", "due", "due_at",
            "overdue", "repeat", "repeat_text", "repeat_from", "remind", "tags", "list", "parent", "position",
        ], json!({
            "id": id("The user's own number of the task, never reused."),
            "user_id": { "type": "string" },
            "title": { "type": "string", "minLength": 1, "maxLength": MAX_TITLE },
            "description": { "type": ["string", "null"], "maxLength": MAX_DESCRIPTION },
            "completed": { "type": "boolean" },
            "created_at": time("When it was added."),
            "updated_at": time("When it last changed. In quotes, it is the task's ETag."),
            "completed_at": { "type": ["string", "null"], "format": "date-time", "description": "When it was completed: null while it is pending, and when nobody knows." },
            "priority": { "enum": Priority::WORDS },
            "due": { "type": ["string", "null"], "description": "A day (`2026-12-01`) or a time (`2026-12-01T17:00`) in the user's time zone." },
            "due_at": { "type": ["string", "null"], "format": "date-time", "description": "The instant at which it is due; null for a day." },
            "overdue": { "type": "boolean", "description": "Whether the day is over in the user's zone, or the time has passed, and the task is pending." },
            "repeat": { "type": ["string", "null"], "description": "The rule by which it repeats (RFC 5545)." },
            "repeat_text": { "type": ["string", "null"], "description": "The rule in words, English or German by `Accept-Language`." },
            "repeat_from": { "enum": RepeatFrom::WORDS },
            "remind": { "type": "array", "maxItems": MAX_REMINDERS, "items": minutes() },
            "tags": { "type": "array", "maxItems": MAX_TAGS, "items": { "type": "string" } },
            "list": { "type": ["string", "null"], "description": "The name of its list; null is the inbox." },
            "parent": { "type": ["integer", "null"], "format": "int64", "description": "The number of the task that it is a step of." },
            "position": { "type": "string", "description": "Its place among the tasks, compared by bytes. `POST …/move` changes it." },
            "occurrence": object(&["due", "completed_at"], json!({
                "due": { "type": "string" },
                "completed_at": time("When it was completed."),
            })),
        })),
        "Tasks": { "type": "array", "items": { "$ref": "#/components/schemas/Task" } },
        "NewTask": object(&["title"], members(json!({ "title": title(), "completed": { "enum": [false, null], "description": "A new task is pending." } }))),
        "TaskReplacement": object(&[], members(json!({ "title": title(), "completed": { "type": ["boolean", "null"] } }))),
        "TaskChanges": object(&[], members(json!({ "title": title(), "completed": { "type": "boolean" } }))),
        "Completion": object(&[], json!({
            "completed": { "type": "boolean", "default": true },
            "due": { "type": ["string", "null"], "description": "When the task is due as the client knows it: if it is due at another time, nothing is changed." },
        })),
        "Move": {
            "type": "object",
            "properties": { "after": id("The task behind which it comes."), "before": id("The task before which it comes.") },
            "additionalProperties": false,
            "oneOf": [{ "required": ["after"] }, { "required": ["before"] }],
        },
    })
}

/// The members that a client may give, beside these.
fn members(mut first: Value) -> Value {
    let rest = json!({
        "description": description(),
        "priority": priority(),
        "due": { "type": ["string", "null"], "description": "A day such as `2026-12-01` or a local time such as `2026-12-01T17:00`, in the years 1970 to 2200. A time with an offset or `Z` becomes a time in the user's zone. Null clears it, and with it a rule that the request does not name. `due_date` and `dueDate` are accepted for it." },
        "repeat": { "type": ["string", "null"], "description": "A rule of RFC 5545: FREQ DAILY, WEEKLY, MONTHLY or YEARLY, INTERVAL, BYDAY, BYMONTHDAY, and UNTIL, no day before `due`, or COUNT. It needs `due`, from which the occurrences are counted; what a month is too short for is on its last day. Completing the task makes it due again." },
        "repeat_from": { "enum": ["due", "completion", null], "description": "From when the next time is counted." },
        "remind": { "type": ["array", "null"], "maxItems": MAX_REMINDERS, "items": minutes() },
        "tags": { "type": ["array", "null"], "items": { "type": "string", "minLength": 1, "maxLength": MAX_TAG, "pattern": "^[^#,]*$" }, "description": format!("At most {MAX_TAGS}, each once however it is spelled.") },
        "list": { "type": ["string", "null"], "maxLength": MAX_LIST_NAME, "description": "The name of one of the user's lists; null is the inbox." },
        "parent": { "type": ["integer", "null"], "format": "int64", "minimum": 1, "description": "The task that this one is a step of; it must not be a step itself." },
    });
    for (name, schema) in rest.as_object().into_iter().flatten() {
        first[name] = schema.clone();
    }
    first
}

fn minutes() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": MAX_REMIND_MINUTES, "description": "Minutes before the task is due; a day, before the reminder time of the user's settings." })
}

fn bulk_schemas() -> Value {
    json!({
        "BulkCompletion": object(&["ids"], json!({ "ids": ids(), "completed": { "type": "boolean", "default": true } })),
        "TaskIds": object(&["ids"], json!({ "ids": ids() })),
        "BulkResult": object(&["tasks", "not_found"], json!({
            "tasks": { "$ref": "#/components/schemas/Tasks" },
            "not_found": { "type": "array", "items": id("A number that no task of the user has.") },
        })),
        "ImportResult": object(&["format", "count", "imported", "changed", "skipped", "not_kept"], json!({
            "format": { "type": "string", "description": "What wrote the file, such as `todoist`." },
            "count": { "type": "integer", "minimum": 1, "description": "How many tasks the file has." },
            "imported": { "type": "integer", "minimum": 0, "description": "How many were added; 0 of a dry run." },
            "change": { "type": "integer", "minimum": 1, "description": "The number of the change, by which it can be undone." },
            "changed": { "type": "array", "items": row_note("Tasks that are not as the file has them, such as `title_cut`.") },
            "skipped": { "type": "array", "items": row_note("Rows that are no task, such as `no_title`.") },
            "not_kept": { "type": "array", "items": object(&["what", "count"], json!({
                "what": { "type": "string", "description": "A kind, such as `start_date`, or `column`." },
                "name": { "type": "string", "description": "The name of the column." },
                "count": { "type": "integer", "minimum": 1 },
            })) },
            "tasks": {
                "type": "array",
                "maxItems": 20,
                "description": "Of a dry run: the first tasks as they would be.",
                "items": { "type": "object", "required": ["line", "title"], "properties": {
                    "line": { "type": "integer", "minimum": 1 },
                    "title": title(),
                } },
            },
        })),
    })
}

/// A row of a file about which there is something to say.
fn row_note(about: &str) -> Value {
    let mut note = object(
        &["line", "title", "what"],
        json!({
            "line": { "type": "integer", "minimum": 1 },
            "title": { "type": ["string", "null"] },
            "what": { "type": "string" },
            "value": { "type": "string", "description": "What could not be read." },
        }),
    );
    note["description"] = json!(about);
    note
}

fn chat_schemas() -> Value {
    json!({
        "Message": object(&["message"], json!({
            "message": { "type": "string", "minLength": 1, "maxLength": MAX_MESSAGE },
            "conversation_id": { "type": ["integer", "null"], "minimum": 1, "description": "The conversation to continue; without it, a new one begins." },
            "time_zone": { "type": ["string", "null"], "description": "Where the user is, such as Europe/Berlin: it counts for a user who has set no time zone." },
        })),
        "Reply": object(&["conversation_id", "response", "tool_calls"], json!({
            "conversation_id": { "type": "integer", "minimum": 1 },
            "response": { "type": "string" },
            "tool_calls": { "type": "array", "items": { "$ref": "#/components/schemas/ToolCall" } },
        })),
        "ChatKitRequest": {
            "type": "object",
            "required": ["type", "params"],
            "properties": {
                "type": { "enum": CHATKIT_REQUESTS },
                "params": { "type": "object" },
                "metadata": { "description": "Ignored." },
            },
        },
        "Decision": object(&["approve"], json!({ "approve": { "type": "boolean" } })),
        "ToolCall": object(&["id", "name", "arguments", "status"], json!({
            "id": { "type": "string" },
            "name": { "type": "string" },
            "arguments": { "type": "object" },
            "status": { "enum": ["done", "failed", "confirmation_required", "denied"] },
            "result": { "description": "With `done`: the result of the tool." },
            "error": { "type": "string", "description": "With `failed` and `denied`: the reason." },
            "action_id": { "type": "string", "description": "With `confirmation_required`: the id of the action to approve." },
            "summary": { "type": "string", "description": "With `confirmation_required`: what the call would do." },
        })),
    })
}

fn conversation_schemas() -> Value {
    json!({
        "Conversation": object(&["id", "title", "created_at", "updated_at"], conversation()),
        "ConversationWithMessages": object(&["id", "title", "created_at", "updated_at", "running", "messages"], {
            let mut members = conversation();
            members["running"] = json!({ "type": "boolean", "description": "Whether a turn of the assistant is running." });
            members["messages"] = json!({ "type": "array", "items": { "$ref": "#/components/schemas/ConversationMessage" } });
            members
        }),
        "ConversationMessage": object(&["role", "text", "created_at"], json!({
            "role": { "enum": ["user", "assistant"] },
            "text": { "type": "string" },
            "tool_calls": { "type": "array", "items": { "$ref": "#/components/schemas/ToolCall" } },
            "created_at": time("When it was written."),
        })),
        "Title": object(&["title"], json!({ "title": { "type": "string", "minLength": 1 } })),
    })
}

fn token_schemas() -> Value {
    let record = json!({
        "id": { "type": "string" },
        "name": { "type": "string", "minLength": 1, "maxLength": 60 },
        "start": { "type": "string", "description": "The first characters of the token." },
        "scopes": scopes(),
        "created_at": { "type": "string", "format": "date-time" },
        "expires_at": { "type": ["string", "null"], "format": "date-time", "description": "Null for a token that does not expire." },
        "last_used_at": { "type": ["string", "null"], "format": "date-time", "description": "To the minute; null for never." },
    });
    let mut added = record.clone();
    added["token"] = json!({ "type": "string", "description": "The token: `tdo_` and 46 letters and digits." });
    let required = ["id", "name", "start", "scopes", "created_at", "expires_at", "last_used_at"];
    json!({
        "PersonalToken": object(&required, record),
        "PersonalTokens": { "type": "array", "items": { "$ref": "#/components/schemas/PersonalToken" } },
        "AddedPersonalToken": object(&[&required[..], &["token"]].concat(), added),
        "NewPersonalToken": object(&["name"], json!({
            "name": { "type": "string", "minLength": 1, "maxLength": 60 },
            "scopes": scopes(),
            "expires_in_days": { "enum": [7, 30, 90, 365, null], "default": 90, "description": "Null for a token that does not expire." },
        })),
    })
}

fn scopes() -> Value {
    json!({
        "type": "array",
        "minItems": 1,
        "items": { "enum": ["tasks:read", "tasks:write"] },
        "description": "Writing includes reading.",
    })
}

fn problem_schemas() -> Value {
    let codes: Vec<&str> = PROBLEMS.iter().map(|problem| problem.code).collect();
    json!({
        "State": object(&["status"], json!({ "status": { "enum": ["ok", "ready"] } })),
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "code", "detail"],
            "properties": {
                "type": { "type": "string" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "code": { "enum": codes },
                "detail": { "type": "string", "description": "What is wrong and what to do." },
                "errors": { "type": "array", "items": object(&["field", "message"], json!({
                    "field": { "type": "string" },
                    "message": { "type": "string" },
                    "line": { "type": "integer", "description": "The line in the body of an import." },
                })) },
                "order": { "type": "array", "items": id("With `neighbour_gone`: the tasks in their order.") },
            },
        },
    })
}

/// The headers of responses, by name.
pub(crate) fn headers() -> Value {
    let text = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
    json!({
        "ETag": text("The version of the task, for `If-Match` and `If-None-Match`."),
        "Link": text("`rel=\"next\"`: the following page, if there is one (RFC 8288)."),
        "Location": text("The address of the new task."),
        "Idempotent-Replayed": text("`true` when the task was added by an earlier request with this key."),
        "Task-Deleted": text("`true` when an earlier request with this key added the task and it was deleted since."),
        "Last-Change": { "description": "The number of the last change that the list has: the `since` of the changes that follow.", "schema": { "type": "integer", "format": "int64" } },
        "Task-Change": { "description": "The number of the change, by which it can be undone; absent when nothing changed.", "schema": { "type": "integer", "format": "int64" } },
        "RateLimit": text("How many requests are left."),
        "RateLimit-Policy": text("How many requests are allowed in a minute."),
        "Content-Disposition": text("The name of the file."),
        "Retry-After": { "description": "Seconds until a retry makes sense.", "schema": { "type": "integer" } },
        "WWW-Authenticate": text("The challenge (RFC 6750)."),
    })
}

fn conversation() -> Value {
    json!({ "id": id("The number of the conversation."), "title": { "type": "string" }, "created_at": time("When it began."), "updated_at": time("When its last turn was.") })
}

fn ids() -> Value {
    json!({ "type": "array", "minItems": 1, "maxItems": MAX_IDS, "items": { "type": "integer", "format": "int64", "minimum": 1 } })
}

fn title() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": MAX_TITLE, "description": "On one line; a tab becomes a space, surrounding spaces are removed." })
}

fn description() -> Value {
    json!({ "type": ["string", "null"], "maxLength": MAX_DESCRIPTION })
}

fn priority() -> Value {
    let words: Vec<Value> = Priority::WORDS.iter().map(|word| json!(word)).chain([Value::Null]).collect();
    json!({ "enum": words, "description": "How important the task is; null is none." })
}

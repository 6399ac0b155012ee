//! The operations of lists and settings.

use serde_json::{Value, json};
use task::{ListColor, MAX_LIST_NAME, MAX_LISTS, WeekStart};

use crate::operation::{Operation, item, reference};
use crate::shape::{id, object, time};

const JSON: &[&str] = &["application/json"];
const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];
const LIST: &str = "The number of the list.";
const LIMITS: &[&str] = &["RateLimit", "RateLimit-Policy"];
/// The errors of an operation with a body.
const BODY: &[&str] = &["invalid", "unsupported_media_type", "too_large"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/lists", item([("get", lists()), ("post", add_list())])),
        ("/api/{user_id}/lists/{list_id}", item([("patch", change_list()), ("delete", delete_list())])),
        ("/api/{user_id}/settings", item([("get", settings()), ("patch", change_settings())])),
    ]
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("tasks", id, summary)
}

fn lists() -> Value {
    operation("listTaskLists", "List the lists")
        .responds(200, "All lists in their order.", Some(reference("TaskLists")), LIMITS)
        .errors(&[])
}

fn add_list() -> Value {
    operation("addTaskList", "Add a list")
        .body(true, JSON, &reference("NewTaskList"))
        .responds(
            201,
            "The new list.",
            Some(reference("TaskList")),
            &["Location", "Task-Change", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&[BODY, &["list_exists", "list_limit"]].concat())
}

fn change_list() -> Value {
    operation("changeTaskList", "Change a list")
        .about("A merge patch (RFC 7396).")
        .number("list_id", LIST)
        .body(true, MERGE_PATCH, &reference("TaskListChanges"))
        .responds(
            200,
            "The list as it is now.",
            Some(reference("TaskList")),
            &["Task-Change", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&[BODY, &["list_exists"]].concat())
}

fn delete_list() -> Value {
    operation("deleteTaskList", "Delete a list")
        .number("list_id", LIST)
        .parameter(
            "query",
            "tasks",
            "What becomes of its tasks: they move to the inbox, or are deleted, which can be undone.",
            json!({ "enum": ["move", "delete"], "default": "move" }),
        )
        .responds(204, "The list is deleted.", None, &["Task-Change", "RateLimit", "RateLimit-Policy"])
        .errors(&["invalid"])
}

fn settings() -> Value {
    operation("getSettings", "Read the settings")
        .responds(200, "The settings.", Some(reference("Settings")), LIMITS)
        .errors(&[])
}

fn change_settings() -> Value {
    operation("changeSettings", "Change settings")
        .about("A merge patch (RFC 7396). Another time zone moves no task: local times stay what they were. Until one is set, the first change of a task with a header `Time-Zone` sets it.")
        .body(true, MERGE_PATCH, &reference("SettingsChanges"))
        .responds(200, "The settings as they are now.", Some(reference("Settings")), LIMITS)
        .errors(BODY)
}

/// The schemas of their bodies and responses.
pub(crate) fn schemas() -> Value {
    let clock =
        |about: &str| json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "description": about });
    let name = || json!({ "type": "string", "minLength": 1, "maxLength": MAX_LIST_NAME });
    let color = || ListColor::WORDS.iter().map(|word| json!(word)).chain([Value::Null]).collect::<Vec<_>>();
    let position = || json!({ "type": "integer", "minimum": 1, "maximum": MAX_LISTS, "description": "Its number in the order of the lists." });
    let or_null = |mut schema: Value| {
        schema["type"] = json!(["string", "null"]);
        schema
    };
    json!({
        "TaskList": object(&["id", "name", "color", "archived", "position", "open_tasks", "created_at"], json!({
            "id": id("The user's own number of the list, never reused."),
            "name": name(),
            "color": { "enum": color() },
            "archived": { "type": "boolean" },
            "position": position(),
            "open_tasks": { "type": "integer", "minimum": 0, "description": "How many pending tasks it has." },
            "created_at": time("When it was added."),
        })),
        "TaskLists": { "type": "array", "items": { "$ref": "#/components/schemas/TaskList" } },
        "NewTaskList": object(&["name"], json!({ "name": name(), "color": { "enum": color() } })),
        "TaskListChanges": object(&[], json!({ "name": name(), "color": { "enum": color() }, "archived": { "type": "boolean" }, "position": position() })),
        "Settings": object(&["time_zone", "day_start", "week_start", "reminder_time"], json!({
            "time_zone": { "type": ["string", "null"], "description": "The IANA name of the user's zone; null is UTC." },
            "day_start": clock("The time at which a new day begins."),
            "week_start": { "enum": WeekStart::WORDS },
            "reminder_time": clock("The time to which reminders of a day are relative."),
        })),
        "SettingsChanges": object(&[], json!({
            "time_zone": { "type": ["string", "null"] },
            "day_start": or_null(clock("00:00 if it is null.")),
            "week_start": { "enum": ["monday", "saturday", "sunday", null] },
            "reminder_time": or_null(clock("09:00 if it is null.")),
        })),
    })
}

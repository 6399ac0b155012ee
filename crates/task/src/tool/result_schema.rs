//! JSON Schemas of results, in the same plain words as those of arguments. Clients keep them while they are connected, so each
//! permits members that a later version adds, and requires only what will always be there.

use serde_json::{Map, Value, json};

use super::schema::{members, object, string};
use super::table::{Tool, ToolAction};

impl Tool {
    /// JSON Schema (2020-12) of the structured result.
    pub fn output_schema(&self) -> Value {
        let mut schema = self.result_schema();
        if self.has_note() {
            schema["properties"]["note"] =
                string("What was ignored, or done besides; absent when there is nothing to say.");
        }
        if !self.read_only {
            schema["properties"]["change"] =
                integer("The number of this change, for undo; absent when nothing changed.");
        }
        schema
    }

    fn result_schema(&self) -> Value {
        match self.action {
            ToolAction::Add | ToolAction::Complete | ToolAction::Update | ToolAction::Get => {
                object(members([("task", task())]), &["task"])
            }
            ToolAction::AddMany => {
                let added = integer("How many were added.");
                object(members([("results", list_of(item_result())), ("added", added)]), &["results", "added"])
            }
            ToolAction::CompleteMany => object(members([("results", list_of(item_result()))]), &["results"]),
            ToolAction::List => {
                let total = integer("How many tasks there are on all pages; on the first page alone.");
                let cursor = string("The cursor of the next page; absent on the last one.");
                let page = [("tasks", list_of(brief_task())), ("total", total), ("next_cursor", cursor)];
                object(members(page), &["tasks"])
            }
            ToolAction::ListLists => lists(),
            ToolAction::Search => {
                let parts = ["id", "title", "url"];
                object(members([("results", list_of(texts(&parts)))]), &["results"])
            }
            ToolAction::Fetch => {
                let mut document = texts(&["id", "title", "text", "url"]);
                document["properties"]["metadata"] = json!({ "type": "object" });
                document
            }
            ToolAction::Undo => undo(),
            ToolAction::Delete => {
                let title = string("The title of the deleted task.");
                let members = members([("deleted_id", integer("The id that is gone.")), ("title", title)]);
                object(members, &["deleted_id", "title"])
            }
        }
    }
}

fn lists() -> Value {
    let list = object(
        members([
            ("name", string("Its name.")),
            ("open", integer("How many pending tasks it has.")),
            ("archived", boolean("true when it is put away.")),
        ]),
        &["name", "open"],
    );
    let left_out = integer("How many more there are; absent when these are all.");
    object(members([("lists", list_of(list)), ("left_out", left_out)]), &["lists"])
}

fn undo() -> Value {
    let ids = json!({ "type": "array", "items": { "type": "integer" }, "description": "The ids that are gone." });
    let mut tasks = list_of(task());
    tasks["description"] = json!("The tasks that are back or as before.");
    let mut kept = list_of(string("A task and its members."));
    kept["description"] = json!("What was changed since, and so stays.");
    let undone = string("The change that was undone, such as: completed \"milk\".");
    let number = integer("The number of the change that was undone.");
    object(
        members([
            ("undone", undone),
            ("undone_change", number),
            ("tasks", tasks),
            ("deleted_ids", ids),
            ("kept", kept),
        ]),
        &["undone", "tasks"],
    )
}

/// The result of one item of a call for several.
fn item_result() -> Value {
    object(
        members([
            ("task_id", integer("The number that the call named.")),
            ("task", brief_task()),
            ("error", string("What is wrong with this one.")),
        ]),
        &[],
    )
}

/// A task in a list: what says nothing is absent.
fn brief_task() -> Value {
    let mut schema = task();
    schema["required"] = json!(["id", "title", "completed"]);
    schema["properties"]["description_cut"] = boolean("true when the description goes on; get_task has all of it.");
    schema
}

fn task() -> Value {
    let occurrence = object(members([("due", string("When it was due.")), ("completed_at", string("When."))]), &[]);
    let properties = members([
        ("id", integer("The number of the task, its task_id in other tools.")),
        ("title", string("What to do.")),
        ("description", string("More about it; absent when there is none.")),
        ("completed", boolean("true when the task is completed, false when it is pending.")),
        ("created_at", string("When it was added (RFC 3339, UTC).")),
        ("updated_at", string("When it last changed (RFC 3339, UTC).")),
        ("completed_at", string("When it was completed (RFC 3339, UTC); absent while it is pending.")),
        ("priority", string("How important it is: none, low, medium or high.")),
        ("due", string("The day or the local time at which it is due; absent without one.")),
        ("overdue", boolean("true when that is over and the task is pending.")),
        ("repeat", string("The rule by which it repeats; absent without one.")),
        ("repeat_text", string("The rule in words.")),
        (
            "repeat_from",
            string("completion where the next time is counted from the day of completion; absent otherwise."),
        ),
        (
            "remind",
            json!({ "type": "array", "items": { "type": "integer" }, "description": "Minutes before it is due." }),
        ),
        ("remind_at", list_of(string("A local time at which the user is reminded."))),
        ("tags", json!({ "type": "array", "items": { "type": "string" } })),
        ("list", string("The name of its list; absent in the inbox.")),
        ("parent", integer("The task that it is a step of; absent when it is none.")),
        ("occurrence", occurrence),
    ]);
    object(properties, &["id", "title", "completed", "created_at", "updated_at", "priority"])
}

/// An object with these texts.
fn texts(names: &[&str]) -> Value {
    let texts: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
    object(texts, names)
}

fn list_of(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn integer(description: &str) -> Value {
    json!({ "type": "integer", "description": description })
}

fn boolean(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

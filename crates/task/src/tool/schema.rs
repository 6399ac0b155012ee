//! JSON Schemas of the table: plain `type` words, no references, no unions, no `null`, so that every client and model
//! reads them. A limit stands in the description too, since some clients drop the keywords. Every schema is open: hosts
//! add arguments of their own and check them, and a result may gain members.

use serde_json::{Map, Value, json};

use super::table::{ArgumentKind, DEFAULT_LIMIT, MAX_BATCH, MAX_LIMIT, Tool, ToolAction, ToolArgument, new_task_tool};
use crate::due::DueFilter;
use crate::fields::{MAX_DESCRIPTION, MAX_TITLE, StatusFilter};
use crate::names::{MAX_LIST_NAME, MAX_TAG, MAX_TAGS};
use crate::priority::Priority;
use crate::query::{MAX_SEARCH, SortOrder};

impl Tool {
    /// JSON Schema (2020-12) of the arguments.
    pub fn input_schema(&self) -> Value {
        let property = |argument: &ToolArgument| (argument.name.to_owned(), argument.schema());
        let required = self.arguments.iter().filter(|argument| argument.required).map(|argument| argument.name);
        object(self.arguments.iter().map(property).collect(), &required.collect::<Vec<_>>())
    }

    /// JSON Schema (2020-12) of the structured result. Clients keep it while they are connected, so it permits members
    /// that a later version adds.
    pub fn output_schema(&self) -> Value {
        let mut schema = self.result_schema();
        if !self.has_note() {
            return schema;
        }
        schema["properties"]["note"] = string("What was ignored in the arguments; absent when nothing was.");
        schema
    }

    fn result_schema(&self) -> Value {
        match self.action {
            ToolAction::Add | ToolAction::Complete | ToolAction::Update | ToolAction::Get => {
                object(members([("task", task())]), &["task"])
            }
            ToolAction::AddMany => {
                let added = json!({ "type": "integer", "description": "How many were added." });
                let results = json!({ "type": "array", "items": item_result() });
                object(members([("results", results), ("added", added)]), &["results", "added"])
            }
            ToolAction::CompleteMany => {
                object(members([("results", json!({ "type": "array", "items": item_result() }))]), &["results"])
            }
            ToolAction::List => {
                let tasks = json!({ "type": "array", "items": brief_task() });
                let cursor = string("The cursor of the next page; absent on the last one.");
                object(members([("tasks", tasks), ("next_cursor", cursor)]), &["tasks"])
            }
            ToolAction::Search => {
                let found = object(
                    members([
                        ("id", string("For fetch.")),
                        ("title", string("What to do.")),
                        ("url", string("Its page.")),
                    ]),
                    &["id", "title", "url"],
                );
                object(members([("results", json!({ "type": "array", "items": found }))]), &["results"])
            }
            ToolAction::Fetch => {
                let names = ["id", "title", "text", "url"];
                let mut texts: Map<String, Value> =
                    names.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
                texts.insert("metadata".to_owned(), json!({ "type": "object" }));
                object(texts, &names)
            }
            ToolAction::Undo => {
                let tasks =
                    json!({ "type": "array", "items": task(), "description": "The tasks that are back or as before." });
                let ids =
                    json!({ "type": "array", "items": { "type": "integer" }, "description": "The ids that are gone." });
                let kept = json!({ "type": "array", "items": string("A task and its members."), "description": "What was changed since, and so stays." });
                let undone = string("The change that was undone, such as: completed \"milk\".");
                object(
                    members([("undone", undone), ("tasks", tasks), ("deleted_ids", ids), ("kept", kept)]),
                    &["undone", "tasks"],
                )
            }
            ToolAction::Delete => {
                let id = json!({ "type": "integer", "description": "The id that is gone." });
                let title = string("The title of the deleted task.");
                object(members([("deleted_id", id), ("title", title)]), &["deleted_id", "title"])
            }
        }
    }
}

impl ToolArgument {
    fn schema(&self) -> Value {
        let (mut schema, limits) = match self.kind {
            ArgumentKind::Title => (
                json!({ "type": "string", "minLength": 1, "maxLength": MAX_TITLE }),
                format!(" 1 to {MAX_TITLE} characters."),
            ),
            ArgumentKind::Description => (
                json!({ "type": "string", "maxLength": MAX_DESCRIPTION }),
                format!(" At most {MAX_DESCRIPTION} characters."),
            ),
            ArgumentKind::Tasks => (
                json!({ "type": "array", "minItems": 1, "maxItems": MAX_BATCH, "items": new_task() }),
                format!(" 1 to {MAX_BATCH} tasks."),
            ),
            ArgumentKind::TaskId => (json!({ "type": "integer", "minimum": 1 }), " A whole number from 1.".to_owned()),
            ArgumentKind::TaskIds => (
                json!({ "type": "array", "minItems": 1, "maxItems": MAX_BATCH, "items": { "type": "integer" } }),
                format!(" 1 to {MAX_BATCH} whole numbers."),
            ),
            ArgumentKind::TaskKey => (json!({ "type": "string" }), String::new()),
            ArgumentKind::Completed => (json!({ "type": "boolean" }), String::new()),
            ArgumentKind::Status => (
                json!({ "type": "string", "enum": StatusFilter::WORDS, "default": StatusFilter::WORDS[0] }),
                format!(" One of {}; {} when not given.", StatusFilter::WORDS.join(", "), StatusFilter::WORDS[0]),
            ),
            ArgumentKind::Priority => (
                json!({ "type": "string", "enum": Priority::WORDS }),
                format!(" One of {}.", Priority::WORDS.join(", ")),
            ),
            ArgumentKind::Due
            | ArgumentKind::DueFilter
            | ArgumentKind::Repeat
            | ArgumentKind::Tags
            | ArgumentKind::List => plan_schema(self.kind),
            ArgumentKind::Query => {
                (json!({ "type": "string", "maxLength": MAX_SEARCH }), format!(" At most {MAX_SEARCH} characters."))
            }
            ArgumentKind::Sort => (
                json!({ "type": "string", "enum": SortOrder::WORDS, "default": SortOrder::WORDS[0] }),
                format!(" {} when not given.", SortOrder::WORDS[0]),
            ),
            ArgumentKind::Limit => (
                json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT }),
                format!(" A whole number from 1 to {MAX_LIMIT}; {DEFAULT_LIMIT} when not given."),
            ),
            ArgumentKind::Cursor => (json!({ "type": "string" }), " Leave it out for the first page.".to_owned()),
        };
        schema["description"] = json!(format!("{}{limits}", self.about));
        schema
    }
}

/// The schema of an argument about when and where a task is done, and its limits in words.
fn plan_schema(kind: ArgumentKind) -> (Value, String) {
    match kind {
        ArgumentKind::Due => (
            json!({ "type": "string" }),
            " A day such as 2026-12-01, or a local time such as 2026-12-01T17:00.".to_owned(),
        ),
        ArgumentKind::DueFilter => {
            (json!({ "type": "string", "enum": DueFilter::WORDS }), format!(" One of {}.", DueFilter::WORDS.join(", ")))
        }
        ArgumentKind::Repeat => {
            (json!({ "type": "string" }), " An RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO.".to_owned())
        }
        ArgumentKind::Tags => (
            json!({ "type": "array", "maxItems": MAX_TAGS, "items": { "type": "string" } }),
            format!(" At most {MAX_TAGS}, each 1 to {MAX_TAG} characters without # and comma."),
        ),
        ArgumentKind::List => {
            (json!({ "type": "string", "maxLength": MAX_LIST_NAME }), format!(" At most {MAX_LIST_NAME} characters."))
        }
        _ => (json!({ "type": "string" }), String::new()),
    }
}

/// An item of `add_tasks`: as the arguments of `add_task`, which say more about each.
fn new_task() -> Value {
    let add = new_task_tool();
    let brief = |argument: &ToolArgument| {
        let mut schema = argument.schema();
        if let Some(members) = schema.as_object_mut() {
            members.retain(|name, _| matches!(name.as_str(), "type" | "enum" | "items"));
        }
        (argument.name.to_owned(), schema)
    };
    let required = add.arguments.iter().filter(|argument| argument.required).map(|argument| argument.name);
    object(add.arguments.iter().map(brief).collect(), &required.collect::<Vec<_>>())
}

/// The result of one item of a call for several.
fn item_result() -> Value {
    object(
        members([
            ("task_id", json!({ "type": "integer", "description": "The number that the call named." })),
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
    schema["properties"]["description_cut"] =
        json!({ "type": "boolean", "description": "true when the description goes on; get_task has all of it." });
    schema
}

fn task() -> Value {
    let boolean =
        json!({ "type": "boolean", "description": "true when the task is completed, false when it is pending." });
    let properties = members([
        ("id", json!({ "type": "integer", "description": "The number of the task, its task_id in other tools." })),
        ("title", string("What to do.")),
        ("description", string("More about it; absent when there is none.")),
        ("completed", boolean),
        ("created_at", string("When it was added (RFC 3339, UTC).")),
        ("updated_at", string("When it last changed (RFC 3339, UTC).")),
        ("completed_at", string("When it was completed (RFC 3339, UTC); absent while it is pending.")),
        ("priority", json!({ "type": "string", "description": "How important it is: none, low, medium or high." })),
        ("due", string("The day or the local time at which it is due; absent without one.")),
        ("overdue", json!({ "type": "boolean", "description": "true when that is over and the task is pending." })),
        ("repeat", string("The rule by which it repeats; absent without one.")),
        ("tags", json!({ "type": "array", "items": { "type": "string" } })),
        ("list", string("The name of its list; absent in the inbox.")),
    ]);
    object(properties, &["id", "title", "completed", "created_at", "updated_at", "priority"])
}

fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

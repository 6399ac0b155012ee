//! JSON Schemas of the arguments of the table: plain `type` words, no references, no unions, no `null`, so that every client and model
//! reads them. A limit stands in the description too, since some clients drop the keywords. Every schema is open: hosts
//! add arguments of their own and check them, and a result may gain members.

use recurrence::RepeatFrom;
use serde_json::{Map, Value, json};

use super::table::{ArgumentKind, DEFAULT_LIMIT, MAX_BATCH, MAX_LIMIT, Tool, ToolArgument, new_task_tool};
use crate::due::DueFilter;
use crate::fields::{MAX_DESCRIPTION, MAX_TITLE, StatusFilter};
use crate::members::{MAX_REMIND_MINUTES, MAX_REMINDERS};
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
            ArgumentKind::TaskId | ArgumentKind::Parent | ArgumentKind::Change => {
                (json!({ "type": "integer", "minimum": 1 }), " A whole number from 1.".to_owned())
            }
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
            | ArgumentKind::RepeatFrom
            | ArgumentKind::Remind
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
        ArgumentKind::RepeatFrom => (
            json!({ "type": "string", "enum": RepeatFrom::WORDS }),
            " due: from its days as they are; completion: from the day on which it was completed.".to_owned(),
        ),
        ArgumentKind::Remind => (
            json!({ "type": "array", "maxItems": MAX_REMINDERS, "items": { "type": "integer" } }),
            format!(" At most {MAX_REMINDERS}, each from 0 to {MAX_REMIND_MINUTES}."),
        ),
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

pub(super) fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

pub(super) fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

pub(super) fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

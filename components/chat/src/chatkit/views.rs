//! Threads and items as the JSON of ChatKit. Its client renders text as Markdown, so what people, models and tools wrote is
//! escaped where Markdown would load or link something: the address of a picture could carry a list away.

use assistant::{CallOutcome, ToolCall};
use serde_json::{Map, Value, json};

use super::page::ItemPage;
use super::position::ItemPosition;
use super::request::DECIDE;
use crate::store::rows::ConversationSummary;

/// The longest argument of a call that is shown, in characters.
const MAX_ARGUMENT: usize = 120;

/// A conversation with some of its items.
pub(crate) fn thread(summary: &ConversationSummary, items: &ItemPage) -> Value {
    json!({
        "id": summary.id.to_string(),
        "title": summary.title,
        "created_at": summary.created_at,
        "status": {"type": "active"},
        "metadata": {},
        "items": items,
    })
}

/// A message of the user.
pub(crate) fn user_message(thread: i64, position: ItemPosition, text: &str, created_at: &str) -> Value {
    let content = json!([{"type": "input_text", "text": text}]);
    let members = json!({"content": content, "attachments": [], "inference_options": {}});
    item("user_message", thread, position, created_at, members)
}

/// A message of the assistant, of escaped texts.
pub(crate) fn assistant_message(thread: i64, position: ItemPosition, texts: &[&str], created_at: &str) -> Value {
    let content: Vec<Value> = texts.iter().map(|text| output_text(text)).collect();
    item("assistant_message", thread, position, created_at, json!({ "content": content }))
}

/// A piece of a message of the assistant.
pub(crate) fn output_text(text: &str) -> Value {
    json!({"type": "output_text", "text": text, "annotations": []})
}

/// The calls of one step.
pub(crate) fn workflow(thread: i64, position: ItemPosition, tasks: &[Value], created_at: &str) -> Value {
    let mut workflow = json!({"type": "custom", "tasks": tasks, "expanded": false});
    let title = match tasks {
        [] => None,
        [one] => Some(one["title"].clone()),
        many => Some(json!(format!("{} steps", many.len()))),
    };
    if let Some(title) = title {
        workflow["summary"] = json!({ "title": title });
    }
    item("workflow", thread, position, created_at, json!({ "workflow": workflow }))
}

/// A call that starts.
pub(crate) fn loading_task(name: &str, arguments: &Map<String, Value>) -> Value {
    let words = name.replace('_', " ");
    let first = words.chars().next().unwrap_or_default();
    let title = format!("{}{}", first.to_ascii_uppercase(), words.get(first.len_utf8()..).unwrap_or_default());
    let content = escape(&list_arguments(arguments));
    json!({"type": "custom", "status_indicator": "loading", "title": escape(&title), "content": content})
}

/// A call with its outcome.
pub(crate) fn task(call: &ToolCall) -> Value {
    let mut task = loading_task(&call.name, &call.arguments);
    let (indicator, note) = match &call.outcome {
        CallOutcome::Done { .. } => ("complete", None),
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
            ("none", Some(error.as_str()))
        }
        CallOutcome::ConfirmationRequired { .. } => ("none", Some("This waits for your word.")),
    };
    task["status_indicator"] = json!(indicator);
    if let Some(note) = note {
        task["content"] = json!(escape(note));
    }
    task
}

/// A question. With the id of its action it has buttons; without, `text` is its outcome.
pub(crate) fn question(
    thread: i64,
    position: ItemPosition,
    text: &str,
    action: Option<&str>,
    created_at: &str,
) -> Value {
    let text = if action.is_some() { format!("Please confirm: {text}?") } else { text.to_owned() };
    let mut card = json!({"type": "Card", "children": [{"type": "Text", "value": text}]});
    if let Some(id) = action {
        let button = |label: &str, approve: bool| {
            let payload = json!({"action_id": id, "approve": approve});
            json!({"label": label, "action": {"type": DECIDE, "payload": payload}})
        };
        card["confirm"] = button("Yes", true);
        card["cancel"] = button("No", false);
    }
    item("widget", thread, position, created_at, json!({"widget": card, "copy_text": text}))
}

/// Text from which Markdown makes no picture, link or HTML, piece by piece.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '[' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn item(kind: &str, thread: i64, position: ItemPosition, created_at: &str, mut members: Value) -> Value {
    members["type"] = json!(kind);
    members["id"] = json!(position.to_id(thread));
    members["thread_id"] = json!(thread.to_string());
    members["created_at"] = json!(created_at);
    members
}

fn list_arguments(arguments: &Map<String, Value>) -> String {
    let argument = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let short: String = text.chars().take(MAX_ARGUMENT).collect();
        format!("{name}: {short}{}", if short.len() < text.len() { "…" } else { "" })
    };
    arguments.iter().map(argument).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(name: &str, error: &str) -> ToolCall {
        let arguments = Map::from_iter([("task_id".to_owned(), json!(1))]);
        ToolCall { id: "c".into(), name: name.into(), arguments, outcome: CallOutcome::Failed { error: error.into() } }
    }

    #[test]
    fn no_picture_or_link_is_made_of_what_was_written() {
        let text = r"\![a](https://e.example) <img src=x> **bold**";
        assert_eq!(escape(text), r"\\!\[a](https://e.example) \<img src=x> **bold**");
        let failed_call = failed("delete_task", "No ![x](y).");
        assert_eq!(task(&failed_call)["content"], r"No !\[x](y).");
        assert_eq!(task(&failed_call)["title"], "Delete task");
        assert_eq!(task(&failed("überall", ""))["title"], "überall");
    }

    #[test]
    fn what_was_decided_has_no_buttons_any_more() {
        let position = ItemPosition { turn: 1, step: 2, question: Some(0) };
        let item = question(7, position, "Deleted #1.", None, "t");
        assert_eq!(item["id"], "7-1-2-0");
        assert!(item["widget"].get("confirm").is_none() && item["widget"].get("cancel").is_none());
    }
}

//! Threads and their items, as ChatKit shows them. Its client renders words as Markdown, so what people, models and tools
//! wrote is escaped where Markdown would fetch or link something: a picture's address could carry a list away.

use assistant::{CallOutcome, Language, ToolCall, report};
use http_api::ApiError;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::conversations::Summary;
use crate::rows::{Said, StoredStep};

use super::request::{DECIDE, Listing, invalid};

/// The longest argument that is shown, in characters.
const LONGEST_SHOWN: usize = 120;

/// A part of a list.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Page {
    pub(crate) data: Vec<Value>,
    pub(crate) has_more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

/// Where an item stands in its thread: a step of a turn, or a question that the step asks. Their order is this one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) turn: i64,
    pub(crate) step: i64,
    /// The number of the call that waits for the user's word.
    pub(crate) question: Option<i64>,
}

impl Place {
    /// Reads an item's id, `THREAD-TURN-STEP[-QUESTION]`; a question's is the one of its action.
    pub(crate) fn parse(id: &str, thread: i64) -> Result<Self, ApiError> {
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let numbers: Option<Vec<i64>> = id.split('-').map(|part| part.parse().ok().filter(|_| plain(part))).collect();
        match numbers.as_deref() {
            Some(&[of, turn, step]) if of == thread => Ok(Self { turn, step, question: None }),
            Some(&[of, turn, step, question]) if of == thread => Ok(Self { turn, step, question: Some(question) }),
            _ => Err(invalid("params", "names no item of this thread.")),
        }
    }

    pub(crate) fn id(self, thread: i64) -> String {
        let Self { turn, step, question } = self;
        let step = format!("{thread}-{turn}-{step}");
        question.map_or(step.clone(), |question| format!("{step}-{question}"))
    }
}

/// A conversation.
pub(crate) fn thread(summary: &Summary, items: &Page) -> Value {
    json!({
        "id": summary.id.to_string(),
        "title": summary.title,
        "created_at": summary.created_at,
        "status": {"type": "active"},
        "metadata": {},
        "items": items,
    })
}

/// The items of these steps, in order.
pub(crate) fn items(thread: i64, steps: &[StoredStep]) -> Vec<(Place, Value)> {
    let mut items = Vec::new();
    for StoredStep { turn, step, created_at, said } in steps {
        let place = Place { turn: *turn, step: *step, question: None };
        match said {
            Said::User(text) => items.push((place, user_message(thread, place, text, created_at))),
            Said::Model { text, .. } if text.is_empty() => {}
            Said::Model { text, .. } => {
                items.push((place, assistant_message(thread, place, &[&literal(text)], created_at)))
            }
            Said::Tools(calls, asked) => {
                let tasks: Vec<Value> = calls.iter().map(task).collect();
                items.push((place, workflow(thread, place, &tasks, created_at)));
                for (number, call) in (0..).zip(calls) {
                    let place = Place { question: Some(number), ..place };
                    let id = place.id(thread);
                    if let Some(asked) = asked.iter().find(|asked| asked.id == id) {
                        let text = if asked.open {
                            asked.summary.clone()
                        } else {
                            report(call, &asked.summary, Language::English)
                        };
                        let open = asked.open.then_some(id.as_str());
                        items.push((place, question(thread, place, &text, open, created_at)));
                    }
                }
            }
        }
    }
    items
}

/// The part of a list that was asked for.
pub(crate) fn page(mut items: Vec<(Place, Value)>, after: Option<Place>, listing: &Listing) -> Page {
    if !listing.ascending() {
        items.reverse();
    }
    let beyond = |place: &Place| match after {
        Some(after) if listing.ascending() => *place > after,
        Some(after) => *place < after,
        None => true,
    };
    let mut data: Vec<Value> = items.into_iter().filter(|(place, _)| beyond(place)).map(|(_, item)| item).collect();
    let has_more = data.len() > listing.limit();
    data.truncate(listing.limit());
    let last = data.last().filter(|_| has_more);
    let after = last.and_then(|item| item["id"].as_str()).map(str::to_owned);
    Page { data, has_more, after }
}

/// The user's words.
pub(crate) fn user_message(thread: i64, place: Place, text: &str, created_at: &str) -> Value {
    let content = json!([{"type": "input_text", "text": text}]);
    let more = json!({"content": content, "attachments": [], "inference_options": {}});
    item("user_message", thread, place, created_at, more)
}

/// The assistant's words, which are literal already.
pub(crate) fn assistant_message(thread: i64, place: Place, texts: &[&str], created_at: &str) -> Value {
    let content: Vec<Value> = texts.iter().map(|text| output_text(text)).collect();
    item("assistant_message", thread, place, created_at, json!({ "content": content }))
}

/// A piece of the assistant's words.
pub(crate) fn output_text(text: &str) -> Value {
    json!({"type": "output_text", "text": text, "annotations": []})
}

/// The calls of one step.
pub(crate) fn workflow(thread: i64, place: Place, tasks: &[Value], created_at: &str) -> Value {
    let mut workflow = json!({"type": "custom", "tasks": tasks, "expanded": false});
    let title = match tasks {
        [] => None,
        [one] => Some(one["title"].clone()),
        many => Some(json!(format!("{} steps", many.len()))),
    };
    if let Some(title) = title {
        workflow["summary"] = json!({ "title": title });
    }
    item("workflow", thread, place, created_at, json!({ "workflow": workflow }))
}

/// A call that begins.
pub(crate) fn task_begun(name: &str, arguments: &Map<String, Value>) -> Value {
    let words = name.replace('_', " ");
    let first = words.chars().next().unwrap_or_default();
    let title = format!("{}{}", first.to_ascii_uppercase(), words.get(first.len_utf8()..).unwrap_or_default());
    json!({"type": "custom", "status_indicator": "loading", "title": literal(&title), "content": literal(&shown(arguments))})
}

/// A call and what came of it.
pub(crate) fn task(call: &ToolCall) -> Value {
    let mut task = task_begun(&call.name, &call.arguments);
    let (indicator, note) = match &call.outcome {
        CallOutcome::Done { .. } => ("complete", None),
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
            ("none", Some(error.as_str()))
        }
        CallOutcome::ConfirmationRequired { .. } => ("none", Some("This waits for your word.")),
    };
    task["status_indicator"] = json!(indicator);
    if let Some(note) = note {
        task["content"] = json!(literal(note));
    }
    task
}

/// A question with its buttons; without `open`, the name of its action, what became of it.
pub(crate) fn question(thread: i64, place: Place, text: &str, open: Option<&str>, created_at: &str) -> Value {
    let words = if open.is_some() { format!("Please confirm: {text}?") } else { text.to_owned() };
    let mut card = json!({"type": "Card", "children": [{"type": "Text", "value": words}]});
    if let Some(id) = open {
        let button = |label: &str, approve: bool| json!({"label": label, "action": {"type": DECIDE, "payload": {"action_id": id, "approve": approve}}});
        card["confirm"] = button("Yes", true);
        card["cancel"] = button("No", false);
    }
    item("widget", thread, place, created_at, json!({"widget": card, "copy_text": words}))
}

/// Text that Markdown makes no picture, link or HTML of, piece by piece.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '[' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn item(kind: &str, thread: i64, place: Place, created_at: &str, mut more: Value) -> Value {
    more["type"] = json!(kind);
    more["id"] = json!(place.id(thread));
    more["thread_id"] = json!(thread.to_string());
    more["created_at"] = json!(created_at);
    more
}

fn shown(arguments: &Map<String, Value>) -> String {
    let argument = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let short: String = text.chars().take(LONGEST_SHOWN).collect();
        format!("{name}: {short}{}", if short.len() < text.len() { "…" } else { "" })
    };
    arguments.iter().map(argument).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Asked;

    fn call(name: &str, outcome: CallOutcome) -> ToolCall {
        let arguments = Map::from_iter([("task_id".to_owned(), json!(1))]);
        ToolCall { id: "c".into(), name: name.into(), arguments, outcome }
    }

    fn steps() -> Vec<StoredStep> {
        let step = |turn, step, said| StoredStep { turn, step, created_at: "2026-11-25T03:00:00.000Z".into(), said };
        let waits = CallOutcome::ConfirmationRequired { action_id: "7-1-2-1".into(), summary: "delete #1".into() };
        let calls = vec![call("list_tasks", CallOutcome::Done { result: Value::Null }), call("delete_task", waits)];
        let asked = vec![Asked { id: "7-1-2-1".into(), summary: "delete #1 \"a\"".into(), open: true }];
        vec![
            step(1, 0, Said::User("tidy up".into())),
            step(1, 1, Said::Model { text: String::new(), last: false }),
            step(1, 2, Said::Tools(calls, asked)),
            step(1, 3, Said::Model { text: "![x](https://e.example/?q=milk)".into(), last: true }),
            step(2, 0, Said::User("hm".into())),
        ]
    }

    fn ids(page: &Page) -> Vec<&str> {
        page.data.iter().map(|item| item["id"].as_str().unwrap()).collect()
    }

    #[test]
    fn each_step_is_an_item_and_a_question_comes_after_its_step() {
        let listing = Listing::from_the_start();
        let page = page(items(7, &steps()), None, &listing);
        assert_eq!(ids(&page), ["7-1-0", "7-1-2", "7-1-2-1", "7-1-3", "7-2-0"]);
        let kinds: Vec<&str> = page.data.iter().map(|item| item["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["user_message", "workflow", "widget", "assistant_message", "user_message"]);
        assert!(!page.has_more && page.after.is_none());
        assert_eq!(page.data[1]["workflow"]["summary"]["title"], "2 steps");
        let card = &page.data[2]["widget"];
        assert_eq!(card["confirm"]["action"]["payload"], json!({"action_id": "7-1-2-1", "approve": true}));
        assert_eq!(card["children"][0]["value"], "Please confirm: delete #1 \"a\"?");
    }

    #[test]
    fn a_list_is_cut_and_goes_on_after_what_was_seen() {
        let listing = |order: &str| serde_json::from_value(json!({"limit": 2, "order": order})).unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = page(items(7, &steps()), after, &listing("desc"));
            seen.extend(ids(&page).into_iter().map(str::to_owned));
            after = page.after.map(|id| Place::parse(&id, 7).unwrap());
            if !page.has_more {
                break;
            }
        }
        assert_eq!(seen, ["7-2-0", "7-1-3", "7-1-2-1", "7-1-2", "7-1-0"]);
        let page = page(items(7, &steps()), Some(Place::parse("7-1-2", 7).unwrap()), &listing("asc"));
        assert_eq!(ids(&page), ["7-1-2-1", "7-1-3"]);
    }

    #[test]
    fn an_id_is_an_items_of_its_thread_or_nothing() {
        for id in ["7-1-0", "7-1-2-3"] {
            assert_eq!(Place::parse(id, 7).unwrap().id(7), id);
        }
        for bad in ["", "7", "7-1", "8-1-0", "7-1-0-0-0", "7-1--0", "7-+1-0", "7-1-x", "7-1-99999999999999999999"] {
            assert!(Place::parse(bad, 7).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_picture_or_link_is_made_of_what_was_written() {
        let text = r"\![a](https://e.example) <img src=x> **bold**";
        assert_eq!(literal(text), r"\\!\[a](https://e.example) \<img src=x> **bold**");
        let failed = call("delete_task", CallOutcome::Failed { error: "No ![x](y).".into() });
        assert_eq!(task(&failed)["content"], r"No !\[x](y).");
        assert_eq!(task(&failed)["title"], "Delete task");
        assert_eq!(task(&call("überall", CallOutcome::Failed { error: String::new() }))["title"], "überall");
    }

    #[test]
    fn what_was_decided_has_no_buttons_any_more() {
        let place = Place { turn: 1, step: 2, question: Some(0) };
        let item = question(7, place, "Deleted #1.", None, "t");
        assert_eq!(item["id"], "7-1-2-0");
        assert!(item["widget"].get("confirm").is_none() && item["widget"].get("cancel").is_none());
    }
}

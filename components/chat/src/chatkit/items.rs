//! The items of a thread: the steps of its turns, and their questions.

use assistant::{Language, ToolCall, report};
use serde_json::Value;

use super::position::ItemPosition;
use super::views::{assistant_message, escape, question, task, user_message, workflow};
use crate::store::rows::{ActionQuestion, StepContent, StoredStep};

/// The items of these steps, in order.
pub(crate) fn items(thread: i64, steps: &[StoredStep]) -> Vec<(ItemPosition, Value)> {
    let mut items = Vec::new();
    for StoredStep { turn, step, created_at, content } in steps {
        let position = ItemPosition { turn: *turn, step: *step, question: None };
        match content {
            StepContent::User(text) => items.push((position, user_message(thread, position, text, created_at))),
            StepContent::Model { text, .. } if text.is_empty() => {}
            StepContent::Model { text, .. } => {
                items.push((position, assistant_message(thread, position, &[&escape(text)], created_at)));
            }
            StepContent::Tools(calls, questions) => {
                let tasks: Vec<Value> = calls.iter().map(task).collect();
                items.push((position, workflow(thread, position, &tasks, created_at)));
                items.extend(question_items(thread, position, calls, questions, created_at));
            }
        }
    }
    items
}

/// The questions of a step, each at the number of its call.
fn question_items(
    thread: i64,
    step: ItemPosition,
    calls: &[ToolCall],
    questions: &[ActionQuestion],
    created_at: &str,
) -> Vec<(ItemPosition, Value)> {
    let item = |(number, call): (i64, &ToolCall)| {
        let position = ItemPosition { question: Some(number), ..step };
        let id = position.to_id(thread);
        let ActionQuestion { summary, open, .. } = questions.iter().find(|question| question.id == id)?;
        let text = if *open { summary.clone() } else { report(call, summary, Language::English) };
        let action = open.then_some(id.as_str());
        Some((position, question(thread, position, &text, action, created_at)))
    };
    (0..).zip(calls).filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use assistant::CallOutcome;
    use serde_json::{Map, json};

    use super::*;
    use crate::chatkit::page::{ItemPage, page};
    use crate::chatkit::request::PageRequest;

    fn call(name: &str, outcome: CallOutcome) -> ToolCall {
        let arguments = Map::from_iter([("task_id".to_owned(), json!(1))]);
        ToolCall { id: "c".into(), name: name.into(), arguments, outcome }
    }

    fn steps() -> Vec<StoredStep> {
        let step =
            |turn, step, content| StoredStep { turn, step, created_at: "2026-11-25T03:00:00.000Z".into(), content };
        let waits = CallOutcome::ConfirmationRequired { action_id: "7-1-2-1".into(), summary: "delete #1".into() };
        let calls = vec![call("list_tasks", CallOutcome::Done { result: Value::Null }), call("delete_task", waits)];
        let questions = vec![ActionQuestion { id: "7-1-2-1".into(), summary: "delete #1 \"a\"".into(), open: true }];
        vec![
            step(1, 0, StepContent::User("tidy up".into())),
            step(1, 1, StepContent::Model { text: String::new(), last: false }),
            step(1, 2, StepContent::Tools(calls, questions)),
            step(1, 3, StepContent::Model { text: "![x](https://e.example/?q=milk)".into(), last: true }),
            step(2, 0, StepContent::User("hm".into())),
        ]
    }

    fn ids(page: &ItemPage) -> Vec<&str> {
        page.data.iter().map(|item| item["id"].as_str().unwrap()).collect()
    }

    #[test]
    fn each_step_is_an_item_and_a_question_comes_after_its_step() {
        let page = page(items(7, &steps()), None, &PageRequest::from_the_start());
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
        let request = |order: &str| serde_json::from_value(json!({"limit": 2, "order": order})).unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = page(items(7, &steps()), after, &request("desc"));
            seen.extend(ids(&page).into_iter().map(str::to_owned));
            after = page.after.map(|id| ItemPosition::parse(&id, 7).unwrap());
            if !page.has_more {
                break;
            }
        }
        assert_eq!(seen, ["7-2-0", "7-1-3", "7-1-2-1", "7-1-2", "7-1-0"]);
        let page = page(items(7, &steps()), Some(ItemPosition::parse("7-1-2", 7).unwrap()), &request("asc"));
        assert_eq!(ids(&page), ["7-1-2-1", "7-1-3"]);
    }
}

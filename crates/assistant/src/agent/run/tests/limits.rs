//! The limits of a turn.

use std::cell::RefCell;

use super::*;

/// A model that always requests the same calls, also where it may not.
struct StubbornModel {
    calls: Vec<ToolRequest>,
    allowed: RefCell<Vec<bool>>,
}

impl StubbornModel {
    fn requesting(calls: Vec<(&str, Value)>) -> Self {
        let call = |(name, arguments): (&str, Value)| ToolRequest {
            id: None,
            name: name.to_owned(),
            arguments: arguments.as_object().unwrap().clone(),
        };
        Self { calls: calls.into_iter().map(call).collect(), allowed: RefCell::default() }
    }
}

impl ChatModel for StubbornModel {
    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        _hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>> {
        let round = self.allowed.borrow().len();
        self.allowed.borrow_mut().push(prompt.may_call);
        let mut calls = self.calls.clone();
        for call in &mut calls {
            if call.arguments.contains_key("round") {
                call.arguments.insert("round".into(), json!(round));
            }
        }
        let parts: Vec<Value> =
            calls.iter().map(|call| json!({"functionCall": {"name": call.name, "args": call.arguments}})).collect();
        let content = serde_json::value::to_raw_value(&json!({"role": "model", "parts": parts})).unwrap();
        let model = "stubborn".to_owned();
        ready(Ok(ModelResponse {
            content,
            text: String::new(),
            calls,
            finish: FinishReason::Complete,
            model,
            model_version: None,
        }))
        .boxed_local()
    }
}

#[test]
fn a_repeated_call_is_stopped_and_the_next_round_must_be_text() {
    let model = StubbornModel::requesting(vec![("list_tasks", json!({}))]);
    let host = TestHost::default();
    let reply = host.chat_with(&model, "hm").unwrap();
    assert_eq!(*model.allowed.borrow(), [true, true, true, false]);
    assert_eq!(host.called.borrow().len(), 2);
    assert!(reply.text.starts_with("I stopped here"));
    assert_eq!(calls_in(&reply)[2]["status"], "failed");
}

#[test]
fn the_last_of_five_rounds_must_be_text() {
    let model = StubbornModel::requesting(vec![("list_tasks", json!({"round": 0}))]);
    let host = TestHost::default();
    host.chat_with(&model, "hm").unwrap();
    assert_eq!(*model.allowed.borrow(), [true, true, true, true, false]);
    assert_eq!(host.called.borrow().len(), 4);
    let stored = host.stored.borrow();
    let Some(Step::Model(last)) = stored.last() else { panic!("the last step is a response") };
    assert_eq!(last.outcome, Some(TurnOutcome::Partial));
    assert!(last.content.is_none(), "calls that did not run are not echoed");
}

#[test]
fn a_round_runs_eight_calls_and_a_turn_sixteen() {
    let calls = (0..10).map(|n| ("list_tasks", json!({"limit": n + 1, "round": 0}))).collect();
    let model = StubbornModel::requesting(calls);
    let host = TestHost::default();
    let reply = host.chat_with(&model, "hm").unwrap();
    assert_eq!(host.called.borrow().len(), 16);
    assert_eq!(*model.allowed.borrow(), [true, true, true, false]);
    assert_eq!(reply.calls.len(), 30);
    assert!(reply.calls[8].outcome.to_string().contains("at most 8"));
    assert!(reply.calls[20].outcome.to_string().contains("at most 16"));
}

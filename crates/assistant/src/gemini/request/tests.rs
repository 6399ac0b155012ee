use serde_json::Map;
use serde_json::value::to_raw_value;

use super::*;
use crate::turn::TurnOutcome;

fn model_step(content: &str, model: &str, outcome: Option<TurnOutcome>) -> Step {
    let content = RawValue::from_string(content.to_owned()).ok();
    Step::Model(ModelStep { content, text: "t".into(), model: model.into(), outcome, ..ModelStep::default() })
}

fn done(id: &str, result: Value) -> ToolCall {
    ToolCall { id: id.into(), name: "add_task".into(), arguments: Map::new(), outcome: CallOutcome::Done { result } }
}

fn turn(message: &str, steps: Vec<Step>) -> Turn {
    Turn { message: message.into(), steps }
}

fn sent(history: &[Turn], now: &Turn, may_call: bool) -> Value {
    let schema = json!({"type": "object"});
    let tool = ToolDeclaration {
        name: "add_task".into(),
        description: "Adds.".into(),
        schema: to_raw_value(&schema).unwrap(),
        reads: false,
        destructive: false,
        repeatable: true,
    };
    let (system, summary, tools, live, deadline_ms) = ("Be brief.", None, &[tool], false, 0);
    let prompt = ModelPrompt { system, summary, history, turn: now, tools, may_call, live, deadline_ms };
    serde_json::from_slice(&request_body(&prompt, "m-1", EarlierTurns::Whole)).unwrap()
}

const CALL: &str =
    r#"{"role":"model","parts":[{"functionCall":{"id":"a","name":"add_task","args":{}},"thoughtSignature":"c2ln"}]}"#;

#[test]
fn a_first_message_is_sent_with_tools_limits_and_no_storage() {
    let expected = json!({
        "systemInstruction": {"parts": [{"text": "Be brief."}]},
        "contents": [{"role": "user", "parts": [{"text": "hi"}]}],
        "tools": [{"functionDeclarations": [
            {"name": "add_task", "description": "Adds.", "parametersJsonSchema": {"type": "object"}}]}],
        "toolConfig": {"functionCallingConfig": {"mode": "AUTO"}},
        "generationConfig": {"maxOutputTokens": 2048, "thinkingConfig": {"thinkingLevel": "LOW"}},
        "store": false,
    });
    assert_eq!(sent(&[], &turn("hi", vec![]), true), expected);
}

#[test]
fn the_last_round_forbids_calls_but_keeps_the_declarations() {
    let sent = sent(&[], &turn("hi", vec![]), false);
    assert_eq!(sent["toolConfig"]["functionCallingConfig"]["mode"], "NONE");
    assert_eq!(sent["tools"][0]["functionDeclarations"].as_array().unwrap().len(), 1);
}

#[test]
fn a_turn_without_a_response_is_closed_and_its_calls_get_results() {
    let two =
        r#"{"role":"model","parts":[{"functionCall":{"name":"add_task"}},{"functionCall":{"id":"b","name":"x"}}]}"#;
    let history = [
        turn("no response", vec![]),
        turn("interrupted", vec![model_step(two, "m-1", None), Step::Tools(vec![done("call_1_0", json!(1))])]),
        turn("dangling", vec![model_step(CALL, "m-1", None)]),
    ];
    let sent = sent(&history, &turn("now", vec![]), true);
    let contents = sent["contents"].as_array().unwrap();
    let roles: Vec<&str> = contents.iter().map(|content| content["role"].as_str().unwrap()).collect();
    let expected = "user model|user model user model|user model user model|user".replace('|', " ");
    assert_eq!(roles.join(" "), expected);
    assert_eq!(
        contents[4]["parts"],
        json!([
            {"functionResponse": {"name": "add_task", "response": {"output": 1}}},
            {"functionResponse": {"id": "b", "name": "x", "response": {"error": "interrupted"}}},
        ])
    );
    assert_eq!(contents[8]["parts"][0]["functionResponse"]["response"]["error"], "interrupted");
}

#[test]
fn signatures_of_another_model_are_left_out_of_earlier_turns_only() {
    let steps = |model: &str, outcome| vec![model_step(CALL, model, outcome), Step::Tools(vec![done("a", json!(1))])];
    let mut earlier = steps("m-0", None);
    earlier.push(model_step(r#"{"role":"model","parts":[{"text":"ok"}]}"#, "m-0", Some(TurnOutcome::Complete)));
    let sent = sent(&[turn("old", earlier)], &turn("now", steps("m-0", None)), true);
    assert!(sent["contents"][1]["parts"][0].get("thoughtSignature").is_none());
    assert_eq!(sent["contents"][5]["parts"][0]["thoughtSignature"], "c2ln");
}

#[test]
fn a_response_that_is_not_the_models_own_is_sent_as_text() {
    let step = ModelStep { text: "cut".into(), outcome: Some(TurnOutcome::Truncated), ..ModelStep::default() };
    let sent = sent(&[turn("old", vec![Step::Model(step)])], &turn("now", vec![]), true);
    assert_eq!(sent["contents"][1], json!({"role": "model", "parts": [{"text": "cut"}]}));
}

use serde_json::json;

use super::*;

#[test]
fn a_call_that_did_not_run_is_a_failed_call_in_json_and_is_recognized_when_read_back() {
    let outcome = CallOutcome::not_run("at most 8 calls in one step.");
    let call = ToolCall { id: "a".into(), name: "add_task".into(), arguments: Map::new(), outcome };
    let stored = json!({
        "id": "a", "name": "add_task", "arguments": {}, "status": "failed", "error": "Not run: at most 8 calls in one step.",
    });
    assert_eq!(serde_json::to_value(&call).unwrap(), stored);
    assert_eq!(serde_json::from_value::<ToolCall>(stored).unwrap(), call);
}

#[test]
fn a_failed_call_stays_a_failed_call_when_read_back() {
    let outcome = CallOutcome::Failed { error: "No task with id 9.".into() };
    let call = ToolCall { id: "a".into(), name: "complete_task".into(), arguments: Map::new(), outcome };
    assert_eq!(serde_json::from_value::<ToolCall>(serde_json::to_value(&call).unwrap()).unwrap(), call);
}

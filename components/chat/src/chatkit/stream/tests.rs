use assistant::TurnOutcome;
use serde_json::Map;

use super::*;

fn sent(write: impl FnOnce(&ThreadStream)) -> Vec<Value> {
    let events = RefCell::new(Vec::new());
    let send = |bytes: &[u8]| {
        let frame = String::from_utf8(bytes.to_vec()).unwrap();
        let data = frame.strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap();
        events.borrow_mut().push(serde_json::from_str(data).unwrap());
        ControlFlow::Continue(())
    };
    write(&ThreadStream { send: &send, now_ms: &|| 1_795_478_400_000, thread: 7, turn: 2, open: RefCell::default() });
    events.into_inner()
}

fn call(outcome: CallOutcome) -> ToolCall {
    ToolCall { id: "c".into(), name: "delete_task".into(), arguments: Map::new(), outcome }
}

fn ids(sent: &[Value]) -> Vec<String> {
    let id = |event: &Value| match event["type"].as_str().unwrap() {
        kind @ ("thread.item.added" | "thread.item.done") => {
            Some(format!("{} {}", &kind[12..], event["item"]["id"].as_str().unwrap()))
        }
        _ => None,
    };
    sent.iter().filter_map(id).collect()
}

#[test]
fn items_bear_the_ids_that_they_are_kept_under() {
    let waits = CallOutcome::ConfirmationRequired { action_id: "7-2-2-0".into(), summary: "delete #1".into() };
    let sent = sent(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::Text("let me "));
        let _ = stream.observe(TurnEvent::Text("see"));
        let _ = stream.observe(TurnEvent::CallStarted { id: "c", name: "delete_task", arguments: &Map::new() });
        let _ = stream.observe(TurnEvent::CallEnded(&call(waits)));
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::Text("Sure"));
        stream.finish(&TurnReply { text: "Sure?".into(), calls: Vec::new(), outcome: TurnOutcome::Complete });
    });
    let expected =
        ["added 7-2-1", "done 7-2-1", "added 7-2-2", "done 7-2-2", "done 7-2-2-0", "added 7-2-3", "done 7-2-3"];
    assert_eq!(ids(&sent), expected);
    assert_eq!(sent.last().unwrap()["item"]["content"][0]["text"], "Sure?");
    assert!(!sent.iter().any(|event| event["type"] == "client_effect"));
}

#[test]
fn words_that_follow_no_round_are_kept_as_its_own() {
    let sent = sent(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::CallStarted { id: "c", name: "delete_task", arguments: &Map::new() });
        let _ = stream.observe(TurnEvent::CallEnded(&call(CallOutcome::Done { result: Value::Null })));
        let _ = stream.observe(TurnEvent::Text("Deleted."));
        stream.finish(&TurnReply { text: "Deleted.".into(), calls: Vec::new(), outcome: TurnOutcome::Complete });
    });
    assert_eq!(ids(&sent), ["added 7-2-2", "done 7-2-2", "added 7-2-1", "done 7-2-1"]);
    assert!(sent.iter().any(|event| event["name"] == "tasks_changed"));
}

#[test]
fn a_limit_is_a_notice_and_any_other_failure_an_error() {
    let sent = sent(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::Text("half"));
        stream.fail(&ApiError::unavailable("Not available.", 5));
        stream.fail(&ApiError::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "Too many."));
    });
    assert_eq!(ids(&sent), ["added 7-2-1", "done 7-2-1"]);
    let [.., error, notice] = sent.as_slice() else { panic!() };
    assert_eq!((&error["type"], &error["message"]), (&json!("error"), &json!("Not available.")));
    assert_eq!((&notice["type"], &notice["level"]), (&json!("notice"), &json!("warning")));
}

#[test]
fn calls_that_run_at_once_end_as_what_they_are() {
    let called = |id: &str, name: &str| ToolCall {
        id: id.into(),
        name: name.into(),
        ..call(CallOutcome::Done { result: Value::Null })
    };
    let sent = sent(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::CallStarted { id: "a", name: "list_tasks", arguments: &Map::new() });
        let _ = stream.observe(TurnEvent::CallStarted { id: "b", name: "list_lists", arguments: &Map::new() });
        let _ = stream.observe(TurnEvent::CallEnded(&called("a", "list_tasks")));
        let _ = stream.observe(TurnEvent::CallEnded(&called("b", "list_lists")));
    });
    let updates = sent.iter().filter(|event| event["update"]["type"] == "workflow.task.updated");
    let indexes: Vec<&Value> = updates.map(|event| &event["update"]["task_index"]).collect();
    assert_eq!(indexes, [0, 1]);
}

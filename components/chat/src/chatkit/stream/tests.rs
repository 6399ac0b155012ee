use assistant::TurnOutcome;
use serde_json::Map;

use super::*;

fn told(write: impl FnOnce(&ThreadStream)) -> Vec<Value> {
    let sent = RefCell::new(Vec::new());
    let send = |bytes: &[u8]| {
        let frame = String::from_utf8(bytes.to_vec()).unwrap();
        let data = frame.strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap();
        sent.borrow_mut().push(serde_json::from_str(data).unwrap());
        ControlFlow::Continue(())
    };
    write(&ThreadStream { send: &send, now_ms: &|| 1_795_478_400_000, thread: 7, turn: 2, open: RefCell::default() });
    sent.into_inner()
}

fn call(outcome: CallOutcome) -> ToolCall {
    ToolCall { id: "c".into(), name: "delete_task".into(), arguments: Map::new(), outcome }
}

fn ids(told: &[Value]) -> Vec<String> {
    let id = |event: &Value| match event["type"].as_str().unwrap() {
        kind @ ("thread.item.added" | "thread.item.done") => {
            Some(format!("{} {}", &kind[12..], event["item"]["id"].as_str().unwrap()))
        }
        _ => None,
    };
    told.iter().filter_map(id).collect()
}

#[test]
fn items_bear_the_ids_that_they_are_kept_under() {
    let waits = CallOutcome::ConfirmationRequired { action_id: "7-2-2-0".into(), summary: "delete #1".into() };
    let told = told(|stream| {
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
    assert_eq!(ids(&told), expected);
    assert_eq!(told.last().unwrap()["item"]["content"][0]["text"], "Sure?");
    assert!(!told.iter().any(|event| event["type"] == "client_effect"));
}

#[test]
fn words_that_follow_no_round_are_kept_as_its_own() {
    let told = told(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::CallStarted { id: "c", name: "delete_task", arguments: &Map::new() });
        let _ = stream.observe(TurnEvent::CallEnded(&call(CallOutcome::Done { result: Value::Null })));
        let _ = stream.observe(TurnEvent::Text("Deleted."));
        stream.finish(&TurnReply { text: "Deleted.".into(), calls: Vec::new(), outcome: TurnOutcome::Complete });
    });
    assert_eq!(ids(&told), ["added 7-2-2", "done 7-2-2", "added 7-2-1", "done 7-2-1"]);
    assert!(told.iter().any(|event| event["name"] == "tasks_changed"));
}

#[test]
fn a_limit_is_a_notice_and_any_other_failure_an_error() {
    let told = told(|stream| {
        let _ = stream.observe(TurnEvent::RoundStarted);
        let _ = stream.observe(TurnEvent::Text("half"));
        stream.fail(&ApiError::unavailable("Not available.", 5));
        stream.fail(&ApiError::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "Too many."));
    });
    assert_eq!(ids(&told), ["added 7-2-1", "done 7-2-1"]);
    let [.., error, notice] = told.as_slice() else { panic!() };
    assert_eq!((&error["type"], &error["message"]), (&json!("error"), &json!("Not available.")));
    assert_eq!((&notice["type"], &notice["level"]), (&json!("notice"), &json!("warning")));
}

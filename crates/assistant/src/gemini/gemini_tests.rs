use http::StatusCode;

use super::*;
use crate::rounds::{TurnError, TurnReply};
use crate::testing::{Scripted, World, fails, finished, says};
use crate::turn::{ModelStep, Step, TurnOutcome};

fn quota(delay: &str) -> Scripted {
    let details = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}]);
    let error = json!({"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "quota", "details": details});
    Scripted::Http(429, json!({ "error": error }).to_string())
}

fn settings() -> GeminiSettings {
    GeminiSettings {
        url: "http://gemini.test".into(),
        version: "v1".into(),
        key: "k".into(),
        model: "m".into(),
        fallback: String::new(),
    }
}

fn reason(result: Result<TurnReply, TurnError<()>>) -> ModelError {
    match result {
        Err(TurnError::Model(error)) => error,
        other => panic!("expected a model error, got {other:?}"),
    }
}

#[test]
fn a_short_quota_wait_is_waited_once() {
    let world = World::default().gemini_says(vec![quota("1s"), says("ok")]);
    assert_eq!(world.chat(&[], "hi").unwrap().text, "ok");
    let slept = world.slept.borrow()[0];
    assert!((1000..1500).contains(&slept.as_millis()), "{slept:?}");

    let world = World::default().gemini_says(vec![quota("1s"), quota("1s")]);
    let expected = ModelError::Unavailable { retry_after: 2, reason: "429 RESOURCE_EXHAUSTED".into() };
    assert_eq!(reason(world.chat(&[], "hi")), expected);
}

#[test]
fn a_long_quota_wait_is_passed_on() {
    let world = World::default().gemini_says(vec![quota("44s")]);
    assert!(matches!(reason(world.chat(&[], "hi")), ModelError::Unavailable { retry_after: 45, .. }));
    assert!(world.slept.borrow().is_empty());
}

#[test]
fn overload_and_cut_connections_are_retried_twice() {
    let truncated = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"hal"#.to_owned();
    let unfinished = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"half"}]}}]}"#.to_owned();
    for first in [
        fails(500, ""),
        fails(503, "overloaded"),
        fails(504, ""),
        Scripted::Cut,
        Scripted::Http(200, truncated),
        Scripted::Http(200, unfinished),
        Scripted::Http(200, String::new()),
    ] {
        let world = World::default().gemini_says(vec![first, says("ok")]);
        assert_eq!(world.chat(&[], "hi").unwrap().text, "ok");
    }
    let world = World::default().gemini_says(vec![Scripted::Cut, Scripted::Cut, Scripted::Cut]);
    assert!(matches!(reason(world.chat(&[], "hi")), ModelError::Unavailable { .. }));
}

#[test]
fn our_own_faults_are_not_retried() {
    for status in [400, 401, 402, 403] {
        let world = World::default().gemini_says(vec![fails(status, "key")]);
        assert!(matches!(reason(world.chat(&[], "hi")), ModelError::Misconfigured { .. }), "{status}");
    }
}

#[test]
fn a_model_that_is_gone_is_replaced_by_the_fallback() {
    let world = World::default().gemini_says(vec![fails(404, "not found"), says("ok")]);
    world.chat(&[], "hi").unwrap();
    let paths: Vec<String> = world.asked.borrow().iter().map(|(path, _)| path.clone()).collect();
    assert_eq!(paths, ["/v1/models/m-1:streamGenerateContent", "/v1/models/m-2:streamGenerateContent"]);
    let kept = world.kept.borrow();
    let Step::Model(step) = &kept[0] else { panic!("an answer is kept") };
    assert_eq!((step.model.as_str(), step.model_version.as_deref()), ("m-2", Some("m-1-001")));

    let world = World::default().gemini_says(vec![fails(404, ""), fails(404, "")]);
    assert!(matches!(reason(world.chat(&[], "hi")), ModelError::Misconfigured { .. }));
}

#[test]
fn unusable_answers_are_asked_for_once_more() {
    let malformed = || finished("[]", "MALFORMED_FUNCTION_CALL");
    let world = World::default().gemini_says(vec![malformed(), says("ok")]);
    assert_eq!(world.chat(&[], "hi").unwrap().text, "ok");
    assert_eq!(world.asked.borrow()[0], world.asked.borrow()[1]);
    let world = World::default().gemini_says(vec![malformed(), malformed()]);
    assert_eq!(reason(world.chat(&[], "hi")), ModelError::Unusable { reason: "MALFORMED_FUNCTION_CALL".into() });
}

#[test]
fn a_malformed_call_is_never_executed() {
    let call = r#"[{"functionCall":{"name":"delete_task","args":{"task_id":1}}}]"#;
    let world = World::with_tasks(&["a"]).gemini_says(vec![finished(call, "UNEXPECTED_TOOL_CALL"), says("ok")]);
    world.chat(&[], "delete task 1").unwrap();
    let world_of_max = World::with_tasks(&["a"]).gemini_says(vec![finished(call, "MAX_TOKENS")]);
    let reply = world_of_max.chat(&[], "delete task 1").unwrap();
    assert_eq!(reply.text, "(The answer was cut off here.)");
    assert!(world.called.borrow().is_empty() && world_of_max.called.borrow().is_empty());
}

#[test]
fn a_blocked_prompt_is_declined_politely_and_flagged() {
    let body = r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":5}}"#;
    for scripted in [Scripted::Http(200, body.into()), finished(r#"[{"text":"half an ans"}]"#, "SAFETY")] {
        let world = World::default().gemini_says(vec![scripted]);
        assert!(world.chat(&[], "bad").unwrap().text.starts_with("I cannot help with that."));
        let kept = world.kept.borrow();
        let Step::Model(step) = &kept[0] else { panic!("an answer is kept") };
        assert_eq!(step.outcome, Some(TurnOutcome::Refused));
        assert!(step.content.is_none());
    }
}

#[test]
fn signatures_of_earlier_turns_that_do_not_fit_any_more_are_dropped() {
    let content = r#"{"role":"model","parts":[{"text":"ok","thoughtSignature":"c2ln"}]}"#;
    let step = ModelStep {
        content: serde_json::value::RawValue::from_string(content.into()).ok(),
        model: "m-1".into(),
        outcome: Some(TurnOutcome::Complete),
        ..ModelStep::default()
    };
    let history = [Turn { message: "hi".into(), steps: vec![Step::Model(step)] }];
    let world = World::default().gemini_says(vec![fails(400, "Corrupted thought signature."), says("ok")]);
    world.chat(&history, "again").unwrap();
    let asked = world.asked.borrow();
    assert!(asked[0].1.contains(content));
    assert!(!asked[1].1.contains("thoughtSignature"));
}

#[test]
fn no_call_is_started_that_could_not_be_answered_in_time() {
    // A model that hangs until its time is over, twice, and a third wish to retry.
    let world = World::default().gemini_says(vec![Scripted::Cut]);
    let settings = settings();
    let turn = Turn { message: "hi".into(), steps: Vec::new() };
    let slept = Cell::new(0);
    let stream = |_: http::Request<Vec<u8>>, patience: StreamTimeouts, _: &mut crate::env::ChunkHandler<'_>| {
        world.clock.set(world.clock.get() + u64::try_from(patience.whole.as_millis()).unwrap());
        Err(TransportError::Failed("timed out".into()))
    };
    let env = TurnEnv {
        fetch: &|_, _| unreachable!("the model is streamed"),
        stream: &stream,
        recall: &|_| None,
        remember: &|_, _| (),
        now_ms: &|| world.clock.get(),
        sleep: &|_| slept.set(slept.get() + 1),
        log: &|_| (),
    };
    let (tools, may_call, live, deadline_ms) = (&[], false, false, 41_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    assert!(matches!(GeminiModel::new(&settings, env).answer(&prompt, &|_| ()), Err(ModelError::Unavailable { .. })));
    assert_eq!((world.clock.get(), slept.get()), (40_000, 0));
}

#[test]
fn an_answer_that_never_told_its_cost_is_paid_by_its_size() {
    let settings = settings();
    let turn = Turn { message: "x".repeat(400), steps: Vec::new() };
    let (tools, may_call, live, deadline_ms) = (&[], false, true, 90_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    let half = br#"data: {"candidates":[{"content":{"parts":[{"text":"Your tasks are"}]}}]}"#;
    let used = |status: u16, said: &[u8], ended: Result<StatusCode, TransportError>| {
        let stream = |_: http::Request<Vec<u8>>, _: StreamTimeouts, take: &mut crate::env::ChunkHandler<'_>| {
            let _taken = take(StatusCode::from_u16(status).unwrap(), said);
            ended.clone()
        };
        let env = TurnEnv {
            fetch: &|_, _| unreachable!("the model is streamed"),
            stream: &stream,
            recall: &|_| None,
            remember: &|_, _| (),
            now_ms: &|| 0,
            sleep: &|_| (),
            log: &|_| (),
        };
        let gemini = GeminiModel::new(&settings, env);
        let _answer = gemini.answer(&prompt, &|_| ());
        gemini.take_usage()
    };
    let stopped = used(200, b"", Err(TransportError::Stopped));
    assert!((100..300).contains(&stopped.prompt) && stopped.answer == 0, "{stopped:?}");
    assert_eq!(used(200, half, Err(TransportError::Failed("reset".into()))).answer, 4);
    assert_eq!(used(403, b"{}", Ok(StatusCode::FORBIDDEN)), TokenUsage::default());
    assert_eq!(used(200, b"", Err(TransportError::Unreachable("refused".into()))), TokenUsage::default());
}

#[test]
fn what_a_person_has_heard_is_not_said_again() {
    let half = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Your tasks are"}]}}]}"#;
    let world = World::default().gemini_says(vec![Scripted::Http(200, half.into())]);
    world.live.set(true);
    let reply = world.chat(&[], "hi").unwrap();
    assert_eq!(
        (reply.text.as_str(), reply.outcome),
        ("Your tasks are\n\n(The answer was cut off here.)", TurnOutcome::Truncated)
    );
    assert_eq!(*world.seen.borrow(), ["round", "text Your tasks are", "text \n\n(The answer was cut off here.)"]);
}

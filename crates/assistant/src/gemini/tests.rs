mod service;

use std::cell::Cell;
use std::ops::ControlFlow;

use futures::executor::block_on;
use http::StatusCode;
use serde_json::json;

use super::*;
use crate::agent::{TurnError, TurnReply};
use crate::env::{ChunkHandler, StreamTimeouts, TransportError, TurnEnv};
use crate::model::{ChatModel, FinishReason, ModelError, ModelPrompt, TokenUsage};
use crate::testing::{ScriptedResponse, TestHost, TestNetwork, fails, finished, says};
use crate::turn::{ModelStep, Step, Turn, TurnOutcome};

fn quota(delay: &str) -> ScriptedResponse {
    let details = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}]);
    let error = json!({"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "quota", "details": details});
    ScriptedResponse::Http(429, json!({ "error": error }).to_string())
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
fn a_short_pause_for_a_quota_is_made_once() {
    let host = TestHost::default().gemini_says(vec![quota("1s"), says("ok")]);
    assert_eq!(host.chat(&[], "hi").unwrap().text, "ok");
    let slept = host.slept.borrow()[0];
    assert!((1000..1500).contains(&slept.as_millis()), "{slept:?}");

    let host = TestHost::default().gemini_says(vec![quota("1s"), quota("1s"), quota("1s")]);
    let expected = ModelError::Unavailable { retry_after: 2, reason: "429 RESOURCE_EXHAUSTED".into() };
    assert_eq!(reason(host.chat(&[], "hi")), expected);
}

#[test]
fn a_long_pause_for_a_quota_is_passed_on_to_the_client() {
    let host = TestHost::default().gemini_says(vec![quota("44s"), quota("44s")]);
    assert!(matches!(reason(host.chat(&[], "hi")), ModelError::Unavailable { retry_after: 45, .. }));
    assert!(host.slept.borrow().is_empty());
}

#[test]
fn overload_and_cut_connections_are_retried_twice() {
    let truncated = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"hal"#.to_owned();
    let unfinished = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"half"}]}}]}"#.to_owned();
    for first in [
        fails(500, ""),
        fails(503, "overloaded"),
        fails(504, ""),
        ScriptedResponse::Cut,
        ScriptedResponse::Http(200, truncated),
        ScriptedResponse::Http(200, unfinished),
        ScriptedResponse::Http(200, String::new()),
    ] {
        let host = TestHost::default().gemini_says(vec![first, says("ok")]);
        assert_eq!(host.chat(&[], "hi").unwrap().text, "ok");
    }
    let host =
        TestHost::default().gemini_says(vec![ScriptedResponse::Cut, ScriptedResponse::Cut, ScriptedResponse::Cut]);
    assert!(matches!(reason(host.chat(&[], "hi")), ModelError::Unavailable { .. }));
}

#[test]
fn our_own_faults_are_not_retried() {
    for status in [400, 401, 402, 403] {
        let host = TestHost::default().gemini_says(vec![fails(status, "key")]);
        assert!(matches!(reason(host.chat(&[], "hi")), ModelError::Misconfigured { .. }), "{status}");
    }
}

#[test]
fn a_model_that_is_gone_is_replaced_by_the_fallback() {
    let host = TestHost::default().gemini_says(vec![fails(404, "not found"), says("ok")]);
    host.chat(&[], "hi").unwrap();
    let paths: Vec<String> = host.requests.borrow().iter().map(|(path, _)| path.clone()).collect();
    assert_eq!(paths, ["/v1/models/m-1:streamGenerateContent", "/v1/models/m-2:streamGenerateContent"]);
    let stored = host.stored.borrow();
    let Step::Model(step) = &stored[0] else { panic!("a response is stored") };
    assert_eq!((step.model.as_str(), step.model_version.as_deref()), ("m-2", Some("m-1-001")));

    let host = TestHost::default().gemini_says(vec![fails(404, ""), fails(404, "")]);
    assert!(matches!(reason(host.chat(&[], "hi")), ModelError::Misconfigured { .. }));
}

#[test]
fn an_overloaded_or_exhausted_model_is_replaced_once_in_a_turn() {
    let overloaded = || fails(503, "The model is overloaded. Please try again later.");
    let host = TestHost::default().gemini_says(vec![overloaded(), overloaded(), overloaded(), says("hi")]);
    assert_eq!(host.chat(&[], "hi").unwrap().text, "hi");
    let host = TestHost::default().gemini_says(vec![quota("44s"), says("hi")]);
    assert_eq!(host.chat(&[], "hi").unwrap().text, "hi");
    let host = TestHost::default().gemini_says((0..4).map(|_| overloaded()).collect());
    assert!(matches!(reason(host.chat(&[], "hi")), ModelError::Unavailable { .. }));
}

#[test]
fn an_unusable_response_is_requested_once_more() {
    let malformed = || finished("[]", "MALFORMED_FUNCTION_CALL");
    let host = TestHost::default().gemini_says(vec![malformed(), says("ok")]);
    assert_eq!(host.chat(&[], "hi").unwrap().text, "ok");
    assert_eq!(host.requests.borrow()[0], host.requests.borrow()[1]);
    let host = TestHost::default().gemini_says(vec![malformed(), malformed()]);
    assert_eq!(reason(host.chat(&[], "hi")), ModelError::Unusable { reason: "MALFORMED_FUNCTION_CALL".into() });
}

#[test]
fn a_malformed_call_is_never_executed() {
    let call = r#"[{"functionCall":{"name":"delete_task","args":{"task_id":1}}}]"#;
    let host = TestHost::with_tasks(&["a"]).gemini_says(vec![finished(call, "UNEXPECTED_TOOL_CALL"), says("ok")]);
    host.chat(&[], "delete task 1").unwrap();
    let truncated = TestHost::with_tasks(&["a"]).gemini_says(vec![finished(call, "MAX_TOKENS")]);
    let reply = truncated.chat(&[], "delete task 1").unwrap();
    assert_eq!(reply.text, "(The answer was cut off here.) What it was about to do was not done.");
    assert!(host.called.borrow().is_empty() && truncated.called.borrow().is_empty());
}

#[test]
fn a_blocked_prompt_is_declined_politely_and_flagged() {
    let body = r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":5}}"#;
    for scripted in [ScriptedResponse::Http(200, body.into()), finished(r#"[{"text":"half an ans"}]"#, "SAFETY")] {
        let host = TestHost::default().gemini_says(vec![scripted]);
        assert!(host.chat(&[], "bad").unwrap().text.starts_with("I cannot help with that."));
        let stored = host.stored.borrow();
        let Step::Model(step) = &stored[0] else { panic!("a response is stored") };
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
    let host = TestHost::default().gemini_says(vec![fails(400, "Corrupted thought signature."), says("ok")]);
    host.chat(&history, "again").unwrap();
    let requests = host.requests.borrow();
    assert!(requests[0].1.contains(content));
    assert!(!requests[1].1.contains("thoughtSignature"));
}

#[test]
fn no_attempt_is_made_that_would_end_after_the_deadline() {
    // The model hangs until its time is over.
    let host = TestHost::default().gemini_says(vec![ScriptedResponse::Cut]);
    let settings = settings();
    let turn = Turn { message: "hi".into(), steps: Vec::new() };
    let slept = Cell::new(0);
    let stream = |_: http::Request<Vec<u8>>, timeouts: StreamTimeouts, _: &mut ChunkHandler<'_>| {
        host.clock.set(host.clock.get() + u64::try_from(timeouts.whole.as_millis()).unwrap());
        Err(TransportError::Failed("timed out".into()))
    };
    let wait = |_| slept.set(slept.get() + 1);
    let network = TestNetwork { stream: &stream, wait: &wait, ..TestNetwork::SILENT };
    let env = TurnEnv { now_ms: &|| host.clock.get(), ..network.env() };
    let (tools, may_call, live, deadline_ms) = (&[], false, false, 41_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    assert!(matches!(
        block_on(GeminiModel::new(&settings, env).respond(&prompt, &|_| ControlFlow::Continue(()))),
        Err(ModelError::Unavailable { .. })
    ));
    assert_eq!((host.clock.get(), slept.get()), (40_000, 0));
}

#[test]
fn a_response_that_reports_no_usage_is_charged_by_its_size() {
    let settings = settings();
    let turn = Turn { message: "x".repeat(400), steps: Vec::new() };
    let (tools, may_call, live, deadline_ms) = (&[], false, true, 90_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    let half = br#"data: {"candidates":[{"content":{"parts":[{"text":"Your tasks are"}]}}]}"#;
    let used = |status: u16, chunk: &[u8], end: Result<StatusCode, TransportError>| {
        let stream = |_: http::Request<Vec<u8>>, _: StreamTimeouts, on_chunk: &mut ChunkHandler<'_>| {
            let _gone = on_chunk(StatusCode::from_u16(status).unwrap(), chunk);
            end.clone()
        };
        let network = TestNetwork { stream: &stream, ..TestNetwork::SILENT };
        let gemini = GeminiModel::new(&settings, network.env());
        let _response = block_on(gemini.respond(&prompt, &|_| ControlFlow::Continue(())));
        gemini.take_usage().0
    };
    let stopped = used(200, b"", Err(TransportError::Stopped));
    assert!((100..300).contains(&stopped.prompt) && stopped.output == 0, "{stopped:?}");
    assert_eq!(used(200, half, Err(TransportError::Failed("reset".into()))).output, 4);
    assert_eq!(used(403, b"{}", Ok(StatusCode::FORBIDDEN)), TokenUsage::default());
    assert_eq!(used(200, b"", Err(TransportError::Unreachable("refused".into()))), TokenUsage::default());
}

#[test]
fn text_that_was_streamed_is_not_streamed_again() {
    let half = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Your tasks are"}]}}]}"#;
    let host = TestHost::default().gemini_says(vec![ScriptedResponse::Http(200, half.into())]);
    host.live.set(true);
    let reply = host.chat(&[], "hi").unwrap();
    assert_eq!(
        (reply.text.as_str(), reply.outcome),
        ("Your tasks are\n\n(The answer was cut off here.)", TurnOutcome::Truncated)
    );
    assert_eq!(*host.events.borrow(), ["round", "text Your tasks are", "text \n\n(The answer was cut off here.)"]);
}

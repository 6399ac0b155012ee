//! What the service, or a gateway before it, does not do as documented.

use super::*;

#[test]
fn a_conversation_whose_signatures_are_refused_goes_on() {
    let content =
        r#"{"role":"model","parts":[{"functionCall":{"name":"list_tasks","args":{}},"thoughtSignature":"EqMB"}]}"#;
    let step = |text: &str, content: Option<&str>, outcome| {
        let content = content.and_then(|content| serde_json::value::RawValue::from_string(content.into()).ok());
        Step::Model(ModelStep { content, text: text.into(), model: "m-1".into(), outcome, ..ModelStep::default() })
    };
    let steps =
        vec![step("", Some(content), None), Step::Tools(Vec::new()), step("Milk.", None, Some(TurnOutcome::Complete))];
    let history = [Turn { message: "list".into(), steps }];
    let invalid = || fails(400, "Unable to submit request because Thought signature is not valid.");
    let missing = || fails(400, "Function call is missing a thought_signature in functionCall parts.");
    for refusals in [vec![invalid()], vec![missing()], vec![invalid(), missing()]] {
        let host = TestHost::default().gemini_says(refusals.into_iter().chain([says("fine")]).collect());
        assert_eq!(host.chat(&history, "and now?").unwrap().text, "fine");
        let last = host.requests.borrow().last().unwrap().1.clone();
        assert!(!last.contains("EqMB") && last.contains("Milk."), "{last}");
    }
    let host = TestHost::default().gemini_says(vec![invalid(), invalid(), invalid()]);
    assert!(matches!(reason(host.chat(&history, "and now?")), ModelError::Rejected { .. }));
}

#[test]
fn small_differences_of_a_gateway_are_no_failure() {
    let chunk = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"hi"}]},"finishReason":"STOP"}]}"#;
    let settings = settings();
    let turn = Turn { message: "x".into(), steps: Vec::new() };
    let (tools, may_call, live, deadline_ms) = (&[], false, true, 90_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    for body in [
        format!("data: {chunk}\n\ndata: [DONE]\n\n"),
        format!("\u{FEFF}data: {chunk}\n\n"),
        format!("[{chunk}]"),
        format!("[\n{chunk}\n,\r\n{chunk}\n]").replacen("\"STOP\"", "null", 1).replacen("hi", "", 1),
        chunk.to_owned(),
    ] {
        let stream = |_: http::Request<Vec<u8>>, _: StreamTimeouts, on_chunk: &mut ChunkHandler<'_>| {
            let _gone = on_chunk(StatusCode::OK, body.as_bytes());
            Ok(StatusCode::OK)
        };
        let wait = |_| panic!("tried again: {body}");
        let network = TestNetwork { stream: &stream, wait: &wait, ..TestNetwork::SILENT };
        let gemini = GeminiModel::new(&settings, network.env());
        let response = block_on(gemini.respond(&prompt, &|_| ControlFlow::Continue(()))).unwrap();
        assert_eq!((response.text.as_str(), response.finish), ("hi", FinishReason::Complete), "{body}");
    }
}

#[test]
fn a_client_that_goes_ends_the_call_of_the_model_and_what_was_heard_is_kept() {
    let half = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Your tasks"}]}}]}"#;
    let host = TestHost::default().gemini_says(vec![ScriptedResponse::Http(200, half.into())]);
    host.live.set(true);
    host.leaves_after.set(Some(1)); // at the first text
    let reply = host.chat(&[], "hi").unwrap();
    assert_eq!((reply.text.as_str(), reply.outcome), ("Your tasks\n\nStopped.", TurnOutcome::Partial));
}

#[test]
fn an_answered_turn_is_no_fault_and_the_fallback_has_its_own_account() {
    let settings = GeminiSettings { fallback: "m-2".into(), ..settings() };
    let turn = Turn { message: "x".into(), steps: Vec::new() };
    let (tools, may_call, live, deadline_ms) = (&[], false, false, 90_000);
    let prompt =
        ModelPrompt { system: "", summary: None, history: &[], turn: &turn, tools, may_call, live, deadline_ms };
    let stream = |request: http::Request<Vec<u8>>, _: StreamTimeouts, on_chunk: &mut ChunkHandler<'_>| {
        if request.uri().path().contains("m:") {
            let _gone = on_chunk(StatusCode::NOT_FOUND, b"{}");
            return Ok(StatusCode::NOT_FOUND);
        }
        let body = br#"data: {"candidates":[{"content":{"parts":[{"text":"hi"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":20}}"#;
        let _gone = on_chunk(StatusCode::OK, body);
        Ok(StatusCode::OK)
    };
    let network = TestNetwork { stream: &stream, ..TestNetwork::SILENT };
    let gemini = GeminiModel::new(&settings, network.env());
    assert_eq!(block_on(gemini.respond(&prompt, &|_| ControlFlow::Continue(()))).unwrap().text, "hi");
    assert_eq!(gemini.take_faults(), 0);
    let (model, fallback) = gemini.take_usage();
    assert_eq!((model, fallback.prompt, fallback.output), (TokenUsage::default(), 100, 20));
}

#[test]
fn a_summary_without_words_is_a_failed_summary() {
    let settings = settings();
    for parts in [
        "[]",
        r#"[{"text":"hm","thought":true}]"#,
        r#"[{"functionCall":{"name":"list_tasks"}}]"#,
        r#"[{"text":"\u200b\u3164"}]"#,
    ] {
        for reason in ["STOP", "MAX_TOKENS"] {
            let body =
                format!(r#"data: {{"candidates":[{{"content":{{"parts":{parts}}},"finishReason":"{reason}"}}]}}"#);
            let stream = |_: http::Request<Vec<u8>>, _: StreamTimeouts, on_chunk: &mut ChunkHandler<'_>| {
                let _gone = on_chunk(StatusCode::OK, body.as_bytes());
                Ok(StatusCode::OK)
            };
            let network = TestNetwork { stream: &stream, ..TestNetwork::SILENT };
            let summary = block_on(GeminiModel::new(&settings, network.env()).summarize(None, &[]));
            assert!(matches!(summary, Err(ModelError::Unusable { .. })), "{parts} {reason}: {summary:?}");
        }
    }
}

#[test]
fn what_was_heard_is_what_is_kept() {
    let part = |parts: &str, end: &str| {
        ScriptedResponse::Http(200, format!(r#"{{"candidates":[{{"content":{{"parts":{parts}}}{end}}}]}}"#))
    };
    let refused = part(r#"[{"text":"Here is how "}]"#, r#","finishReason":"SAFETY""#);
    let broken = part(r#"[{"text":"Adding… "},{"functionCall":{"name":"add_task","args":{"title":"milk"}}}]"#, "");
    for (response, text) in [
        (refused, "Here is how\n\nI cannot help with that. I can keep your task list."),
        (broken, "Adding…\n\n(The answer was cut off here.) What it was about to do was not done."),
    ] {
        let host = TestHost::default().gemini_says(vec![response]);
        host.live.set(true);
        let reply = host.chat(&[], "hi").unwrap();
        assert_eq!(reply.text, text);
        let heard: String = host.events.borrow().iter().filter_map(|event| event.strip_prefix("text ")).collect();
        assert_eq!(heard.replace("how \n", "how\n").replace("… \n", "…\n"), text);
        assert!(host.called.borrow().is_empty());
    }
}

#[test]
fn after_a_failure_the_answer_says_what_was_not_done() {
    let complete = r#"[{"functionCall":{"name":"complete_task","args":{"task_id":99}}}]"#;
    let host = TestHost::default().gemini_says(vec![crate::testing::parts(complete), fails(403, "x")]);
    let text = host.chat(&[], "complete task 99").unwrap().text;
    assert!(text.contains("Nothing was changed") && text.contains("No task with id 99"), "{text}");
}

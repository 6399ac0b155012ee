use super::*;

/// Reads the events of a stream, each the JSON of one chunk. Returns also the streamed text.
fn attempt(events: &[&str], model: &str) -> (AttemptResult, String) {
    let mut reader = ResponseReader::default();
    let mut streamed = String::new();
    for event in events {
        reader.push(200, format!("data: {}\r\n\r\n", event.replace('\n', " ")).as_bytes(), &mut |text| {
            streamed.push_str(text)
        });
    }
    (reader.finish(Ok(200), model, &mut |_| ()), streamed)
}

fn read(events: &[&str], model: &str) -> (Result<(ModelResponse, Value), GeminiError>, String) {
    let (attempt, streamed) = attempt(events, model);
    (attempt.result, streamed)
}

fn read_body(body: &str) -> Result<ModelResponse, GeminiError> {
    read(&[body], "m").0.map(|(response, _)| response)
}

fn candidate(content: &str, reason: &str) -> Result<ModelResponse, GeminiError> {
    read_body(&format!(r#"{{"candidates":[{{{content}"finishReason":"{reason}","index":0}}],"usageMetadata":{{}}}}"#))
}

#[test]
fn a_call_with_its_signature_is_read_and_echoed_byte_for_byte() {
    let content = r#"{"role":"model","parts":[{"functionCall":{"id":"g98os1Jf","name":"add_task","args":{"title":"buy milk"}},"thoughtSignature":"EpYCCpMCARFNMg/SsdjZFu2i=="}]}"#;
    let body = format!(
        r#"{{"candidates":[{{"content":{content},"finishReason":"STOP","finishMessage":"Model generated function call(s).","index":0}}],
        "usageMetadata":{{"promptTokenCount":168,"candidatesTokenCount":17,"thoughtsTokenCount":72,"totalTokenCount":257,
        "promptTokensDetails":[{{"modality":"TEXT","tokenCount":168}}],"serviceTier":"standard"}},
        "modelVersion":"gemini-3.6-flash","responseId":"LxZyaorZKoLtz7IP5r7HQQ"}}"#
    );
    let (attempt, _) = attempt(&[&body], "gemini-x");
    let (response, _) = attempt.result.unwrap();
    let part = content.split_once("\"parts\":").unwrap().1.trim_end_matches('}');
    assert!(response.content.get().contains(part), "{}", response.content);
    let arguments = json!({"title": "buy milk"}).as_object().unwrap().clone();
    let call = ToolRequest { id: Some("g98os1Jf".into()), name: "add_task".into(), arguments };
    assert_eq!((response.calls, response.text, response.finish), (vec![call], String::new(), FinishReason::Complete));
    assert_eq!((response.model.as_str(), response.model_version.as_deref()), ("gemini-x", Some("gemini-3.6-flash")));
    assert_eq!(attempt.usage, TokenUsage { prompt: 168, cached: 0, output: 17, thought: 72 });
}

#[test]
fn text_leaves_out_thoughts_and_control_characters() {
    let parts = r#""content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":" Hel\u0000lo\n"},{"text":"you","thoughtSignature":"x"},{"other":{}}]},"#;
    let response = candidate(parts, "STOP").unwrap();
    assert_eq!(response.text, "Hello\nyou");
}

#[test]
fn missing_arguments_mean_none_and_other_shapes_are_malformed() {
    let with = |call: &str| {
        candidate(&format!(r#""content":{{"role":"model","parts":[{{"functionCall":{call}}}]}},"#), "STOP")
    };
    assert_eq!(with(r#"{"name":"list_tasks"}"#).unwrap().calls[0].arguments.len(), 0);
    assert_eq!(with(r#"{"name":"list_tasks","id":"","args":null}"#).unwrap().calls[0].id, None);
    for malformed in [r#"{"name":"x","args":"{}"}"#, r#"{"args":{}}"#, r#"{"name":""}"#, "5"] {
        assert_eq!(with(malformed).unwrap_err(), GeminiError::unusable("malformed call", true), "{malformed}");
    }
}

#[test]
fn each_finish_reason_has_its_consequence() {
    let text = r#""content":{"role":"model","parts":[{"text":"half"}]},"#;
    for (reason, expected) in [
        ("STOP", Ok(FinishReason::Complete)),
        ("MAX_TOKENS", Ok(FinishReason::Truncated)),
        ("CONTINUATION", Ok(FinishReason::Truncated)),
        ("SAFETY", Ok(FinishReason::Refused)),
        ("PROHIBITED_CONTENT", Ok(FinishReason::Refused)),
        ("PUP_LIMITED_DISABLED", Ok(FinishReason::Refused)),
        ("MALFORMED_FUNCTION_CALL", Err(true)),
        ("MALFORMED_RESPONSE", Err(true)),
        ("UNEXPECTED_TOOL_CALL", Err(true)),
        ("OTHER", Err(true)),
        ("NO_IMAGE", Err(true)),
        ("SOMETHING_NEW", Err(true)),
        ("TOO_MANY_TOOL_CALLS", Err(false)),
        ("MISSING_THOUGHT_SIGNATURE", Err(false)),
    ] {
        let expected = expected.map_err(|again| GeminiError::unusable(reason, again));
        assert_eq!(candidate(text, reason).map(|response| response.finish), expected, "{reason}");
    }
}

#[test]
fn contents_without_parts_are_taken_for_what_they_are() {
    for content in ["", r#""content":{},"#, r#""content":{"role":"model"},"#, r#""content":null,"#] {
        assert_eq!(candidate(content, "MAX_TOKENS").unwrap().finish, FinishReason::Truncated, "{content}");
        assert_eq!(candidate(content, "STOP").unwrap_err(), GeminiError::unusable("empty answer", true), "{content}");
    }
}

#[test]
fn a_content_without_a_role_becomes_the_models() {
    let response = candidate(r#""content":{"parts":[{"text":"a"}]},"#, "STOP").unwrap();
    let content: Value = serde_json::from_str(response.content.get()).unwrap();
    assert_eq!(content, json!({"role": "model", "parts": [{"text": "a"}]}));
}

#[test]
fn a_blocked_prompt_is_refused_and_an_empty_response_is_not() {
    let blocked = r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":1}}"#;
    assert_eq!(read_body(blocked).unwrap().finish, FinishReason::Refused);
    for empty in ["{}", r#"{"candidates":[]}"#, r#"{"usageMetadata":{}}"#] {
        assert_eq!(read_body(empty).unwrap_err(), GeminiError::unusable("no candidate", true), "{empty}");
    }
}

#[test]
fn what_is_cut_or_an_error_in_disguise_is_a_failure() {
    assert_eq!(read_body(r#"{"candidates":[{"con"#).unwrap_err(), GeminiError::transport("response is not whole JSON"));
    let unfinished = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"a"}]}}]}"#;
    assert_eq!(read_body(unfinished).unwrap_err(), GeminiError::transport("no finish reason"));
    let error = r#"{"error":{"code":503,"status":"UNAVAILABLE","message":"overloaded"}}"#;
    assert_eq!(read_body(error).unwrap_err().reason, "503 UNAVAILABLE");
}

#[test]
fn what_the_operator_must_see_to_is_an_error() {
    let finished = |reason: &str| {
        let event =
            format!(r#"{{"candidates":[{{"content":{{"parts":[{{"text":"a"}}]}},"finishReason":"{reason}"}}]}}"#);
        attempt(&[&event], "m").0.level()
    };
    for (reason, level) in [
        ("STOP", "info"),
        ("SAFETY", "info"),
        ("PUP_LIMITED_DISABLED", "error"),
        ("MISSING_THOUGHT_SIGNATURE", "error"),
        ("OTHER", "warn"),
    ] {
        assert_eq!(finished(reason), level, "{reason}");
    }
    for (status, level) in
        [(400, "error"), (401, "error"), (402, "error"), (403, "error"), (404, "error"), (429, "warn"), (503, "warn")]
    {
        assert_eq!(GeminiError::from_status(status, b"").level(), level, "{status}");
    }
}

#[test]
fn announced_retirement_is_noted() {
    let body = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"a"}]},"finishReason":"STOP"}],
        "modelStatus":{"message":"soon","retirementTime":"2027-01-01T00:00:00Z"}}"#;
    let (_, details) = read(&[body], "m").0.unwrap();
    assert_eq!(details["retiring"], true);
}

#[test]
fn deltas_are_streamed_at_once_and_echoed_as_one_part() {
    let event = |part: &str, more: &str| {
        format!(
            r#"{{"candidates":[{{"content":{{"parts":[{part}]}}{more}}}],"usageMetadata":{{"promptTokenCount":9}}}}"#
        )
    };
    let events = [
        event(r#"{"text":"  Added "}"#, ""),
        event(r#"{"text":"milk.\u202e"}"#, ""),
        event(r#"{"text":"","thoughtSignature":"c2ln"}"#, ""),
        event(r#"{"text":""}"#, r#","finishReason":"STOP""#),
    ];
    let (result, streamed) = read(&events.each_ref().map(String::as_str), "m");
    assert_eq!(streamed, "Added milk.");
    let (response, _) = result.unwrap();
    assert_eq!(response.text, "Added milk.");
    let content: Value = serde_json::from_str(response.content.get()).unwrap();
    let parts = json!([{"text": "  Added milk.\u{202e}"}, {"text": "", "thoughtSignature": "c2ln"}]);
    assert_eq!(content, json!({"role": "model", "parts": parts}));
}

#[test]
fn an_error_in_the_middle_is_one_whether_framed_or_bare() {
    let error = r#"{"error":{"code":503,"status":"UNAVAILABLE","message":"overloaded"}}"#;
    let begun = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Add\"}]}}]}\n\n";
    for rest in [format!("data: {error}\n\n"), format!("{error}\n"), format!("[{error}]")] {
        let mut reader = ResponseReader::default();
        reader.push(200, format!("{begun}{rest}").as_bytes(), &mut |_| ());
        let read = reader.finish(Ok(200), "m", &mut |_| ());
        assert_eq!(
            (read.result.unwrap_err().reason.as_str(), read.text.as_str()),
            ("503 UNAVAILABLE", "Add"),
            "{rest}"
        );
    }
}

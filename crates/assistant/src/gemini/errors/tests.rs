use serde_json::json;

use super::*;

fn error_with(status: u16, error: Value) -> GeminiError {
    GeminiError::from_status(status, json!({ "error": error }).to_string().as_bytes())
}

#[test]
fn a_minute_quota_waits_as_long_as_google_says() {
    let info = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}]);
    let short = error_with(429, json!({"status": "RESOURCE_EXHAUSTED", "message": "quota", "details": info}));
    assert_eq!(short.action, RetryAction::WaitOnce(Duration::from_millis(1500)));
    assert_eq!(short.reason, "429 RESOURCE_EXHAUSTED");
    let text = error_with(429, json!({"message": "… plan and billing details.\nPlease retry in 44.097740004s."}));
    assert_eq!((text.action, text.kind), (RetryAction::GiveUp, ErrorKind::Unavailable(45)));
    let ms = error_with(429, json!({"message": "Please retry in 250ms."}));
    assert_eq!(ms.action, RetryAction::WaitOnce(Duration::from_millis(250)));
}

#[test]
fn a_daily_quota_is_final() {
    let details = json!([{"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
        {"retryDelay": "1s"}]);
    let daily = error_with(429, json!({"message": "quota", "details": details}));
    assert_eq!((daily.action, daily.kind), (RetryAction::GiveUp, ErrorKind::Unavailable(RETRY_AFTER_QUOTA)));
    assert_eq!(error_with(429, json!({"message": "limit: 0, model: x"})).action, RetryAction::GiveUp);
}

#[test]
fn each_status_has_its_action() {
    for (status, message, action, kind) in [
        (400, "API key not valid", RetryAction::GiveUp, ErrorKind::Misconfigured),
        (400, "Corrupted thought signature.", RetryAction::DropSignatures, ErrorKind::Rejected),
        (400, "Thought signature is not valid.", RetryAction::DropSignatures, ErrorKind::Rejected),
        (400, "thoughtSignature cannot be decoded", RetryAction::DropSignatures, ErrorKind::Rejected),
        (400, "Function call is missing a thought_signature", RetryAction::DropCalls, ErrorKind::Rejected),
        (400, "Please ensure that function call turn comes …", RetryAction::GiveUp, ErrorKind::Rejected),
        (401, "", RetryAction::GiveUp, ErrorKind::Misconfigured),
        (402, "", RetryAction::GiveUp, ErrorKind::Misconfigured),
        (403, "", RetryAction::GiveUp, ErrorKind::Misconfigured),
        (404, "models/x is not found", RetryAction::Fallback, ErrorKind::Misconfigured),
        (500, "", RetryAction::Wait(BACKOFF), ErrorKind::Unavailable(RETRY_AFTER)),
        (503, "overloaded", RetryAction::Wait(BACKOFF), ErrorKind::Unavailable(RETRY_AFTER)),
        (504, "", RetryAction::Wait(BACKOFF), ErrorKind::Unavailable(RETRY_AFTER)),
    ] {
        let error = error_with(status, json!({"message": message}));
        assert_eq!((error.action, error.kind), (action, kind), "{status} {message}");
    }
}

#[test]
fn the_reason_holds_codes_only() {
    let details = json!([{"reason": "API_KEY_INVALID"}]);
    let key = error_with(400, json!({"status": "INVALID_ARGUMENT", "message": "AIza-secret", "details": details}));
    assert_eq!(key.reason, "400 INVALID_ARGUMENT API_KEY_INVALID");
    let fields = json!([{"fieldViolations": [{"field": "tools[0].function_declarations", "description": "buy milk"},
        {"field": "say buy milk"}]}]);
    let schema = error_with(400, json!({"status": "INVALID_ARGUMENT", "details": fields}));
    assert_eq!((schema.reason.as_str(), schema.faults()), ("400 INVALID_ARGUMENT tools[0].function_declarations", 0));
    assert_eq!(error_with(400, json!({"status": "said: buy milk"})).reason, "400");
    assert_eq!(GeminiError::from_status(502, b"<html>").reason, "502");
    assert_eq!(GeminiError::from_status(404, br#"[{"error":{"status":"NOT_FOUND"}}]"#).reason, "404 NOT_FOUND");
}

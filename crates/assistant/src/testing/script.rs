//! Responses of Gemini, sent one after the other.

use serde_json::json;

/// The response of Gemini to one request.
pub(crate) enum ScriptedResponse {
    /// Status and body.
    Http(u16, String),
    /// These bytes of a stream, in two pieces; then the connection breaks.
    Broken(Vec<u8>),
    /// The connection breaks.
    Cut,
}

/// A whole response of Gemini around `parts`, written as JSON text.
pub(crate) fn parts(parts: &str) -> ScriptedResponse {
    finished(parts, "STOP")
}

/// The same with another finish reason.
pub(crate) fn finished(parts: &str, reason: &str) -> ScriptedResponse {
    let body = format!(
        r#"{{"candidates":[{{"content":{{"role":"model","parts":{parts}}},"finishReason":"{reason}","index":0}}],
        "usageMetadata":{{"promptTokenCount":168,"totalTokenCount":257}},"modelVersion":"m-1-001","responseId":"x"}}"#
    );
    ScriptedResponse::Http(200, body)
}

/// A response that is only text.
pub(crate) fn says(text: &str) -> ScriptedResponse {
    parts(&json!([{ "text": text }]).to_string())
}

/// An error of Google.
pub(crate) fn fails(status: u16, message: &str) -> ScriptedResponse {
    ScriptedResponse::Http(status, json!({"error": {"code": status, "message": message, "status": "X"}}).to_string())
}

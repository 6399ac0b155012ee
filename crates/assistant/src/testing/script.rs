//! Answers of Gemini, to be given one after the other.

use serde_json::json;

/// What Gemini answers to one request.
pub(crate) enum Scripted {
    /// Status and body.
    Http(u16, String),
    /// The connection breaks.
    Cut,
}

/// A whole answer of Gemini around `parts`, written as JSON text.
pub(crate) fn parts(parts: &str) -> Scripted {
    finished(parts, "STOP")
}

/// The same with another finish reason.
pub(crate) fn finished(parts: &str, reason: &str) -> Scripted {
    let body = format!(
        r#"{{"candidates":[{{"content":{{"role":"model","parts":{parts}}},"finishReason":"{reason}","index":0}}],
        "usageMetadata":{{"promptTokenCount":168,"totalTokenCount":257}},"modelVersion":"m-1-001","responseId":"x"}}"#
    );
    Scripted::Http(200, body)
}

/// An answer that is only text.
pub(crate) fn says(text: &str) -> Scripted {
    parts(&json!([{ "text": text }]).to_string())
}

/// An error of Google.
pub(crate) fn fails(status: u16, message: &str) -> Scripted {
    Scripted::Http(status, json!({"error": {"code": status, "message": message, "status": "X"}}).to_string())
}

//! Codes in a response of Gemini: what each means for the response.

use serde_json::Value;

use crate::model::FinishReason;

/// What to do with a response by its finish reason.
pub(super) enum FinishVerdict {
    Use(FinishReason),
    Repeat,
    GiveUp,
}

/// Whether the status of a model announces that it will be gone.
pub(super) fn announces_an_end(status: &Value) -> bool {
    let stage = status["modelStage"].as_str().unwrap_or_default();
    status.get("retirementTime").is_some_and(|time| !time.is_null())
        || ["DEPRECATED", "LEGACY", "RETIRED"].contains(&stage)
}

/// A code of the service, for the log: at most 64 letters, digits and marks.
pub(super) fn code(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')).take(64).collect()
}

/// What to do with a response by its finish reason.
pub(super) fn judge(finish_reason: &str) -> FinishVerdict {
    match finish_reason {
        "STOP" => FinishVerdict::Use(FinishReason::Complete),
        "MAX_TOKENS" | "CONTINUATION" => FinishVerdict::Use(FinishReason::Truncated),
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "LANGUAGE"
        | "ESCALATION"
        | "PUP_LIMITED_DISABLED" => FinishVerdict::Use(FinishReason::Refused),
        "TOO_MANY_TOOL_CALLS" | "MISSING_THOUGHT_SIGNATURE" => FinishVerdict::GiveUp,
        _ => FinishVerdict::Repeat,
    }
}

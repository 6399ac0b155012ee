//! Errors of Gemini: whether another attempt makes sense, and the `ModelError` if none does.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::model::ModelError;

/// The longest wait that a user in a chat accepts.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const BACKOFF: Duration = Duration::from_millis(800);
/// `Retry-After` for clients in seconds, where Google does not say.
const RETRY_AFTER: u32 = 30;
/// `Retry-After` for clients in seconds, where the quota of a day is used up.
const RETRY_AFTER_QUOTA: u32 = 3600;

/// One failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GeminiError {
    /// For the log: status and code, never Google's text.
    pub(crate) reason: String,
    /// What to do before the next attempt.
    pub(crate) action: RetryAction,
    kind: ErrorKind,
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RetryAction {
    /// Repeat the request after a pause.
    Wait(Duration),
    /// Repeat the request after a pause, once.
    WaitOnce(Duration),
    /// Repeat the request at once.
    Resend,
    /// Ask the fallback model.
    Fallback,
    /// Repeat the request without the thought signatures of earlier turns, then without their calls.
    DropSignatures,
    /// Repeat the request without the calls of earlier turns.
    DropCalls,
    /// Give up.
    GiveUp,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum ErrorKind {
    Unreachable,
    Unavailable(u32),
    Misconfigured,
    Rejected,
    Unusable,
    Stopped,
}

impl From<GeminiError> for ModelError {
    fn from(error: GeminiError) -> Self {
        let reason = error.reason;
        match error.kind {
            ErrorKind::Unreachable => Self::Unavailable { retry_after: RETRY_AFTER, reason },
            ErrorKind::Unavailable(retry_after) => Self::Unavailable { retry_after, reason },
            ErrorKind::Misconfigured => Self::Misconfigured { reason },
            ErrorKind::Rejected => Self::Rejected { reason },
            ErrorKind::Unusable => Self::Unusable { reason },
            ErrorKind::Stopped => Self::Stopped,
        }
    }
}

#[derive(Deserialize, Default)]
struct GoogleErrorBody {
    error: GoogleError,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct GoogleError {
    status: String,
    message: String,
    details: Vec<Value>,
}

impl GeminiError {
    /// There is no connection: nothing was sent.
    pub(crate) fn unreachable() -> Self {
        Self { reason: "no connection".into(), action: RetryAction::Wait(BACKOFF), kind: ErrorKind::Unreachable }
    }

    /// Whether the request was sent, so that its response may cost something.
    pub(crate) fn was_sent(&self) -> bool {
        matches!(self.kind, ErrorKind::Unavailable(_) | ErrorKind::Stopped)
    }

    /// The response never came, or not all of it.
    pub(crate) fn transport(reason: &str) -> Self {
        Self { reason: reason.into(), action: RetryAction::Wait(BACKOFF), kind: ErrorKind::Unavailable(RETRY_AFTER) }
    }

    /// The client has gone.
    pub(crate) fn stopped() -> Self {
        Self { reason: "stopped".into(), action: RetryAction::GiveUp, kind: ErrorKind::Stopped }
    }

    /// Whether the client has gone.
    pub(crate) fn is_stopped(&self) -> bool {
        self.kind == ErrorKind::Stopped
    }

    /// How many faults of the service this counts as, for the circuit breaker: none if the cause is this conversation, and
    /// `u32::MAX` if no request can succeed because the account is not paid.
    pub(crate) fn faults(&self) -> u32 {
        match self.kind {
            ErrorKind::Misconfigured if self.reason.starts_with("402") => u32::MAX,
            ErrorKind::Unreachable | ErrorKind::Unavailable(_) | ErrorKind::Misconfigured => 1,
            ErrorKind::Rejected | ErrorKind::Unusable | ErrorKind::Stopped => 0,
        }
    }

    /// Whether the model itself cannot respond, so that another one may: it is gone, overloaded or out of quota.
    pub(crate) fn is_of_the_model(&self) -> bool {
        let by_status = self.reason.starts_with(|c: char| c.is_ascii_digit());
        self.action == RetryAction::Fallback || (matches!(self.kind, ErrorKind::Unavailable(_)) && by_status)
    }

    /// Level of the log line: `error` where the operator has to act.
    pub(crate) fn level(&self) -> &'static str {
        match self.kind {
            ErrorKind::Misconfigured => "error",
            ErrorKind::Rejected if self.action == RetryAction::GiveUp => "error",
            ErrorKind::Unusable if self.reason == "MISSING_THOUGHT_SIGNATURE" => "error", // our own fault
            ErrorKind::Stopped => "info",
            _ => "warn",
        }
    }

    /// The turn's deadline is too close for another attempt.
    pub(crate) fn out_of_time() -> Self {
        Self { reason: "turn deadline".into(), action: RetryAction::GiveUp, kind: ErrorKind::Unavailable(RETRY_AFTER) }
    }

    /// Something that only the operator can change.
    pub(crate) fn misconfigured(reason: &str) -> Self {
        Self { reason: reason.into(), action: RetryAction::GiveUp, kind: ErrorKind::Misconfigured }
    }

    /// A response that must not be used; `repeat` if another one may be better.
    pub(crate) fn unusable(reason: &str, repeat: bool) -> Self {
        let action = if repeat { RetryAction::Resend } else { RetryAction::GiveUp };
        Self { reason: reason.into(), action, kind: ErrorKind::Unusable }
    }

    /// A response with an error status, or an error in the body of one with status 200.
    pub(crate) fn from_status(status: u16, body: &[u8]) -> Self {
        let error = parse_body(body);
        let reason = format!("{status} {} {}", error_code(&error), rejected_fields(&error));
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        let (action, kind) = match status {
            400 if is_about_signatures(&error.message) => {
                let is_missing = error.message.to_ascii_lowercase().contains("missing");
                let action = if is_missing { RetryAction::DropCalls } else { RetryAction::DropSignatures };
                (action, ErrorKind::Rejected)
            }
            400 if !is_about_account(&error) => (RetryAction::GiveUp, ErrorKind::Rejected),
            404 => (RetryAction::Fallback, ErrorKind::Misconfigured),
            429 => quota_action(&error),
            408 | 500 | 502 | 503 | 504 => (
                RetryAction::Wait(retry_delay(&error).unwrap_or(BACKOFF).min(LONGEST_WAIT)),
                ErrorKind::Unavailable(RETRY_AFTER),
            ),
            _ => (RetryAction::GiveUp, ErrorKind::Misconfigured),
        };
        Self { reason, action, kind }
    }
}

/// Reads the body of an error: an object, or from a stream also an array of one object.
fn parse_body(body: &[u8]) -> GoogleError {
    let array = serde_json::from_slice::<Vec<GoogleErrorBody>>(body).ok().and_then(|list| list.into_iter().next());
    array.or_else(|| serde_json::from_slice(body).ok()).unwrap_or_default().error
}

/// `status` and, if given, `details[].reason`; left out where they do not look like codes, since they go to the log.
fn error_code(error: &GoogleError) -> String {
    let reason = error.details.iter().find_map(|detail| detail["reason"].as_str()).unwrap_or_default();
    let is_code = |text: &&str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    [error.status.as_str(), reason].into_iter().filter(is_code).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The paths of the fields that Google names as wrong: names and places only, never a value.
fn rejected_fields(error: &GoogleError) -> String {
    let violations = error.details.iter().filter_map(|detail| detail["fieldViolations"].as_array()).flatten();
    let is_path = |path: &&str| {
        (1..=64).contains(&path.len())
            && path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'[' | b']'))
    };
    violations.filter_map(|violation| violation["field"].as_str()).filter(is_path).take(3).collect::<Vec<_>>().join(" ")
}

fn is_about_signatures(message: &str) -> bool {
    let letters: String = message.chars().filter(char::is_ascii_alphabetic).collect();
    letters.to_ascii_lowercase().contains("thoughtsignature")
}

/// Whether a 400 is about the key or the account, not about the contents of the request.
fn is_about_account(error: &GoogleError) -> bool {
    let reason = error.details.iter().find_map(|detail| detail["reason"].as_str()).unwrap_or_default();
    error.status == "FAILED_PRECONDITION"
        || reason.starts_with("API_KEY")
        || error.message.to_ascii_lowercase().contains("key")
}

/// A quota per minute: wait if the pause is short. A quota per day, or none at all: give up.
fn quota_action(error: &GoogleError) -> (RetryAction, ErrorKind) {
    let violations = error.details.iter().filter_map(|detail| detail["violations"].as_array()).flatten();
    let daily = violations.filter_map(|v| v["quotaId"].as_str()).any(|id| id.contains("PerDay"));
    if daily || error.message.contains("limit: 0") {
        return (RetryAction::GiveUp, ErrorKind::Unavailable(RETRY_AFTER_QUOTA));
    }
    let delay = retry_delay(error);
    let seconds = delay.map_or(RETRY_AFTER, |d| u32::try_from(d.as_secs() + 1).unwrap_or(RETRY_AFTER_QUOTA));
    let action = match delay {
        Some(delay) if delay > LONGEST_WAIT => RetryAction::GiveUp,
        delay => RetryAction::WaitOnce(delay.unwrap_or(BACKOFF)),
    };
    (action, ErrorKind::Unavailable(seconds.min(RETRY_AFTER_QUOTA)))
}

/// The pause that Google asks for: `RetryInfo.retryDelay`, else "retry in 1.5s" in the text.
fn retry_delay(error: &GoogleError) -> Option<Duration> {
    let info = error.details.iter().find_map(|detail| parse_duration(detail["retryDelay"].as_str()?));
    info.or_else(|| parse_duration(error.message.split("retry in ").nth(1)?.split_whitespace().next()?))
}

/// Reads "44s", "45.123s" or "250ms", with or without a full stop.
fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim_end_matches('.');
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s')?, 1.0),
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * unit).ok()
}

#[cfg(test)]
mod tests;

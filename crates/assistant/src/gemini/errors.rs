//! What each failure of Gemini means for us: whether another attempt makes sense, and what the user is told after it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::model::ModelError;

/// The longest wait that a person in a chat accepts.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const BACKOFF: Duration = Duration::from_millis(800);
/// What clients are told when nothing better is known, in seconds.
const RETRY_AFTER: u32 = 30;
const RETRY_NEXT_DAY: u32 = 3600;

/// One failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// For the log: status and code, never Google's text.
    pub(crate) reason: String,
    /// What may help.
    pub(crate) remedy: Remedy,
    kind: Kind,
}

/// What may help before the turn is given up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Remedy {
    /// The same request, after a while.
    Wait(Duration),
    /// The same request, after a while, but only once.
    WaitOnce(Duration),
    /// The same request, at once.
    Resend,
    /// The fallback model.
    Fallback,
    /// The same request without the thought signatures of earlier turns.
    DropSignatures,
    /// Nothing.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Unreached,
    Unavailable(u32),
    Misconfigured,
    Unusable,
    Stopped,
}

impl From<Failure> for ModelError {
    fn from(failure: Failure) -> Self {
        let reason = failure.reason;
        match failure.kind {
            Kind::Unreached => Self::Unavailable { retry_after: RETRY_AFTER, reason },
            Kind::Unavailable(retry_after) => Self::Unavailable { retry_after, reason },
            Kind::Misconfigured => Self::Misconfigured { reason },
            Kind::Unusable => Self::Unusable { reason },
            Kind::Stopped => Self::Stopped,
        }
    }
}

#[derive(Deserialize, Default)]
struct Envelope {
    error: GoogleError,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct GoogleError {
    status: String,
    message: String,
    details: Vec<Value>,
}

impl Failure {
    /// There is no connection: nothing was asked.
    pub(crate) fn unreached() -> Self {
        Self { reason: "no connection".into(), remedy: Remedy::Wait(BACKOFF), kind: Kind::Unreached }
    }

    /// Whether the request left, so that its answer may have to be paid.
    pub(crate) fn was_sent(&self) -> bool {
        matches!(self.kind, Kind::Unavailable(_) | Kind::Stopped)
    }

    /// The response never came, or not all of it.
    pub(crate) fn transport(reason: &str) -> Self {
        Self { reason: reason.into(), remedy: Remedy::Wait(BACKOFF), kind: Kind::Unavailable(RETRY_AFTER) }
    }

    /// Nobody waits for the answer any more.
    pub(crate) fn stopped() -> Self {
        Self { reason: "stopped".into(), remedy: Remedy::Nothing, kind: Kind::Stopped }
    }

    /// Whether it is that.
    pub(crate) fn is_stop(&self) -> bool {
        self.kind == Kind::Stopped
    }

    /// How much of a fault of the service it is, for everybody: not if it is this conversation's, or a wait that was too long;
    /// and where nothing is paid any more, as great a one as there can be.
    pub(crate) fn faults(&self) -> u32 {
        match self.kind {
            Kind::Misconfigured if self.remedy == Remedy::DropSignatures => 0,
            Kind::Misconfigured if self.reason.starts_with("402") => u32::MAX,
            Kind::Unreached | Kind::Unavailable(_) | Kind::Misconfigured => 1,
            Kind::Unusable | Kind::Stopped => 0,
        }
    }

    /// How much somebody has to look after it.
    pub(crate) fn level(&self) -> &'static str {
        match self.kind {
            Kind::Misconfigured if self.remedy != Remedy::DropSignatures => "error",
            Kind::Unusable if self.reason == "MISSING_THOUGHT_SIGNATURE" => "error", // our own fault
            Kind::Stopped => "info",
            _ => "warn",
        }
    }

    /// The turn's deadline is too close for another call.
    pub(crate) fn out_of_time() -> Self {
        Self { reason: "turn deadline".into(), remedy: Remedy::Nothing, kind: Kind::Unavailable(RETRY_AFTER) }
    }

    /// Something that only the operator can change.
    pub(crate) fn misconfigured(reason: &str) -> Self {
        Self { reason: reason.into(), remedy: Remedy::Nothing, kind: Kind::Misconfigured }
    }

    /// An answer that must not be used; `again` when a second one may be better.
    pub(crate) fn unusable(reason: &str, again: bool) -> Self {
        let remedy = if again { Remedy::Resend } else { Remedy::Nothing };
        Self { reason: reason.into(), remedy, kind: Kind::Unusable }
    }

    /// An answer with an error status (or, with HTTP 200, an error in the body).
    pub(crate) fn of_status(status: u16, body: &[u8]) -> Self {
        let error = parse(body);
        let code = code_of(&error);
        let reason = format!("{status} {code}").trim().to_owned();
        let (remedy, kind) = match status {
            400 if is_about_signatures(&error.message) => (Remedy::DropSignatures, Kind::Misconfigured),
            404 => (Remedy::Fallback, Kind::Misconfigured),
            429 => quota(&error),
            408 | 500 | 502 | 503 | 504 => {
                (Remedy::Wait(delay(&error).unwrap_or(BACKOFF).min(LONGEST_WAIT)), Kind::Unavailable(RETRY_AFTER))
            }
            _ => (Remedy::Nothing, Kind::Misconfigured),
        };
        Self { reason, remedy, kind }
    }
}

/// Errors are objects; of the streaming sort also arrays of one.
fn parse(body: &[u8]) -> GoogleError {
    let array = serde_json::from_slice::<Vec<Envelope>>(body).ok().and_then(|list| list.into_iter().next());
    array.or_else(|| serde_json::from_slice(body).ok()).unwrap_or_default().error
}

/// `status` and, if given, `details[].reason`; only if they look like codes, since they go to the log.
fn code_of(error: &GoogleError) -> String {
    let reason = error.details.iter().find_map(|detail| detail["reason"].as_str()).unwrap_or_default();
    let is_code = |text: &&str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    [error.status.as_str(), reason].into_iter().filter(is_code).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn is_about_signatures(message: &str) -> bool {
    let lower = message.to_ascii_lowercase();
    lower.contains("thought signature") && (lower.contains("invalid") || lower.contains("corrupted"))
}

/// Per minute: wait if it is short. Per day, or no quota at all: nothing helps now.
fn quota(error: &GoogleError) -> (Remedy, Kind) {
    let violations = error.details.iter().filter_map(|detail| detail["violations"].as_array()).flatten();
    let daily = violations.filter_map(|v| v["quotaId"].as_str()).any(|id| id.contains("PerDay"));
    if daily || error.message.contains("limit: 0") {
        return (Remedy::Nothing, Kind::Unavailable(RETRY_NEXT_DAY));
    }
    let delay = delay(error);
    let seconds = delay.map_or(RETRY_AFTER, |d| u32::try_from(d.as_secs() + 1).unwrap_or(RETRY_NEXT_DAY));
    let remedy = match delay {
        Some(delay) if delay > LONGEST_WAIT => Remedy::Nothing,
        delay => Remedy::WaitOnce(delay.unwrap_or(BACKOFF)),
    };
    (remedy, Kind::Unavailable(seconds.min(RETRY_NEXT_DAY)))
}

/// `RetryInfo.retryDelay`, else "retry in 1.5s" of the text.
fn delay(error: &GoogleError) -> Option<Duration> {
    let info = error.details.iter().find_map(|detail| seconds(detail["retryDelay"].as_str()?));
    info.or_else(|| seconds(error.message.split("retry in ").nth(1)?.split_whitespace().next()?))
}

/// "44s", "45.123s", "250ms", with or without a full stop.
fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim_end_matches('.');
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s')?, 1.0),
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * unit).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn failure(status: u16, error: Value) -> Failure {
        Failure::of_status(status, json!({ "error": error }).to_string().as_bytes())
    }

    #[test]
    fn a_minute_quota_waits_as_long_as_google_says() {
        let info = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}]);
        let short = failure(429, json!({"status": "RESOURCE_EXHAUSTED", "message": "quota", "details": info}));
        assert_eq!(short.remedy, Remedy::WaitOnce(Duration::from_millis(1500)));
        assert_eq!(short.reason, "429 RESOURCE_EXHAUSTED");
        let text = failure(429, json!({"message": "… plan and billing details.\nPlease retry in 44.097740004s."}));
        assert_eq!((text.remedy, text.kind), (Remedy::Nothing, Kind::Unavailable(45)));
        let ms = failure(429, json!({"message": "Please retry in 250ms."}));
        assert_eq!(ms.remedy, Remedy::WaitOnce(Duration::from_millis(250)));
    }

    #[test]
    fn a_daily_quota_is_final() {
        let details = json!([{"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
            {"retryDelay": "1s"}]);
        let daily = failure(429, json!({"message": "quota", "details": details}));
        assert_eq!((daily.remedy, daily.kind), (Remedy::Nothing, Kind::Unavailable(RETRY_NEXT_DAY)));
        assert_eq!(failure(429, json!({"message": "limit: 0, model: x"})).remedy, Remedy::Nothing);
    }

    #[test]
    fn each_status_has_its_remedy() {
        for (status, message, remedy, kind) in [
            (400, "API key not valid", Remedy::Nothing, Kind::Misconfigured),
            (400, "Corrupted thought signature.", Remedy::DropSignatures, Kind::Misconfigured),
            (400, "Function call is missing a thought_signature", Remedy::Nothing, Kind::Misconfigured),
            (401, "", Remedy::Nothing, Kind::Misconfigured),
            (402, "", Remedy::Nothing, Kind::Misconfigured),
            (403, "", Remedy::Nothing, Kind::Misconfigured),
            (404, "models/x is not found", Remedy::Fallback, Kind::Misconfigured),
            (500, "", Remedy::Wait(BACKOFF), Kind::Unavailable(RETRY_AFTER)),
            (503, "overloaded", Remedy::Wait(BACKOFF), Kind::Unavailable(RETRY_AFTER)),
            (504, "", Remedy::Wait(BACKOFF), Kind::Unavailable(RETRY_AFTER)),
        ] {
            let failure = failure(status, json!({"message": message}));
            assert_eq!((failure.remedy, failure.kind), (remedy, kind), "{status} {message}");
        }
    }

    #[test]
    fn the_reason_holds_codes_only() {
        let details = json!([{"reason": "API_KEY_INVALID"}]);
        let key = failure(400, json!({"status": "INVALID_ARGUMENT", "message": "AIza-secret", "details": details}));
        assert_eq!(key.reason, "400 INVALID_ARGUMENT API_KEY_INVALID");
        assert_eq!(failure(400, json!({"status": "said: buy milk"})).reason, "400");
        assert_eq!(Failure::of_status(502, b"<html>").reason, "502");
        assert_eq!(Failure::of_status(404, br#"[{"error":{"status":"NOT_FOUND"}}]"#).reason, "404 NOT_FOUND");
    }
}

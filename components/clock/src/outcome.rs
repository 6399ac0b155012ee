//! What became of a message, and what that means for its reminder.

use http::StatusCode;
use web_push::PushOutcome;

use crate::env::SentResult;

/// How often a reminder is tried.
pub(crate) const MAX_ATTEMPTS: i64 = 8;
/// The longest pause between two attempts, in seconds, unless the other server asks for a longer one.
const LONGEST_PAUSE: u32 = 60 * 60;
/// The longest pause that another server may ask for, in seconds.
const LONGEST_ASKED_PAUSE: u32 = 6 * 60 * 60;

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MessageOutcome {
    /// It was taken.
    Sent,
    /// The browser is not subscribed any longer.
    Gone,
    /// It is worth another attempt, after so many seconds if the service says so.
    Retry(Option<u32>, String),
    /// It will not be taken.
    Rejected(String),
}

impl MessageOutcome {
    /// Of a push message to the push service with this name.
    pub(crate) fn of_push(service: &str, result: &SentResult) -> Self {
        match result {
            Ok(response) => match Self::status(response) {
                PushOutcome::Sent => Self::Sent,
                PushOutcome::Gone => Self::Gone,
                PushOutcome::Retry(after) => Self::Retry(after, returned(service, response.status())),
                PushOutcome::Rejected => Self::Rejected(returned(service, response.status())),
            },
            Err(why) => Self::Retry(None, format!("{service}: {why}")),
        }
    }

    /// Of a mail.
    pub(crate) fn of_mail(result: &SentResult) -> Self {
        const NAME: &str = "the mail API";
        match result {
            Ok(response) => match Self::status(response) {
                PushOutcome::Sent => Self::Sent,
                PushOutcome::Retry(after) => Self::Retry(after, returned(NAME, response.status())),
                PushOutcome::Gone | PushOutcome::Rejected => Self::Rejected(returned(NAME, response.status())),
            },
            Err(why) => Self::Retry(None, format!("{NAME}: {why}")),
        }
    }

    fn status(response: &http::Response<Vec<u8>>) -> PushOutcome {
        let after = response.headers().get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        PushOutcome::of(response.status(), after)
    }

    /// Why it was not sent.
    pub(crate) fn error(&self) -> Option<&str> {
        match self {
            Self::Sent => None,
            Self::Gone => Some("The browser is not subscribed any longer."),
            Self::Retry(_, why) | Self::Rejected(why) => Some(why),
        }
    }

    /// The word of the statement that stores it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Gone => "gone",
            Self::Retry(..) | Self::Rejected(_) => "failed",
        }
    }
}

fn returned(name: &str, status: StatusCode) -> String {
    format!("{name} returned {status}.")
}

/// In how many seconds a reminder is tried again after this attempt, the first of which is 1; `None` if it is not.
pub(crate) fn pause(outcomes: &[MessageOutcome], attempts: i64) -> Option<u32> {
    let asked = outcomes.iter().filter_map(|outcome| match outcome {
        MessageOutcome::Retry(after, _) => Some(after.unwrap_or_default()),
        _ => None,
    });
    let asked = asked.max().filter(|_| attempts < MAX_ATTEMPTS)?;
    let doubled =
        u32::try_from(attempts - 1).ok().and_then(|exponent| 60_u32.checked_mul(2_u32.checked_pow(exponent)?));
    Some(doubled.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE).max(asked.min(LONGEST_ASKED_PAUSE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, after: Option<&str>) -> SentResult {
        let response = http::Response::builder().status(status);
        let response = after.into_iter().fold(response, |response, after| response.header("retry-after", after));
        Ok(response.body(Vec::new()).unwrap())
    }

    #[test]
    fn a_status_says_whether_a_message_is_tried_again() {
        let push = |result: &SentResult| MessageOutcome::of_push("fcm.googleapis.com", result);
        assert_eq!(push(&response(201, None)), MessageOutcome::Sent);
        assert_eq!(push(&response(410, None)), MessageOutcome::Gone);
        let slow = MessageOutcome::Retry(Some(120), "fcm.googleapis.com returned 429 Too Many Requests.".to_owned());
        assert_eq!(push(&response(429, Some("120"))), slow);
        assert_eq!(push(&response(403, None)).word(), "failed");
        let silent = push(&Err("timed out".to_owned()));
        assert_eq!(silent, MessageOutcome::Retry(None, "fcm.googleapis.com: timed out".to_owned()));
        let mail = MessageOutcome::of_mail(&response(404, None));
        assert_eq!(mail.error(), Some("the mail API returned 404 Not Found."), "an address is never forgotten");
        assert!(matches!(mail, MessageOutcome::Rejected(_)));
    }

    #[test]
    fn pauses_double_and_honour_what_a_server_asks_for() {
        let retry = |after| [MessageOutcome::Sent, MessageOutcome::Retry(after, String::new())];
        let pauses: Vec<_> = (1..=8).map(|attempt| pause(&retry(None), attempt)).collect();
        let minutes = [Some(60), Some(120), Some(240), Some(480), Some(960), Some(1920), Some(3600), None];
        assert_eq!(pauses, minutes);
        assert_eq!(pause(&retry(Some(600)), 1), Some(600));
        assert_eq!(pause(&retry(Some(1)), 1), Some(60));
        assert_eq!(pause(&retry(Some(u32::MAX)), 1), Some(LONGEST_ASKED_PAUSE));
        assert_eq!(
            pause(&[MessageOutcome::Sent, MessageOutcome::Gone, MessageOutcome::Rejected(String::new())], 1),
            None
        );
    }
}

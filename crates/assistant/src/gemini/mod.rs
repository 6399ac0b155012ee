//! Gemini over `generateContent`, stateless: every request carries the whole conversation. One bounded retry, one
//! switch to the fallback model, nothing else; the key is in a header only and never in a log.

mod errors;
mod request;
mod response;

use std::cell::Cell;
use std::time::Duration;

use serde_json::{Value, json};

use crate::model::{Answer, ChatModel, ModelError, Prompt};
use crate::outside::{FetchError, Outside};
use errors::{Failure, Remedy};

const CALL_TIME: Duration = Duration::from_secs(40);
/// A retry that would leave the model less than this is not made.
const LEAST_TIME: Duration = Duration::from_secs(2);

/// Where Gemini is and what to ask for.
#[derive(Clone)]
pub struct Settings {
    /// Scheme, host and port.
    pub url: String,
    /// `v1` or `v1beta`.
    pub version: String,
    /// The key.
    pub key: String,
    /// The model's id.
    pub model: String,
    /// The model to ask when the first does not exist (any more). May be empty.
    pub fallback: String,
}

/// Gemini, for one turn.
pub struct Gemini<'a> {
    settings: &'a Settings,
    outside: Outside<'a>,
    /// Set once the first model turned out not to exist.
    fallen_back: Cell<bool>,
    /// Set once earlier thought signatures turned out not to fit this key or model.
    unsigned: Cell<bool>,
}

impl<'a> Gemini<'a> {
    /// A client; no request is made before the first answer is wanted.
    pub fn new(settings: &'a Settings, outside: Outside<'a>) -> Self {
        Self { settings, outside, fallen_back: Cell::new(false), unsigned: Cell::new(false) }
    }

    fn model(&self) -> &str {
        if self.fallen_back.get() { &self.settings.fallback } else { &self.settings.model }
    }

    fn attempt(&self, prompt: &Prompt) -> Result<Answer, Failure> {
        let began = (self.outside.now_ms)();
        let time = self.outside.time_until(prompt.deadline_ms, CALL_TIME);
        if time < LEAST_TIME {
            return Err(Failure::out_of_time());
        }
        let body = request::body(prompt, self.model(), self.unsigned.get());
        let result = self.send(body, time).and_then(|response| response::read(&response, self.model()));
        self.log(&result, (self.outside.now_ms)().saturating_sub(began));
        result.map(|(answer, _)| answer)
    }

    fn send(&self, body: Vec<u8>, time: Duration) -> Result<http::Response<Vec<u8>>, Failure> {
        let Settings { url, version, key, .. } = self.settings;
        let request = http::Request::post(format!(
            "{}/{version}/models/{}:generateContent",
            url.trim_end_matches('/'),
            self.model()
        ))
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("x-goog-api-key", key)
        .body(body)
        .map_err(|_| Failure::misconfigured("the key or address is not usable"))?;
        (self.outside.fetch)(request, time).map_err(|FetchError(_)| Failure::transport("no complete response"))
    }

    fn log(&self, result: &Result<(Answer, Value), Failure>, ms: u64) {
        let mut event = json!({"event": "model_call", "model": self.model(), "ms": ms, "ok": result.is_ok()});
        match result {
            Ok((answer, details)) => {
                event["model_version"] = json!(answer.model_version);
                event["details"] = details.clone();
            }
            Err(failure) => event["reason"] = json!(failure.reason),
        }
        (self.outside.log)(event);
    }

    /// Prepares the next attempt. False: there is nothing more to try.
    fn prepare(&self, failure: &Failure, retried: &mut bool, deadline_ms: u64) -> bool {
        match failure.remedy {
            Remedy::Wait(delay) if !*retried => {
                // Spread over half a second, so that many do not return at once.
                let delay = delay + Duration::from_millis((self.outside.now_ms)() % 500);
                *retried = true;
                let fits = self.outside.time_until(deadline_ms, delay + LEAST_TIME) == delay + LEAST_TIME;
                if fits {
                    (self.outside.sleep)(delay);
                }
                fits
            }
            Remedy::Resend if !*retried => {
                *retried = true;
                true
            }
            Remedy::Fallback if !self.settings.fallback.is_empty() => !self.fallen_back.replace(true),
            Remedy::DropSignatures => !self.unsigned.replace(true),
            _ => false,
        }
    }
}

impl ChatModel for Gemini<'_> {
    fn answer(&self, prompt: &Prompt) -> Result<Answer, ModelError> {
        let mut retried = false;
        loop {
            match self.attempt(prompt) {
                Ok(answer) => return Ok(answer),
                Err(failure) if self.prepare(&failure, &mut retried, prompt.deadline_ms) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
    }
}

#[cfg(test)]
#[path = "gemini_tests.rs"]
mod tests;

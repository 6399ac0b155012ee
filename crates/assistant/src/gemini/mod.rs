//! Gemini over `streamGenerateContent`, stateless: every request carries the whole conversation. Two bounded retries, one
//! switch to the fallback model, nothing else; the key is in a header only and never in a log.

mod errors;
mod request;
mod response;

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

use serde_json::json;

use crate::env::{StreamTimeouts, TransportError, TurnEnv};
use crate::model::{ChatModel, FinishReason, ModelError, ModelPrompt, ModelResponse, TokenUsage};
use crate::prompt::{SUMMARY_PROMPT, transcript};
use crate::turn::Turn;
use errors::{Failure, Remedy};
use response::{Read, Reader};

const CALL_TIME: Duration = Duration::from_secs(40);
const FIRST_BYTE_TIME: Duration = Duration::from_secs(20);
const IDLE_TIME: Duration = Duration::from_secs(20);
/// A retry that would leave the model less than this is not made.
const LEAST_TIME: Duration = Duration::from_secs(2);
const RETRIES: u32 = 2;
/// How long it may take to sum up, and how long a summary may be, in characters.
const SUMMARY_MS: u64 = 15_000;
const SUMMARY_LENGTH: usize = 4000;

/// Where Gemini is and what to ask for.
#[derive(Clone)]
pub struct GeminiSettings {
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
pub struct GeminiModel<'a> {
    settings: &'a GeminiSettings,
    env: TurnEnv<'a>,
    /// Set once the first model turned out not to exist.
    fallen_back: Cell<bool>,
    /// Set once earlier thought signatures turned out not to fit this key or model.
    unsigned: Cell<bool>,
    usage: Cell<TokenUsage>,
    faults: Cell<u32>,
}

impl<'a> GeminiModel<'a> {
    /// A client; no request is made before the first answer is wanted.
    pub fn new(settings: &'a GeminiSettings, env: TurnEnv<'a>) -> Self {
        Self {
            settings,
            env,
            fallen_back: Cell::new(false),
            unsigned: Cell::new(false),
            usage: Cell::default(),
            faults: Cell::new(0),
        }
    }

    /// What was used since this was asked last, by answers of no use too.
    pub fn take_usage(&self) -> TokenUsage {
        self.usage.take()
    }

    /// How much the service was at fault since this was asked last: 1 if an attempt failed by it, any number if no other can
    /// succeed for now.
    pub fn take_faults(&self) -> u32 {
        self.faults.take()
    }

    /// Older turns, and the summary of those before them, in short.
    pub fn summarize(&self, summary: Option<&str>, turns: &[&Turn]) -> Result<String, ModelError> {
        let turn = Turn { message: transcript(summary, turns), steps: Vec::new() };
        let prompt = ModelPrompt {
            system: SUMMARY_PROMPT,
            summary: None,
            history: &[],
            turn: &turn,
            tools: &[],
            may_call: false,
            live: false,
            deadline_ms: (self.env.now_ms)() + SUMMARY_MS,
        };
        let answer = self.answer(&prompt, &|_| ())?;
        match answer.finish {
            FinishReason::Refused => Err(ModelError::Unusable { reason: "refused".to_owned() }),
            FinishReason::Complete | FinishReason::Truncated => Ok(answer.text.chars().take(SUMMARY_LENGTH).collect()),
        }
    }

    fn model(&self) -> &str {
        if self.fallen_back.get() { &self.settings.fallback } else { &self.settings.model }
    }

    fn attempt(&self, prompt: &ModelPrompt, hear: &mut dyn FnMut(&str)) -> Read {
        let began = (self.env.now_ms)();
        let time = self.env.time_until(prompt.deadline_ms, CALL_TIME);
        if time < LEAST_TIME {
            return Reader::default().finish(Err(Failure::out_of_time()), self.model(), hear);
        }
        let body = request::body(prompt, self.model(), self.unsigned.get());
        let asked = body.len();
        let mut reader = Reader::default();
        let ended = self.send(body, time, &mut |status, piece| reader.push(status, piece, hear));
        let paid = ended.as_ref().map_or_else(Failure::was_sent, |status| *status == 200);
        let mut read = reader.finish(ended, self.model(), hear);
        if paid && read.usage == TokenUsage::default() {
            read.usage = estimate(asked, read.text.len());
        }
        let mut usage = self.usage.get();
        usage += read.usage;
        self.usage.set(usage);
        let faults = read.result.as_ref().err().map_or(0, Failure::faults);
        self.faults.set(self.faults.get().max(faults));
        self.log(prompt, &read, (self.env.now_ms)().saturating_sub(began));
        read
    }

    fn send(&self, body: Vec<u8>, time: Duration, take: &mut dyn FnMut(u16, &[u8])) -> Result<u16, Failure> {
        let GeminiSettings { url, version, key, .. } = self.settings;
        let request = http::Request::post(format!(
            "{}/{version}/models/{}:streamGenerateContent?alt=sse",
            url.trim_end_matches('/'),
            self.model()
        ))
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("x-goog-api-key", key)
        .body(body)
        .map_err(|_| Failure::misconfigured("the key or address is not usable"))?;
        let patience = StreamTimeouts { first_byte: FIRST_BYTE_TIME, idle: IDLE_TIME, whole: time };
        let taken = (self.env.stream)(request, patience, &mut |status, piece| {
            take(status.as_u16(), piece);
            ControlFlow::Continue(())
        });
        taken.map(|status| status.as_u16()).map_err(|error| match error {
            TransportError::Unreachable(_) => Failure::unreached(),
            TransportError::Failed(_) => Failure::transport("no complete response"),
            TransportError::Stopped => Failure::stopped(),
        })
    }

    fn log(&self, prompt: &ModelPrompt, read: &Read, ms: u64) {
        let TokenUsage { prompt: asked, cached, answer, thought } = read.usage;
        let mut event = json!({
            "event": "model_call", "round": prompt.turn.round(), "summary": prompt.tools.is_empty(), "model": self.model(),
            "ms": ms, "ok": read.result.is_ok(), "prompt_tokens": asked, "cached_tokens": cached, "answer_tokens": answer,
            "thought_tokens": thought,
        });
        match &read.result {
            Ok((answer, details)) => {
                event["model_version"] = json!(answer.model_version);
                event["details"] = details.clone();
            }
            Err(failure) => event["reason"] = json!(failure.reason),
        }
        event["level"] = json!(read.level());
        (self.env.log)(event);
    }

    /// Prepares the next attempt. False: there is nothing more to try.
    fn prepare(&self, failure: &Failure, retries: &mut u32, deadline_ms: u64) -> bool {
        match failure.remedy {
            Remedy::Wait(delay) if *retries < RETRIES => {
                *retries += 1;
                self.wait(delay * *retries, deadline_ms) // longer the second time
            }
            Remedy::WaitOnce(delay) if *retries == 0 => {
                *retries = RETRIES;
                self.wait(delay, deadline_ms)
            }
            Remedy::Resend if *retries == 0 => {
                *retries = RETRIES;
                true
            }
            Remedy::Fallback if !self.settings.fallback.is_empty() => !self.fallen_back.replace(true),
            Remedy::DropSignatures => !self.unsigned.replace(true),
            _ => false,
        }
    }

    /// Waits, spread over half a second so that many do not return at once. False: there is no time for that.
    fn wait(&self, delay: Duration, deadline_ms: u64) -> bool {
        let delay = delay + Duration::from_millis((self.env.now_ms)() % 500);
        let fits = self.env.time_until(deadline_ms, delay + LEAST_TIME) == delay + LEAST_TIME;
        if fits {
            (self.env.sleep)(delay);
        }
        fits
    }
}

impl ChatModel for GeminiModel<'_> {
    fn answer(&self, prompt: &ModelPrompt, hear: &dyn Fn(&str)) -> Result<ModelResponse, ModelError> {
        let mut retries = 0;
        loop {
            let mut heard = false;
            let read = self.attempt(prompt, &mut |text| {
                heard = true;
                hear(text);
            });
            match read.result {
                Ok((answer, _)) => return Ok(answer),
                Err(failure) if failure.is_stop() => return Err(ModelError::Stopped),
                // What was heard cannot be taken back: it stands, as an answer that was cut off.
                Err(_) if heard && prompt.live => return Ok(cut_off(read.text, self.model())),
                Err(failure) if self.prepare(&failure, &mut retries, prompt.deadline_ms) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
    }
}

/// What an answer costs that ended before it told: Google counts about four bytes as a token.
fn estimate(asked: usize, answered: usize) -> TokenUsage {
    let tokens = |bytes: usize| u64::try_from(bytes.div_ceil(4)).unwrap_or(u64::MAX);
    TokenUsage { prompt: tokens(asked), answer: tokens(answered), ..TokenUsage::default() }
}

fn cut_off(text: String, model: &str) -> ModelResponse {
    let content = serde_json::value::to_raw_value(&json!({"role": "model", "parts": []})).expect("JSON is JSON");
    let model = model.to_owned();
    ModelResponse { content, text, calls: Vec::new(), finish: FinishReason::Truncated, model, model_version: None }
}

#[cfg(test)]
#[path = "gemini_tests.rs"]
mod tests;

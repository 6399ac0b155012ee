//! The model Gemini: sends requests, repeats them within limits and counts what they use.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use http::StatusCode;
use serde_json::json;
use visible_text::is_blank;

use crate::env::{ChunkHandler, StreamTimeouts, TransportError, TurnEnv};
use crate::gemini::errors::{GeminiError, RetryAction};
use crate::gemini::request::{EarlierTurns, request_body};
use crate::gemini::response::{AttemptResult, ResponseReader};
use crate::model::{
    ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, TokenUsage, ToolRequest,
};
use crate::prompt::{SUMMARY_PROMPT, transcript};
use crate::turn::Turn;

/// How long one attempt may take.
const ATTEMPT_TIME: Duration = Duration::from_secs(40);
const FIRST_BYTE_TIME: Duration = Duration::from_secs(20);
const IDLE_TIME: Duration = Duration::from_secs(20);
/// An attempt is not made if less than this is left for it.
const MIN_TIME: Duration = Duration::from_secs(2);
const MAX_RETRIES: u32 = 2;
/// How long a summary may take, in milliseconds.
const SUMMARY_MS: u64 = 15_000;
/// The length of a summary, in characters.
const MAX_SUMMARY: usize = 4000;

/// Where Gemini is and which model is asked.
#[derive(Clone)]
pub struct GeminiSettings {
    /// Scheme, host and port.
    pub url: String,
    /// `v1` or `v1beta`.
    pub version: String,
    /// The API key.
    pub key: String,
    /// Id of the model.
    pub model: String,
    /// Id of the model that is asked where the first does not exist (any more). May be empty.
    pub fallback: String,
}

/// Gemini, for one turn.
pub struct GeminiModel<'a> {
    settings: &'a GeminiSettings,
    env: TurnEnv<'a>,
    /// The first model does not exist; the fallback is asked.
    on_fallback: Cell<bool>,
    /// What is sent of earlier turns.
    earlier: Cell<EarlierTurns>,
    /// Used of the model, and of the fallback.
    usage: Cell<(TokenUsage, TokenUsage)>,
    faults: Cell<u32>,
}

impl<'a> GeminiModel<'a> {
    /// A model that was not asked yet.
    pub fn new(settings: &'a GeminiSettings, env: TurnEnv<'a>) -> Self {
        Self {
            settings,
            env,
            on_fallback: Cell::new(false),
            earlier: Cell::default(),
            usage: Cell::default(),
            faults: Cell::new(0),
        }
    }

    /// Returns the tokens used since the last call of this function, by unusable responses too: of the model, and of the fallback.
    pub fn take_usage(&self) -> (TokenUsage, TokenUsage) {
        self.usage.take()
    }

    /// Returns the faults of the service since the last call of this function: 1 if an attempt failed by one, and a higher number
    /// if no attempt can succeed for now.
    pub fn take_faults(&self) -> u32 {
        self.faults.take()
    }

    /// Summarizes turns, and the summary of the turns before them.
    pub async fn summarize(&self, summary: Option<&str>, turns: &[&Turn]) -> Result<String, ModelError> {
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
        let response = self.ask(&prompt, &|_| ControlFlow::Continue(())).await?;
        match response.finish {
            FinishReason::Refused => Err(ModelError::Unusable { reason: "refused".to_owned() }),
            FinishReason::Stopped => Err(ModelError::Stopped),
            _ if is_blank(&response.text) => Err(ModelError::Unusable { reason: "no words".to_owned() }),
            FinishReason::Complete | FinishReason::Truncated => Ok(response.text.chars().take(MAX_SUMMARY).collect()),
        }
    }

    fn model(&self) -> &str {
        if self.on_fallback.get() { &self.settings.fallback } else { &self.settings.model }
    }

    async fn attempt(&self, prompt: &ModelPrompt<'_>, hear: &HearText<'_>, streamed: &Cell<bool>) -> AttemptResult {
        let started_ms = (self.env.now_ms)();
        let time = self.env.time_until(prompt.deadline_ms, ATTEMPT_TIME);
        let gone = Cell::new(false);
        let on_text = &mut |text: &str| {
            streamed.set(true);
            gone.set(gone.get() || hear(text).is_break());
        };
        let mut reader = ResponseReader::default();
        if time < MIN_TIME {
            return reader.finish(Err(GeminiError::out_of_time()), self.model(), on_text);
        }
        let body = request_body(prompt, self.model(), self.earlier.get());
        let size = body.len();
        let on_chunk = &mut |status: StatusCode, chunk: &[u8]| {
            reader.push(status.as_u16(), chunk, on_text);
            if gone.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let end = self.send(body, time, on_chunk).await;
        let end = if gone.get() { Err(GeminiError::stopped()) } else { end };
        let paid = end.as_ref().map_or_else(GeminiError::was_sent, |status| *status == 200);
        let mut attempt = reader.finish(end, self.model(), on_text);
        if paid && attempt.usage == TokenUsage::default() {
            attempt.usage = estimate_usage(size, attempt.text.len());
        }
        self.count(&attempt);
        self.log(prompt, &attempt, (self.env.now_ms)().saturating_sub(started_ms));
        attempt
    }

    fn count(&self, attempt: &AttemptResult) {
        let (mut model, mut fallback) = self.usage.get();
        let used = if self.on_fallback.get() { &mut fallback } else { &mut model };
        *used += attempt.usage;
        self.usage.set((model, fallback));
        let faults = attempt.result.as_ref().err().map_or(0, GeminiError::faults);
        self.faults.set(self.faults.get().max(faults));
    }

    async fn send(&self, body: Vec<u8>, time: Duration, on_chunk: &mut ChunkHandler<'_>) -> Result<u16, GeminiError> {
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
        .map_err(|_| GeminiError::misconfigured("the key or address is not usable"))?;
        let timeouts = StreamTimeouts { first_byte: FIRST_BYTE_TIME, idle: IDLE_TIME, whole: time };
        let result = self.env.network.stream(request, timeouts, on_chunk).await;
        result.map(|status| status.as_u16()).map_err(|error| match error {
            TransportError::Unreachable(_) => GeminiError::unreachable(),
            TransportError::Failed(_) => GeminiError::transport("no complete response"),
            TransportError::Stopped => GeminiError::stopped(),
        })
    }

    fn log(&self, prompt: &ModelPrompt, attempt: &AttemptResult, ms: u64) {
        let TokenUsage { prompt: prompt_tokens, cached, output, thought } = attempt.usage;
        let mut event = json!({
            "event": "model_call", "round": prompt.turn.round(), "summary": prompt.tools.is_empty(), "model": self.model(),
            "ms": ms, "ok": attempt.result.is_ok(), "prompt_tokens": prompt_tokens, "cached_tokens": cached,
            "answer_tokens": output, "thought_tokens": thought,
        });
        match &attempt.result {
            Ok((response, details)) => {
                event["model_version"] = json!(response.model_version);
                event["details"] = details.clone();
            }
            Err(error) => event["reason"] = json!(error.reason),
        }
        event["level"] = json!(attempt.level());
        (self.env.log)(event);
    }

    /// Prepares the next attempt after an error. Returns false if there is none.
    async fn prepare_retry(&self, error: &GeminiError, retries: &mut u32, deadline_ms: u64) -> bool {
        match error.action {
            RetryAction::Wait(delay) if *retries < MAX_RETRIES => {
                *retries += 1;
                self.wait(delay * *retries, deadline_ms).await // longer the second time
            }
            RetryAction::WaitOnce(delay) if *retries == 0 => {
                *retries = MAX_RETRIES;
                self.wait(delay, deadline_ms).await
            }
            RetryAction::Resend if *retries == 0 => {
                *retries = MAX_RETRIES;
                true
            }
            RetryAction::DropSignatures if self.earlier.get() == EarlierTurns::Whole => {
                self.earlier.set(EarlierTurns::Unsigned);
                true
            }
            RetryAction::DropSignatures | RetryAction::DropCalls => {
                self.earlier.replace(EarlierTurns::WordsOnly) != EarlierTurns::WordsOnly
            }
            _ if error.is_of_the_model() && !self.settings.fallback.is_empty() && !self.on_fallback.get() => {
                self.on_fallback.set(true);
                *retries = MAX_RETRIES;
                true
            }
            _ => false,
        }
    }

    /// Waits, spread over half a second so that many requests do not return at once. Returns false if there is no time for it.
    async fn wait(&self, delay: Duration, deadline_ms: u64) -> bool {
        let delay = delay + Duration::from_millis((self.env.now_ms)() % 500);
        let fits = self.env.time_until(deadline_ms, delay + MIN_TIME) == delay + MIN_TIME;
        if fits {
            self.env.network.wait(delay).await;
        }
        fits
    }

    /// The response of the model, after as many attempts as it takes.
    async fn ask(&self, prompt: &ModelPrompt<'_>, hear: &HearText<'_>) -> Result<ModelResponse, ModelError> {
        let mut retries = 0;
        loop {
            let streamed = Cell::new(false);
            let attempt = self.attempt(prompt, hear, &streamed).await;
            match attempt.result {
                Ok((response, _)) => {
                    self.faults.set(0); // a response is no fault of the service
                    return Ok(response);
                }
                // Text that was shown stays, as a response that ended early.
                Err(error) if error.is_stopped() && streamed.get() && prompt.live => {
                    return Ok(cut_off(attempt.text, attempt.calls, self.model(), FinishReason::Stopped));
                }
                Err(error) if error.is_stopped() => return Err(ModelError::Stopped),
                Err(_) if streamed.get() && prompt.live => {
                    return Ok(cut_off(attempt.text, attempt.calls, self.model(), FinishReason::Truncated));
                }
                Err(error) => {
                    if !self.prepare_retry(&error, &mut retries, prompt.deadline_ms).await {
                        return Err(error.into());
                    }
                }
            }
        }
    }
}

impl ChatModel for GeminiModel<'_> {
    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>> {
        self.ask(prompt, hear).boxed_local()
    }
}

/// The usage of a response that ended before it reported any; Google counts about four bytes as a token.
fn estimate_usage(prompt_size: usize, output_size: usize) -> TokenUsage {
    let tokens = |bytes: usize| u64::try_from(bytes.div_ceil(4)).unwrap_or(u64::MAX);
    TokenUsage { prompt: tokens(prompt_size), output: tokens(output_size), ..TokenUsage::default() }
}

fn cut_off(text: String, calls: Vec<ToolRequest>, model: &str, finish: FinishReason) -> ModelResponse {
    let content = serde_json::value::to_raw_value(&json!({"role": "model", "parts": []})).expect("JSON is JSON");
    let model = model.to_owned();
    ModelResponse { content, text, calls, finish, model, model_version: None }
}

//! What `streamGenerateContent` answered, put together from its events. Everything in it is optional; what matters is
//! whether it can be used.

use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::errors::Failure;
use crate::model::{FinishReason, ModelResponse, TokenUsage, ToolRequest};
use crate::visible::{readable, visible};

/// The most that is read of an answer that is an error, in bytes.
const ERROR_LIMIT: usize = 64 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    candidates: Option<Vec<Candidate>>,
    prompt_feedback: Option<Value>,
    usage_metadata: Option<UsageMetadata>,
    model_version: Option<String>,
    model_status: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize, Default)]
struct Content {
    parts: Option<Vec<Box<RawValue>>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct UsageMetadata {
    prompt_token_count: Option<u64>,
    cached_content_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
}

/// What a finish reason asks for.
enum Verdict {
    Use(FinishReason),
    Again,
    GiveUp,
}

/// Reads one answer as it comes.
#[derive(Default)]
pub(crate) struct Reader {
    events: sse::EventReader,
    so_far: SoFar,
    error: Vec<u8>,
}

/// One answer, wholly read or not.
pub(crate) struct Read {
    /// What it cost.
    pub(crate) usage: TokenUsage,
    /// The text that came, also when the rest is of no use.
    pub(crate) text: String,
    /// The answer and what of it may be logged; or why there is none.
    pub(crate) result: Result<(ModelResponse, Value), Failure>,
}

#[derive(Default)]
struct SoFar {
    parts: Vec<Part>,
    /// What a person reads of the parts.
    text: String,
    calls: Vec<ToolRequest>,
    finish_reason: Option<String>,
    blocked: bool,
    candidate: bool,
    usage: UsageMetadata,
    model_version: Option<String>,
    retiring: bool,
    failure: Option<Failure>,
}

/// A part of the answer, to be echoed.
enum Part {
    /// Plain text, to which more may come.
    Text(String),
    /// Anything else, byte for byte.
    Whole(Box<RawValue>),
}

impl Read {
    /// How much somebody has to look after it: "error" where only the operator can help.
    pub(crate) fn level(&self) -> &'static str {
        match &self.result {
            // The account itself is limited.
            Ok((_, details)) if details["finish"].as_str().is_some_and(|finish| finish.starts_with("PUP_")) => "error",
            Ok((_, details)) if details["retiring"] == true => "warn",
            Ok(_) => "info",
            Err(failure) => failure.level(),
        }
    }
}

impl Reader {
    /// Takes the next piece of the body. `hear` gets the text in it that a person may read.
    pub(crate) fn push(&mut self, status: u16, piece: &[u8], hear: &mut dyn FnMut(&str)) {
        if status == 200 {
            let so_far = &mut self.so_far;
            self.events.push(piece, &mut |event| so_far.take(event, hear));
        } else {
            let room = ERROR_LIMIT.saturating_sub(self.error.len()).min(piece.len());
            self.error.extend_from_slice(&piece[..room]);
        }
    }

    /// Ends the answer of `model`, as it ended: with this status, or with the failure of the connection.
    pub(crate) fn finish(self, ended: Result<u16, Failure>, model: &str, hear: &mut dyn FnMut(&str)) -> Read {
        let Self { events, mut so_far, error } = self;
        let stray = events.finish(&mut |event| so_far.take(event, hear));
        let usage = TokenUsage::from(&so_far.usage);
        let text = readable(&so_far.text);
        let result = match (ended, stray) {
            (Err(failure), _) => Err(so_far.failure.take().unwrap_or(failure)),
            (Ok(200), Ok(stray)) if stray.is_empty() => so_far.into_answer(model),
            (Ok(200), Ok(stray)) => Err(so_far.failure.take().unwrap_or_else(|| of_error(&stray))),
            (Ok(200), Err(sse::EventTooLong)) => Err(Failure::unusable("overlong answer", true)),
            (Ok(status), _) => Err(Failure::of_status(status, &error)),
        };
        Read { usage, text, result }
    }
}

/// An error inside of an answer with status 200.
fn of_error(body: &[u8]) -> Failure {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let error = value.get(0).unwrap_or(&value);
    match error["error"]["code"].as_u64().and_then(|code| u16::try_from(code).ok()) {
        Some(code) => Failure::of_status(code, body),
        None if error.get("error").is_some() => Failure::of_status(500, body),
        None => Failure::transport("response is not whole JSON"),
    }
}

impl SoFar {
    fn take(&mut self, event: &[u8], hear: &mut dyn FnMut(&str)) {
        let Ok(response) = serde_json::from_slice::<Response>(event) else {
            self.failure.get_or_insert_with(|| Failure::transport("response is not whole JSON"));
            return;
        };
        if response.error.is_some() {
            self.failure.get_or_insert_with(|| of_error(event));
            return;
        }
        self.blocked |= response.prompt_feedback.is_some_and(|feedback| feedback["blockReason"].is_string());
        self.retiring |= response.model_status.is_some();
        self.usage = response.usage_metadata.unwrap_or(std::mem::take(&mut self.usage)); // it is cumulative
        self.model_version = response.model_version.or(self.model_version.take());
        let Some(candidate) = response.candidates.and_then(|list| list.into_iter().next()) else { return };
        self.candidate = true;
        self.finish_reason = candidate.finish_reason.or(self.finish_reason.take());
        for part in candidate.content.unwrap_or_default().parts.unwrap_or_default() {
            self.take_part(part, hear);
        }
    }

    fn take_part(&mut self, raw: Box<RawValue>, hear: &mut dyn FnMut(&str)) {
        let value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
        if let Some(call) = value.get("functionCall") {
            match ToolRequest::read(call) {
                Some(call) => self.calls.push(call),
                None => self.failure = Some(Failure::unusable("malformed call", true)),
            }
        }
        let text = value["text"].as_str().unwrap_or_default();
        let thought = value["thought"] == true;
        if !thought && !text.is_empty() {
            let before = self.text.len();
            self.text.extend(visible(text));
            if before == 0 {
                self.text = self.text.trim_start().to_owned();
            }
            if self.text.len() > before {
                hear(&self.text[before..]);
            }
        }
        let plain = value.as_object().is_some_and(|members| members.len() == 1 && members.contains_key("text"));
        match self.parts.last_mut() {
            Some(Part::Text(last)) if plain => last.push_str(text),
            _ if plain && text.is_empty() => {}
            _ if plain => self.parts.push(Part::Text(text.to_owned())),
            _ if thought && value.get("thoughtSignature").is_none() => {}
            _ => self.parts.push(Part::Whole(raw)),
        }
    }

    fn into_answer(mut self, model: &str) -> Result<(ModelResponse, Value), Failure> {
        let reason = match (self.failure.take(), self.finish_reason.take()) {
            (Some(failure), _) => return Err(failure),
            (None, Some(reason)) => reason,
            (None, None) if self.blocked => "blocked prompt".to_owned(),
            (None, None) if self.candidate => return Err(Failure::transport("no finish reason")),
            (None, None) => return Err(Failure::unusable("no candidate", true)),
        };
        let finish = match verdict(&reason) {
            _ if self.blocked => FinishReason::Refused,
            Verdict::Use(finish) => finish,
            Verdict::Again => return Err(Failure::unusable(&reason, true)),
            Verdict::GiveUp => return Err(Failure::unusable(&reason, false)),
        };
        let text = readable(&self.text);
        if finish == FinishReason::Complete && self.calls.is_empty() && text.is_empty() {
            return Err(Failure::unusable("empty answer", true));
        }
        let details = json!({"finish": reason, "calls": self.calls.len(), "retiring": self.retiring});
        let parts: Vec<Box<RawValue>> = self.parts.into_iter().map(Part::into_raw).collect();
        let content = to_raw_value(&Echo { parts, role: "model" }).expect("parts are JSON");
        let Self { calls, model_version, .. } = Self { parts: Vec::new(), ..self };
        let model = model.to_owned();
        Ok((ModelResponse { content, text, calls, finish, model, model_version }, details))
    }
}

fn verdict(finish_reason: &str) -> Verdict {
    match finish_reason {
        "STOP" => Verdict::Use(FinishReason::Complete),
        "MAX_TOKENS" | "CONTINUATION" => Verdict::Use(FinishReason::Truncated),
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "LANGUAGE"
        | "ESCALATION"
        | "PUP_LIMITED_DISABLED" => Verdict::Use(FinishReason::Refused),
        "TOO_MANY_TOOL_CALLS" | "MISSING_THOUGHT_SIGNATURE" => Verdict::GiveUp,
        _ => Verdict::Again,
    }
}

/// The content of an answer, as it is echoed.
#[derive(serde::Serialize)]
struct Echo {
    parts: Vec<Box<RawValue>>,
    role: &'static str,
}

impl Part {
    fn into_raw(self) -> Box<RawValue> {
        match self {
            Self::Text(text) => to_raw_value(&json!({ "text": text })).expect("a JSON value is JSON"),
            Self::Whole(raw) => raw,
        }
    }
}

impl From<&UsageMetadata> for TokenUsage {
    fn from(usage: &UsageMetadata) -> Self {
        let count = |count: Option<u64>| count.unwrap_or(0);
        Self {
            prompt: count(usage.prompt_token_count),
            cached: count(usage.cached_content_token_count),
            answer: count(usage.candidates_token_count),
            thought: count(usage.thoughts_token_count),
        }
    }
}

#[cfg(test)]
#[path = "response_tests.rs"]
mod tests;

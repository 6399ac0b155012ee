//! A response of `streamGenerateContent`, put together from its events. Every member is optional; the reader decides whether
//! the whole can be used.

use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use sse::{EventReader, EventTooLong};

use super::errors::GeminiError;
use super::verdict::{FinishVerdict, announces_an_end, code, judge};
use crate::model::{FinishReason, ModelResponse, TokenUsage, ToolRequest};
use crate::text::VisibleText;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// An error response is read up to this size, in bytes.
const MAX_ERROR: usize = 64 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResponseChunk {
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
    content: Option<ChunkContent>,
    finish_reason: Option<String>,
}

#[derive(Deserialize, Default)]
struct ChunkContent {
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

/// Reads one response while it is streamed.
#[derive(Default)]
pub(crate) struct ResponseReader {
    events: EventReader,
    has_begun: bool,
    partial: PartialResponse,
    error_body: Vec<u8>,
}

/// The result of one attempt at a response.
pub(crate) struct AttemptResult {
    /// What the attempt cost.
    pub(crate) usage: TokenUsage,
    /// The text that was streamed, also where the response is not usable.
    pub(crate) text: String,
    /// The calls that were requested, also where the response is not usable and none of them may run.
    pub(crate) calls: Vec<ToolRequest>,
    /// The response and details for the log; or why there is none.
    pub(crate) result: Result<(ModelResponse, Value), GeminiError>,
}

#[derive(Default)]
struct PartialResponse {
    parts: Vec<ContentPart>,
    text: VisibleText,
    calls: Vec<ToolRequest>,
    finish_reason: Option<String>,
    blocked: bool,
    candidate: bool,
    usage: UsageMetadata,
    model_version: Option<String>,
    retiring: bool,
    error: Option<GeminiError>,
}

/// A part of the content, to be echoed.
enum ContentPart {
    /// Plain text, which more may follow.
    Text(String),
    /// Anything else, byte for byte.
    Whole(Box<RawValue>),
}

impl AttemptResult {
    /// Level of the log line: `error` where only the operator can help.
    pub(crate) fn level(&self) -> &'static str {
        match &self.result {
            // The account itself is limited.
            Ok((_, details)) if details["finish"].as_str().is_some_and(|finish| finish.starts_with("PUP_")) => "error",
            Ok((_, details)) if details["retiring"] == true => "warn",
            Ok(_) => "info",
            Err(error) => error.level(),
        }
    }
}

impl ResponseReader {
    /// Reads the next chunk of the body. `on_text` receives the visible text in it.
    pub(crate) fn push(&mut self, status: u16, chunk: &[u8], on_text: &mut dyn FnMut(&str)) {
        if status == 200 {
            let partial = &mut self.partial;
            let is_first = !std::mem::replace(&mut self.has_begun, true);
            let chunk = if is_first { chunk.strip_prefix(BYTE_ORDER_MARK).unwrap_or(chunk) } else { chunk };
            self.events.push(chunk, &mut |event| partial.add_event(event, on_text));
        } else {
            let room = MAX_ERROR.saturating_sub(self.error_body.len()).min(chunk.len());
            self.error_body.extend_from_slice(&chunk[..room]);
        }
    }

    /// Ends the response of `model`. `end` is its status, or the error of the connection.
    pub(crate) fn finish(
        self,
        end: Result<u16, GeminiError>,
        model: &str,
        on_text: &mut dyn FnMut(&str),
    ) -> AttemptResult {
        let Self { events, mut partial, error_body, .. } = self;
        let stray = events.finish(&mut |event| partial.add_event(event, on_text));
        let stray = stray.map(|stray| partial.add_whole_body(stray, on_text));
        let usage = TokenUsage::from(&partial.usage);
        let text = partial.text.trimmed().to_owned();
        let calls = partial.calls.clone();
        let result = match (end, stray) {
            (Err(error), _) => Err(partial.error.take().unwrap_or(error)),
            (Ok(200), Ok(stray)) if stray.is_empty() => partial.into_response(model),
            (Ok(200), Ok(stray)) => Err(partial.error.take().unwrap_or_else(|| error_in_body(&stray))),
            (Ok(200), Err(EventTooLong)) => Err(GeminiError::unusable("overlong answer", true)),
            (Ok(status), _) => Err(GeminiError::from_status(status, &error_body)),
        };
        AttemptResult { usage, text, calls, result }
    }
}

/// The error in the body of a response with status 200.
fn error_in_body(body: &[u8]) -> GeminiError {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let error = value.get(0).unwrap_or(&value);
    match error["error"]["code"].as_u64().and_then(|code| u16::try_from(code).ok()) {
        Some(code) => GeminiError::from_status(code, body),
        None if error.get("error").is_some() => GeminiError::from_status(500, body),
        None => GeminiError::transport("response is not whole JSON"),
    }
}

impl PartialResponse {
    /// Takes a body that came in one piece, as an array of events or as one event, and returns what is none.
    fn add_whole_body(&mut self, body: Vec<u8>, on_text: &mut dyn FnMut(&str)) -> Vec<u8> {
        let events = match serde_json::from_slice::<Vec<Box<RawValue>>>(&body) {
            Ok(events) => events,
            Err(_) => serde_json::from_slice::<Box<RawValue>>(&body).into_iter().collect(),
        };
        let is_event =
            |event: &RawValue| event.get().contains("\"candidates\"") || event.get().contains("\"promptFeedback\"");
        if !events.iter().any(|event| is_event(event)) {
            return body;
        }
        events.iter().for_each(|event| self.add_event(event.get().as_bytes(), on_text));
        Vec::new()
    }

    fn add_event(&mut self, event: &[u8], on_text: &mut dyn FnMut(&str)) {
        if event.trim_ascii() == b"[DONE]" {
            return; // a gateway's mark of the end
        }
        let Ok(chunk) = serde_json::from_slice::<ResponseChunk>(event) else {
            self.error.get_or_insert_with(|| GeminiError::transport("response is not whole JSON"));
            return;
        };
        if chunk.error.is_some() {
            self.error.get_or_insert_with(|| error_in_body(event));
            return;
        }
        self.blocked |= chunk.prompt_feedback.is_some_and(|feedback| feedback["blockReason"].is_string());
        self.retiring |= chunk.model_status.as_ref().is_some_and(announces_an_end);
        self.usage = chunk.usage_metadata.unwrap_or(std::mem::take(&mut self.usage)); // it is cumulative
        self.model_version = chunk.model_version.map(|version| code(&version)).or(self.model_version.take());
        let Some(candidate) = chunk.candidates.and_then(|list| list.into_iter().next()) else { return };
        self.candidate = true;
        self.finish_reason = candidate.finish_reason.map(|reason| code(&reason)).or(self.finish_reason.take());
        for part in candidate.content.unwrap_or_default().parts.unwrap_or_default() {
            self.add_part(part, on_text);
        }
    }

    fn add_part(&mut self, raw: Box<RawValue>, on_text: &mut dyn FnMut(&str)) {
        let value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
        if let Some(call) = value.get("functionCall") {
            match ToolRequest::read(call) {
                Some(call) => self.calls.push(call),
                None => self.error = Some(GeminiError::unusable("malformed call", true)),
            }
        }
        let text = value["text"].as_str().unwrap_or_default();
        let thought = value["thought"] == true;
        if !thought && !text.is_empty() {
            let added = self.text.push(text);
            if !added.is_empty() {
                on_text(added);
            }
        }
        let plain = value.as_object().is_some_and(|members| members.len() == 1 && members.contains_key("text"));
        match self.parts.last_mut() {
            Some(ContentPart::Text(last)) if plain => last.push_str(text),
            _ if plain && text.is_empty() => {}
            _ if plain => self.parts.push(ContentPart::Text(text.to_owned())),
            _ if thought && value.get("thoughtSignature").is_none() => {}
            _ => self.parts.push(ContentPart::Whole(raw)),
        }
    }

    fn into_response(mut self, model: &str) -> Result<(ModelResponse, Value), GeminiError> {
        let reason = match (self.error.take(), self.finish_reason.take()) {
            (Some(error), _) => return Err(error),
            (None, Some(reason)) => reason,
            (None, None) if self.blocked => "blocked prompt".to_owned(),
            (None, None) if self.candidate => return Err(GeminiError::transport("no finish reason")),
            (None, None) => return Err(GeminiError::unusable("no candidate", true)),
        };
        let finish = match judge(&reason) {
            _ if self.blocked => FinishReason::Refused,
            FinishVerdict::Use(finish) => finish,
            FinishVerdict::Repeat => return Err(GeminiError::unusable(&reason, true)),
            FinishVerdict::GiveUp => return Err(GeminiError::unusable(&reason, false)),
        };
        let text = self.text.trimmed().to_owned();
        if finish == FinishReason::Complete && self.calls.is_empty() && text.is_empty() {
            return Err(GeminiError::unusable("empty answer", true));
        }
        let details = json!({"finish": reason, "calls": self.calls.len(), "retiring": self.retiring});
        let parts: Vec<Box<RawValue>> = self.parts.into_iter().map(ContentPart::into_raw).collect();
        let content = to_raw_value(&ModelContent { parts, role: "model" }).expect("parts are JSON");
        let (model, model_version) = (model.to_owned(), self.model_version);
        Ok((ModelResponse { content, text, calls: self.calls, finish, model, model_version }, details))
    }
}

/// The content of a response, as it is echoed.
#[derive(serde::Serialize)]
struct ModelContent {
    parts: Vec<Box<RawValue>>,
    role: &'static str,
}

impl ContentPart {
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
            output: count(usage.candidates_token_count),
            thought: count(usage.thoughts_token_count),
        }
    }
}

#[cfg(test)]
mod tests;

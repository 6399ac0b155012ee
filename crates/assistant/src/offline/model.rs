//! The offline assistant as a model.

use chrono::{DateTime, NaiveDateTime};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::language::Language;
use crate::model::{ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, ToolRequest};
use crate::offline::act::action::NextAction;
use crate::offline::act::english::NOTICE;
use crate::offline::act::german::NOTICE as GERMAN_NOTICE;
use crate::offline::act::next_action;
use crate::offline::act::render::render;
use crate::offline::act::reply::OfflineReply;
use crate::offline::context::resolve;
use crate::offline::dates::DateReader;
use crate::offline::missing::{MissingFeature, lacks_when_added, names_time};
use crate::offline::parse::{is_german, parse};
use crate::turn::ToolCall;

const NAME: &str = "offline";

/// The offline assistant. It replies in the language of a message that is German, else in this one.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineModel {
    language: Language,
    /// The user's date and time.
    now: NaiveDateTime,
}

impl OfflineModel {
    /// The offline assistant at a time, in milliseconds since 1970; `today` is that time in words in the user's zone, if that is
    /// known.
    pub fn new(language: Language, today: Option<&str>, now_ms: u64) -> Self {
        let local = today
            .and_then(|today| NaiveDateTime::parse_from_str(today.split(" (").next()?, "%A, %d %B %Y, %H:%M").ok());
        let utc =
            || i64::try_from(now_ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default().naive_utc();
        Self { language, now: local.unwrap_or_else(utc) }
    }
}

impl ChatModel for OfflineModel {
    fn respond(&self, prompt: &ModelPrompt, hear: &HearText) -> Result<ModelResponse, ModelError> {
        let calls: Vec<&ToolCall> = prompt.turn.calls().collect();
        let message = &prompt.turn.message;
        let language = if is_german(message) { Language::German } else { self.language };
        let dates = DateReader::new(prompt.tools, self.now, language);
        let command = dates.iter().fold(parse(message), |command, dates| dates.read(command, message));
        let command = resolve(command, message, prompt.history);
        let command = dates.iter().fold(command, |command, dates| dates.read_added(command, message));
        let action = match next_action(&command, &calls) {
            NextAction::Call(_) if !prompt.may_call => NextAction::Say(OfflineReply::AskLess),
            action => action,
        };
        let (text, calls) = match action {
            NextAction::Call(calls) => (String::new(), calls),
            NextAction::Say(reply) => {
                (text_of(reply, message, language, dates.is_some(), prompt.history.is_empty()), Vec::new())
            }
        };
        if !text.is_empty() {
            let _gone = hear(&text); // all is said
        }
        Ok(response(text, calls))
    }
}

/// The reply as a text, with what the list does not have of what the message names. The first text of a conversation says once
/// what this assistant is.
fn text_of(mut reply: OfflineReply, message: &str, language: Language, has_dates: bool, is_first: bool) -> String {
    // With dates there are still no reminders.
    let lacks = lacks_when_added(message)
        .filter(|feature| reply.has_added() && (!has_dates || matches!(feature, MissingFeature::Reminders)));
    if let OfflineReply::List(list) = &mut reply {
        list.names_time = !has_dates && !list.tasks.is_empty() && names_time(message);
    }
    let mut texts = vec![render(&reply, language)];
    texts.extend(lacks.map(|feature| render(&OfflineReply::Missing(feature), language)));
    let text = texts.join("\n").trim().to_owned();
    match language {
        _ if !is_first => text,
        Language::English => format!("{text}\n\n{NOTICE}").trim().to_owned(),
        Language::German => format!("{text}\n\n{GERMAN_NOTICE}").trim().to_owned(),
    }
}

/// A response in the shape of Gemini's, so that a conversation can go on with another model.
pub(super) fn response(text: String, calls: Vec<ToolRequest>) -> ModelResponse {
    let mut parts: Vec<Value> = Vec::new();
    if !text.is_empty() {
        parts.push(json!({ "text": text }));
    }
    parts.extend(calls.iter().map(|call| json!({"functionCall": {"name": call.name, "args": call.arguments}})));
    let content = to_raw_value(&json!({"role": "model", "parts": parts})).expect("a JSON value is JSON");
    let model = NAME.to_owned();
    ModelResponse { content, text, calls, finish: FinishReason::Complete, model_version: None, model }
}

//! The assistant that needs no model and no network: it understands a fixed set of English sentences about tasks and
//! produces tool calls and texts like a model would, so that the loop, its limits and its safety are the same.
//! It says that it is the offline one.

mod act;
mod add;
mod ask;
mod change;
mod context;
mod courtesy;
mod cut;
mod find;
mod parse;
mod read;
mod state;
mod target;
mod tell;
mod words;

use serde_json::value::to_raw_value;
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::model::{ChatModel, FinishReason, ModelError, ModelPrompt, ModelResponse, ToolRequest};
use crate::turn::{CallOutcome, ToolCall};
use act::Move;
use tell::HELP;

const NAME: &str = "offline";
const LIST_TOOL: &str = "list_tasks";
const NOTICE: &str =
    "I am the offline assistant: no language model is connected. Say \"help\" to see what I understand.";

const GERMAN_NOTICE: &str = "Ich bin der Offline-Assistent: Es ist kein Sprachmodell verbunden, und ich verstehe nur einfaches \
    Englisch. Sag „help“, um zu sehen, was.";

/// The offline assistant. Readers of German are told in German that it understands English.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineModel(pub Language);

impl ChatModel for OfflineModel {
    fn answer(&self, prompt: &ModelPrompt, hear: &dyn Fn(&str)) -> Result<ModelResponse, ModelError> {
        let calls: Vec<&ToolCall> = prompt.turn.calls().collect();
        let message = &prompt.turn.message;
        let command = context::resolve(parse::parse(message), message, prompt.history);
        let next = match act::next(&command, &calls) {
            Move::Call(_) if !prompt.may_call => Move::Say("I stopped here: please ask for less at once.".into()),
            next => next,
        };
        let answer = match next {
            Move::Call(calls) => answer(String::new(), calls),
            Move::Say(text) if text.contains(HELP) && self.0 == Language::German => {
                answer(format!("{GERMAN_NOTICE}\n\n{HELP}"), Vec::new())
            }
            Move::Say(text) if prompt.history.is_empty() && !text.contains(HELP) => {
                let notice = if self.0 == Language::German { GERMAN_NOTICE } else { NOTICE };
                answer(format!("{text}\n\n{notice}"), Vec::new())
            }
            Move::Say(text) => answer(text, Vec::new()),
        };
        if !answer.text.is_empty() {
            hear(&answer.text);
        }
        Ok(answer)
    }
}

/// In the shape that a model's answers have, so that a conversation can go on with another model.
fn answer(text: String, calls: Vec<ToolRequest>) -> ModelResponse {
    let mut parts: Vec<Value> = Vec::new();
    if !text.is_empty() {
        parts.push(json!({ "text": text }));
    }
    parts.extend(calls.iter().map(|call| json!({"functionCall": {"name": call.name, "args": call.arguments}})));
    let content = to_raw_value(&json!({"role": "model", "parts": parts})).expect("a JSON value is JSON");
    let model = NAME.to_owned();
    ModelResponse { content, text, calls, finish: FinishReason::Complete, model_version: None, model }
}

/// A call with these arguments.
fn call(name: &str, arguments: Value) -> ToolRequest {
    let arguments = match arguments {
        Value::Object(arguments) => arguments,
        _ => Map::new(),
    };
    ToolRequest { id: None, name: name.to_owned(), arguments }
}

/// What a call reported, if it was done.
fn result(call: &ToolCall) -> Option<&Value> {
    match &call.outcome {
        CallOutcome::Done { result } => Some(result),
        _ => None,
    }
}

#[cfg(test)]
#[path = "offline_tests.rs"]
mod tests;

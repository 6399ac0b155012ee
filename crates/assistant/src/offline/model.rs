//! The offline assistant as a model.

use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::language::Language;
use crate::model::{ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, ToolRequest};
use crate::offline::act::action::NextAction;
use crate::offline::act::next_action;
use crate::offline::act::say::{GERMAN_HELP, HELP};
use crate::offline::command::TaskCommand;
use crate::offline::context::resolve;
use crate::offline::missing::{note_on_added, note_on_list};
use crate::offline::parse::parse;
use crate::turn::ToolCall;

const NAME: &str = "offline";
pub(super) const NOTICE: &str =
    "I am the offline assistant: no language model is connected. Say \"help\" to see what I understand.";
pub(super) const GERMAN_NOTICE: &str = "Ich bin der Offline-Assistent: Es ist kein Sprachmodell verbunden, und ich verstehe nur einfache \
    Sätze. Sag „Hilfe“, um zu sehen, welche.";

/// The offline assistant. It tells users of another language in that language that it understands English.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineModel(pub Language);

impl ChatModel for OfflineModel {
    fn respond(&self, prompt: &ModelPrompt, hear: &HearText) -> Result<ModelResponse, ModelError> {
        let calls: Vec<&ToolCall> = prompt.turn.calls().collect();
        let message = &prompt.turn.message;
        let command = resolve(parse(message), message, prompt.history);
        let action = match next_action(&command, &calls) {
            NextAction::Call(_) if !prompt.may_call => {
                NextAction::Say("I stopped here: please ask for less at once.".into())
            }
            action => action,
        };
        let (text, calls) = match action {
            NextAction::Call(calls) => (String::new(), calls),
            NextAction::Say(text) => {
                let text = with_missing(text, &command, message);
                (self.with_notice(text, prompt.history.is_empty()), Vec::new())
            }
        };
        if !text.is_empty() {
            let _gone = hear(&text); // all is said
        }
        Ok(response(text, calls))
    }
}

impl OfflineModel {
    /// Adds to the first text of a conversation, and to the help, what this assistant is.
    fn with_notice(self, text: String, first: bool) -> String {
        let german = self.0 == Language::German;
        match text.contains(HELP) {
            true if german => format!("{GERMAN_NOTICE}\n\n{GERMAN_HELP}"),
            false if first => format!("{text}\n\n{}", if german { GERMAN_NOTICE } else { NOTICE }),
            _ => text,
        }
    }
}

/// The text with a sentence about what the message asks for and the list does not have.
fn with_missing(text: String, command: &TaskCommand, message: &str) -> String {
    let note = match command {
        TaskCommand::Add(_) | TaskCommand::AddWithDescription(..) if text.starts_with("Added") => {
            note_on_added(message)
        }
        TaskCommand::List(_) | TaskCommand::Count(_) => note_on_list(message),
        _ => None,
    };
    note.map_or(text.clone(), |note| format!("{text}\n{note}"))
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

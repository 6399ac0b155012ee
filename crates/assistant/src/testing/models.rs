//! Models for tests.

use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};
use serde_json::{Value, json};

use crate::model::{ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, ToolRequest};

/// A model that calls one tool, whatever it is told, and then says that all is done.
pub(crate) struct Obeying(Option<ToolRequest>);

impl Obeying {
    pub(crate) fn new(name: &str, arguments: &Value) -> Self {
        let arguments = arguments.as_object().unwrap().clone();
        Self(Some(ToolRequest { id: None, name: name.to_owned(), arguments }))
    }
}

/// A model that only says that all is done.
pub(crate) fn says_done() -> Obeying {
    Obeying(None)
}

impl ChatModel for Obeying {
    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>> {
        let calls: Vec<ToolRequest> = self.0.clone().into_iter().filter(|_| prompt.turn.steps.is_empty()).collect();
        let text = if calls.is_empty() { "Done." } else { "" }.to_owned();
        let _gone = hear(&text);
        let parts: Vec<Value> =
            calls.iter().map(|call| json!({"functionCall": {"name": call.name, "args": call.arguments}})).collect();
        let content = serde_json::value::to_raw_value(&json!({"role": "model", "parts": parts})).unwrap();
        let (finish, model) = (FinishReason::Complete, "obeying".to_owned());
        let response = ModelResponse { content, text, calls, finish, model, model_version: None };
        ready(Ok(response)).boxed_local()
    }
}

//! The interface of models: what each is asked and what it responds.

use std::ops::ControlFlow;

use futures::future::LocalBoxFuture;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::text::storable;
use crate::turn::{ModelStep, Turn, TurnOutcome};

/// Responses of a model in one turn.
const MAX_ROUNDS: usize = 5;

/// A model that responds to a conversation with text or tool calls: Gemini, or the offline assistant.
pub trait ChatModel {
    /// Responses in one turn; the last one may not call.
    fn max_rounds(&self) -> usize {
        MAX_ROUNDS
    }

    /// Returns the next step of the current turn. `hear` receives its text piece by piece, as far as the model streams it.
    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>>;
}

/// What responses cost, in tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenUsage {
    /// Tokens of prompts, cached ones included.
    pub prompt: u64,
    /// The part of the prompts that was cached.
    pub cached: u64,
    /// Tokens of the visible output.
    pub output: u64,
    /// Tokens of thoughts, which cost as much as output.
    pub thought: u64,
}

impl std::ops::AddAssign for TokenUsage {
    fn add_assign(&mut self, other: Self) {
        self.prompt += other.prompt;
        self.cached += other.cached;
        self.output += other.output;
        self.thought += other.thought;
    }
}

/// Receives a piece of the text while it is streamed; breaks when nobody listens any more.
pub type HearText<'a> = dyn Fn(&str) -> ControlFlow<()> + 'a;

/// Everything that a model receives.
pub struct ModelPrompt<'a> {
    /// The system instruction.
    pub system: &'a str,
    /// A summary of the turns before `history`.
    pub summary: Option<&'a str>,
    /// Earlier turns, oldest first.
    pub history: &'a [Turn],
    /// The turn to continue: the user's message and the steps taken for it so far.
    pub turn: &'a Turn,
    /// The tools of the server.
    pub tools: &'a [ToolDeclaration],
    /// Whether the response may call tools; false in the last round.
    pub may_call: bool,
    /// Whether the text is shown to the user while it is streamed.
    pub live: bool,
    /// The end of the turn, in milliseconds since 1970.
    pub deadline_ms: u64,
}

/// A tool as the MCP server declares it.
#[derive(Debug, Clone)]
pub struct ToolDeclaration {
    /// Name of the tool, unique on the server.
    pub name: String,
    /// What the tool does, for the model.
    pub description: String,
    /// JSON Schema of its arguments, as the server wrote it: each request to a model repeats it.
    pub schema: Box<RawValue>,
    /// Whether a call changes nothing.
    pub reads: bool,
    /// Whether a call may overwrite or remove data; true unless the server declares otherwise.
    pub destructive: bool,
    /// Whether the same call made twice has the effect of one.
    pub repeatable: bool,
}

impl ToolDeclaration {
    /// The schema of its arguments.
    pub(crate) fn read_schema(&self) -> Value {
        serde_json::from_str(self.schema.get()).unwrap_or_default()
    }
}

/// One response of a model.
#[derive(Debug, Clone)]
pub struct ModelResponse {
    /// The content as the model sent it, stored and echoed byte for byte.
    pub content: Box<RawValue>,
    /// The visible text.
    pub text: String,
    /// The tool calls, in order.
    pub calls: Vec<ToolRequest>,
    /// Why the model ended it.
    pub finish: FinishReason,
    /// The model that was asked.
    pub model: String,
    /// The version of the model that responded, as the service reports it.
    pub model_version: Option<String>,
}

/// A tool call that a model requests.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolRequest {
    /// The model's own id of the call, if there is one.
    pub id: Option<String>,
    /// Name of the tool.
    pub name: String,
    /// Arguments of the call.
    pub arguments: Map<String, Value>,
}

impl ModelResponse {
    /// The response as a step to be stored.
    pub(crate) fn into_step(self, outcome: Option<TurnOutcome>) -> ModelStep {
        let Self { content, text, model, model_version, .. } = self;
        ModelStep { content: Some(content), text, model, model_version, outcome }
    }
}

impl ToolRequest {
    /// Reads a `functionCall`: a name, and an object of arguments, which may be absent.
    pub(crate) fn read(call: &Value) -> Option<Self> {
        let name = call["name"].as_str().filter(|name| !name.is_empty())?.replace('\0', "");
        let arguments = match call.get("args").cloned().map(storable) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(arguments)) => arguments,
            Some(_) => return None,
        };
        let id = call["id"].as_str().filter(|id| !id.is_empty()).map(str::to_owned);
        Some(Self { id, name, arguments })
    }

    /// The calls in the content of a stored response.
    pub(crate) fn all_in(content: &RawValue) -> Vec<Self> {
        let content: Value = serde_json::from_str(content.get()).unwrap_or_default();
        let parts = content["parts"].as_array().into_iter().flatten();
        parts.filter_map(|part| Self::read(part.get("functionCall")?)).collect()
    }
}

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishReason {
    /// Normally.
    Complete,
    /// At the limit of its length: the text is partial, and no call in it may run.
    Truncated,
    /// The model, or a filter of the service, refused to respond.
    Refused,
    /// The client went while it was streamed: the text is what was heard, and no call in it may run.
    Stopped,
}

/// Why a model has no response. The texts are codes for the log, not for users.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The service is overloaded, out of quota or unreachable; it may work after `retry_after` seconds.
    #[error("model unavailable: {reason}")]
    Unavailable {
        /// Seconds after which another attempt makes sense.
        retry_after: u32,
        /// Status and code of what happened.
        reason: String,
    },
    /// Key, model name, billing or our own request is wrong; the operator must act.
    #[error("model refused our request: {reason}")]
    Misconfigured {
        /// Status and code of what happened.
        reason: String,
    },
    /// The service rejects the contents of this conversation; another one may work.
    #[error("model refused this conversation: {reason}")]
    Rejected {
        /// Status and code of what happened.
        reason: String,
    },
    /// The user's tokens for today are used up.
    #[error("daily tokens used up")]
    OverBudget,
    /// The client has gone.
    #[error("stopped")]
    Stopped,
    /// The responses of all attempts were unusable.
    #[error("model gave no usable answer: {reason}")]
    Unusable {
        /// The finish reason.
        reason: String,
    },
}

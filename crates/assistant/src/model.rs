//! What the loop and a model say to each other. Models differ; these words do not.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::turn::Turn;
use crate::visible::storable;

/// Something that answers a conversation with text or tool calls: Gemini, or the offline assistant.
pub trait ChatModel {
    /// The next step of the current turn. Its text is also said to `hear`, piece by piece, as far as it comes in pieces.
    fn answer(&self, prompt: &ModelPrompt, hear: &dyn Fn(&str)) -> Result<ModelResponse, ModelError>;
}

/// What answers cost, in tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenUsage {
    /// Read, cached ones included.
    pub prompt: u64,
    /// Of these, cached.
    pub cached: u64,
    /// Written.
    pub answer: u64,
    /// Thought, and paid for like written ones.
    pub thought: u64,
}

impl std::ops::AddAssign for TokenUsage {
    fn add_assign(&mut self, other: Self) {
        self.prompt += other.prompt;
        self.cached += other.cached;
        self.answer += other.answer;
        self.thought += other.thought;
    }
}

/// Everything a model may know when it answers.
pub struct ModelPrompt<'a> {
    /// Standing instructions.
    pub system: &'a str,
    /// What was said before the earlier turns, in short.
    pub summary: Option<&'a str>,
    /// Earlier turns, oldest first.
    pub history: &'a [Turn],
    /// The turn to continue: the user's message and the steps taken for it so far.
    pub turn: &'a Turn,
    /// The tools that exist.
    pub tools: &'a [ToolDeclaration],
    /// False in the last round: answer with text.
    pub may_call: bool,
    /// Whether somebody hears the answer while it comes.
    pub live: bool,
    /// When the turn must be over, in milliseconds since 1970.
    pub deadline_ms: u64,
}

/// A tool as the MCP server declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolDeclaration {
    /// Unique name.
    pub name: String,
    /// What it does, for the model.
    pub description: String,
    /// JSON Schema of its arguments.
    pub schema: Value,
    /// Whether it may overwrite or remove what is there; unless the server says otherwise, it may.
    pub destructive: bool,
    /// Whether the same call made twice does no more than once.
    pub repeatable: bool,
}

/// One answer of a model.
#[derive(Debug, Clone)]
pub struct ModelResponse {
    /// The answer as it came, to be stored and echoed byte for byte.
    pub content: Box<RawValue>,
    /// What of it a person reads.
    pub text: String,
    /// The tool calls in it, in order.
    pub calls: Vec<ToolRequest>,
    /// How it ended.
    pub finish: FinishReason,
    /// The model that was asked.
    pub model: String,
    /// The model that says it answered.
    pub model_version: Option<String>,
}

/// A tool call that a model asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolRequest {
    /// The model's name for this call, if it gave one.
    pub id: Option<String>,
    /// The tool.
    pub name: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
}

impl ToolRequest {
    /// Reads a `functionCall`: a name and an object of arguments (none at all means no arguments).
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

    /// The calls in an answer that was kept.
    pub(crate) fn all_in(content: &RawValue) -> Vec<Self> {
        let content: Value = serde_json::from_str(content.get()).unwrap_or_default();
        let parts = content["parts"].as_array().into_iter().flatten();
        parts.filter_map(|part| Self::read(part.get("functionCall")?)).collect()
    }
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishReason {
    /// As it should.
    Complete,
    /// At the limit of its length: the text is partial and no call in it may run.
    Truncated,
    /// The model, or a filter before it, declined.
    Refused,
}

/// Why there is no answer. The texts are codes for the log, not for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Overloaded, out of quota or unreachable: it may work after `retry_after` seconds.
    #[error("model unavailable: {reason}")]
    Unavailable {
        /// Seconds.
        retry_after: u32,
        /// Status and code of what happened.
        reason: String,
    },
    /// Key, model name, billing or our own request is wrong: the operator must act.
    #[error("model refused our request: {reason}")]
    Misconfigured {
        /// Status and code of what happened.
        reason: String,
    },
    /// Nobody waits for the answer any more.
    #[error("stopped")]
    Stopped,
    /// It answered twice with nothing that can be used.
    #[error("model gave no usable answer: {reason}")]
    Unusable {
        /// The finish reason.
        reason: String,
    },
}

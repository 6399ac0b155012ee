//! The assistant of one user, and what a turn of it returns.

use std::time::Duration;

use task::UserClock;

use crate::env::TurnEnv;
use crate::language::Language;
use crate::mcp::{McpClient, McpClientError};
use crate::model::{ChatModel, ModelError};
use crate::turn::{ToolCall, TurnOutcome};

/// How long one tool call may take.
pub const TOOL_TIMEOUT: Duration = Duration::from_secs(15);

/// Runs one turn for one user.
pub struct Assistant<'a> {
    /// The model.
    pub model: &'a dyn ChatModel,
    /// The server of the tools.
    pub mcp: &'a McpClient<'a>,
    /// Clock, wait and log.
    pub env: TurnEnv<'a>,
    /// What the user's clock shows.
    pub clock: &'a UserClock,
    /// Language of the assistant's own messages.
    pub language: Language,
    /// Identifies the turn among all of the user's. Idempotency keys of calls are made of it, so that no call is done twice.
    pub turn_id: &'a str,
}

/// The assistant's reply to a message.
#[derive(Debug, Clone)]
pub struct TurnReply {
    /// The text for the user.
    pub text: String,
    /// The calls of the whole turn, in order.
    pub calls: Vec<ToolCall>,
    /// How the turn ended.
    pub outcome: TurnOutcome,
}

/// Why a turn has no reply. `E` is the error of storing a step.
#[derive(Debug, thiserror::Error)]
pub enum TurnError<E> {
    /// The model failed before any call ran.
    #[error(transparent)]
    Model(ModelError),
    /// The list of tools could not be read.
    #[error(transparent)]
    Tools(McpClientError),
    /// A step could not be stored.
    #[error("step not stored")]
    Storage(E),
}

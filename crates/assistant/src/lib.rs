//! The assistant: one turn of a conversation, from the user's message to an answer. A [`ChatModel`] (Gemini, or the
//! offline assistant that needs no network) answers with text or tool calls; [`Assistant::run`] executes the calls at
//! the MCP server under the user's own token and asks again, within fixed limits.
//! It never decides who the user is, never touches the database, and takes the network, the clock and the log as
//! arguments.

mod confirm;
mod ending;
mod env;
mod execute;
mod gemini;
mod language;
mod mcp;
mod model;
mod observer;
mod offline;
mod prompt;
mod question;
mod rounds;
#[cfg(test)]
mod testing;
mod turn;
mod visible;

pub use env::{ChunkHandler, FetchStream, FetchWhole, StreamTimeouts, TransportError, TurnEnv};
pub use gemini::{GeminiModel, GeminiSettings};
pub use language::{Language, Texts};
pub use mcp::{CallOptions, McpClient, McpClientError, McpServer};
pub use model::{
    ChatModel, FinishReason, ModelError, ModelPrompt, ModelResponse, TokenUsage, ToolDeclaration, ToolRequest,
};
pub use observer::{SilentObserver, TurnEvent, TurnObserver};
pub use offline::OfflineModel;
pub use prompt::fits_in_prompt;
pub use question::{parse_yes_or_no, report};
pub use rounds::{Assistant, TOOL_TIMEOUT, TURN_SECONDS, TurnError, TurnReply};
pub use turn::{CallOutcome, ModelStep, RecordStep, Step, StepRecord, ToolCall, Turn, TurnOutcome};

//! The assistant: one turn of a conversation, from the user's message to the reply. A [`ChatModel`] (Gemini, or the offline
//! assistant that needs no network) responds with text or tool calls; [`Assistant::run`] makes the calls at the MCP server with
//! the user's own token and asks the model again, within fixed limits.
//! It never decides who the user is and never touches the database. Network, clock and log are arguments ([`TurnEnv`]).

mod agent;
mod day_words;
mod env;
mod gemini;
mod language;
mod mcp;
mod model;
mod observer;
mod offline;
mod prompt;
#[cfg(test)]
mod testing;
mod text;
pub mod tool_names;
mod turn;
mod yes_no;

pub use agent::{Assistant, MAX_QUESTIONS, TOOL_TIMEOUT, TurnError, TurnReply, report};
pub use env::{ChunkHandler, StreamTimeouts, TransportError, TurnEnv, TurnNetwork, WholeResponse};
pub use gemini::{GeminiModel, GeminiSettings};
pub use language::{Language, Texts};
pub use mcp::{CallOptions, McpClient, McpClientError, McpServer};
pub use model::{
    ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, TokenUsage, ToolDeclaration, ToolRequest,
};
pub use observer::{TurnEvent, TurnObserver};
pub use offline::OfflineModel;
pub use prompt::fits_in_prompt;
pub use turn::{CallOutcome, ModelStep, RecordStep, Step, StepRecord, ToolCall, Turn, TurnOutcome};
pub use yes_no::{SpokenDecision, parse_yes_or_no};

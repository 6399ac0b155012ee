//! The assistant: one turn of a conversation, from the user's message to an answer. A [`ChatModel`] (Gemini, or the
//! offline assistant that needs no network) answers with text or tool calls; [`Assistant::run`] executes the calls at
//! the MCP server under the user's own token and asks again, within fixed limits.
//! It never decides who the user is, never touches the database, and takes the network, the clock and the log as
//! arguments.

mod confirm;
mod ending;
mod execute;
mod gemini;
mod language;
mod mcp;
mod model;
mod offline;
mod outside;
mod prompt;
mod question;
mod rounds;
mod sse;
#[cfg(test)]
mod testing;
mod turn;
mod visible;

pub use gemini::{Gemini, Settings as GeminiSettings};
pub use language::{Language, Words};
pub use mcp::{Mcp, McpError, Server};
pub use model::{Answer, CallRequest, ChatModel, Finish, ModelError, Prompt, Tool, Usage};
pub use offline::Offline;
pub use outside::{Fetch, FetchError, Outside, Patience, Stream, Take};
pub use prompt::fits;
pub use question::{report, said_yes_or_no};
pub use rounds::{Assistant, Event, Kept, Reply, TOOL_TIME, TURN_SECONDS, TurnError, Witness};
pub use turn::{CallOutcome, ModelStep, Outcome, Step, ToolCall, Turn};

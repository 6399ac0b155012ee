//! The JSON response to a message, or to a decision.

use assistant::ToolCall;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct ChatResponse<'a> {
    pub(crate) conversation_id: i64,
    pub(crate) response: &'a str,
    pub(crate) tool_calls: &'a [ToolCall],
}

//! The next action of the offline assistant: calls of tools, or text.

use serde_json::{Map, Value};

use crate::model::ToolRequest;
use crate::turn::{CallOutcome, ToolCall};

/// Calls for one command.
pub(crate) const MAX_CALLS: usize = 8;

/// Tasks that one command may change.
pub(crate) const MAX_CHANGES: usize = 50;

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NextAction {
    /// Call tools.
    Call(Vec<ToolRequest>),
    /// Respond with a text.
    Say(String),
}

/// A call with these arguments.
pub(crate) fn call(name: &str, arguments: Value) -> ToolRequest {
    let arguments = match arguments {
        Value::Object(arguments) => arguments,
        _ => Map::new(),
    };
    ToolRequest { id: None, name: name.to_owned(), arguments }
}

/// The result of a call that succeeded.
pub(crate) fn call_result(call: &ToolCall) -> Option<&Value> {
    match &call.outcome {
        CallOutcome::Done { result } => Some(result),
        _ => None,
    }
}

//! The next action of the offline assistant: calls of tools, or text.

use serde_json::{Map, Value};

use crate::model::ToolRequest;
use crate::offline::act::reply::OfflineReply;

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NextAction {
    /// Call tools.
    Call(Vec<ToolRequest>),
    /// Respond.
    Say(OfflineReply),
}

/// A call with these arguments.
pub(crate) fn call(name: &str, arguments: Value) -> ToolRequest {
    let arguments = match arguments {
        Value::Object(arguments) => arguments,
        _ => Map::new(),
    };
    ToolRequest { id: None, name: name.to_owned(), arguments }
}

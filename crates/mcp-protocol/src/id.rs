//! The id that ties a JSON-RPC response to its request.

use serde::Serialize;
use serde_json::Number;

/// A string or an integer; the response repeats it as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RequestId {
    /// An integer.
    Number(Number),
    /// A string.
    Text(String),
}

//! JSON-RPC errors with the HTTP status under which they are sent.

use http::StatusCode;
use serde_json::{Value, json};

use crate::id::RequestId;

/// JSON-RPC error codes.
pub mod code {
    /// The body is not JSON.
    pub const PARSE_ERROR: i32 = -32700;
    /// The JSON is not a request, or the HTTP request around it is wrong.
    pub const INVALID_REQUEST: i32 = -32600;
    /// The server has no such method.
    pub const METHOD_NOT_FOUND: i32 = -32601;
    /// The method's parameters are wrong.
    pub const INVALID_PARAMS: i32 = -32602;
    /// The server failed.
    pub const INTERNAL_ERROR: i32 = -32603;
    /// A header and the body contradict each other.
    pub const HEADER_MISMATCH: i32 = -32020;
    /// A modern request in a version that the server does not speak.
    pub const UNSUPPORTED_VERSION: i32 = -32022;
}

/// Longest piece of a client's text that an error message repeats, in characters.
const EXCERPT_CHARS: usize = 100;

/// A JSON-RPC error and the HTTP status of its response.
#[derive(Debug, PartialEq)]
pub struct RpcError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The request's id, where it is known.
    pub id: Option<RequestId>,
    /// One of [`code`].
    pub code: i32,
    /// For people.
    pub message: String,
    /// For programs.
    pub data: Option<Value>,
}

impl RpcError {
    /// An error without an id.
    pub fn new(status: StatusCode, code: i32, message: impl Into<String>) -> Self {
        Self { status, id: None, code, message: message.into(), data: None }
    }

    /// The HTTP request itself is wrong: status 400.
    pub(crate) fn bad_request(code: i32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// The method fails while the transport works: status 200.
    pub(crate) fn of_method(code: i32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::OK, code, message)
    }

    /// A call of a tool that does not exist.
    pub fn unknown_tool(id: &RequestId, name: &str) -> Self {
        let error = Self::of_method(code::INVALID_PARAMS, format!("Unknown tool: {}", excerpt(name)));
        Self { id: Some(id.clone()), ..error }
    }

    /// The JSON-RPC message.
    pub fn body(&self) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(data) = &self.data {
            error["data"] = data.clone();
        }
        let mut body = json!({ "jsonrpc": "2.0", "error": error });
        if let Some(id) = &self.id {
            body["id"] = json!(id);
        }
        body
    }
}

/// A client's text, cut to what an error message may repeat.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

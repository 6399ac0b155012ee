//! What goes back: results as each era wants them, and errors with their HTTP status.

use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::era::{Era, MODERN_VERSIONS};
use crate::message::Id;
use crate::{Request, ServerInfo};

/// JSON-RPC error codes.
pub mod code {
    /// The body is not JSON.
    pub const PARSE_ERROR: i32 = -32700;
    /// The JSON is not a request, or the HTTP request around it is wrong.
    pub const INVALID_REQUEST: i32 = -32600;
    /// No such method.
    pub const METHOD_NOT_FOUND: i32 = -32601;
    /// The method's parameters are wrong.
    pub const INVALID_PARAMS: i32 = -32602;
    /// A fault of the server.
    pub const INTERNAL_ERROR: i32 = -32603;
    /// Header and body contradict each other.
    pub const HEADER_MISMATCH: i32 = -32020;
    /// A modern request in a version the server does not speak.
    pub const UNSUPPORTED_VERSION: i32 = -32022;
}

/// How long a client may keep what is the same for everyone.
const CACHE_MS: u32 = 3_600_000;
/// Longest piece of a client's text that an error repeats, in characters.
const SHOWN: usize = 100;

/// A JSON-RPC error and the HTTP status it travels under.
#[derive(Debug, PartialEq)]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// The request's id, where it is known.
    pub id: Option<Id>,
    /// One of [`code`].
    pub code: i32,
    /// For people.
    pub message: String,
    /// For programs.
    pub data: Option<Value>,
}

impl Failure {
    /// An error without an id.
    pub fn new(status: StatusCode, code: i32, message: impl Into<String>) -> Self {
        Self { status, id: None, code, message: message.into(), data: None }
    }

    pub(crate) fn bad_request(code: i32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// An error of the call, not of the transport: HTTP 200.
    pub(crate) fn answered(code: i32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::OK, code, message)
    }

    /// A call of a tool that does not exist.
    pub fn unknown_tool(id: &Id, name: &str) -> Self {
        let failure = Self::answered(code::INVALID_PARAMS, format!("Unknown tool: {}", shown(name)));
        Self { id: Some(id.clone()), ..failure }
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

/// A tool as `tools/list` shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tool {
    /// What a call names.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it does, for the model.
    pub description: &'static str,
    /// JSON Schema of the arguments.
    pub input_schema: Value,
    /// JSON Schema of the structured result.
    pub output_schema: Value,
    /// What a host may assume before it asks the user.
    pub annotations: Hints,
}

/// What a host may assume of a tool before it asks the user; all given, since the defaults assume the worst.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hints {
    /// Changes nothing.
    pub read_only_hint: bool,
    /// May overwrite or remove.
    pub destructive_hint: bool,
    /// A second call with the same arguments changes nothing more.
    pub idempotent_hint: bool,
    /// Reaches beyond the server's own data.
    pub open_world_hint: bool,
}

/// How a call of a tool ended.
#[derive(Debug, PartialEq)]
pub enum ToolOutcome {
    /// The structured result, and the same as text for the model.
    Done {
        /// An object that the tool's output schema describes.
        structured: Value,
        /// The same in one line.
        text: String,
    },
    /// What went wrong and what to do next, for the model.
    Failed(String),
}

impl Request {
    /// The answer to `server/discover`.
    pub fn discovered(&self, server: &ServerInfo, instructions: &str) -> Value {
        let result = json!({ "supportedVersions": MODERN_VERSIONS, "capabilities": { "tools": {} }, "instructions": instructions });
        self.reply(server, cacheable(self.era, result))
    }

    /// The answer to `initialize`.
    pub fn initialized(&self, server: &ServerInfo, version: &str, instructions: &str) -> Value {
        let result = json!({
            "protocolVersion": version,
            "capabilities": { "tools": {} },
            "serverInfo": server,
            "instructions": instructions,
        });
        self.reply(server, result)
    }

    /// The answer to `ping`.
    pub fn pong(&self, server: &ServerInfo) -> Value {
        self.reply(server, Value::Object(Map::new()))
    }

    /// The answer to `tools/list`.
    pub fn tools(&self, server: &ServerInfo, tools: &[Tool]) -> Value {
        self.reply(server, cacheable(self.era, json!({ "tools": tools })))
    }

    /// The answer to `tools/call`.
    pub fn called(&self, server: &ServerInfo, outcome: ToolOutcome) -> Value {
        let text = |text: String| json!([{ "type": "text", "text": text }]);
        let result = match outcome {
            ToolOutcome::Done { structured, text: line } => {
                json!({ "content": text(line), "structuredContent": structured })
            }
            ToolOutcome::Failed(why) => json!({ "content": text(why), "isError": true }),
        };
        self.reply(server, result)
    }

    fn reply(&self, server: &ServerInfo, mut result: Value) -> Value {
        if self.era == Era::Modern {
            result["resultType"] = json!("complete");
            result["_meta"] = json!({ "io.modelcontextprotocol/serverInfo": server });
        }
        json!({ "jsonrpc": "2.0", "id": self.id, "result": result })
    }
}

/// Marks what is the same for every caller; a legacy client knows no such mark.
fn cacheable(era: Era, mut result: Value) -> Value {
    if era == Era::Modern {
        result["ttlMs"] = json!(CACHE_MS);
        result["cacheScope"] = json!("public");
    }
    result
}

/// A client's text, cut to what an error may repeat.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

//! What goes back: results as each era wants them, and errors with their HTTP status.

use http::StatusCode;
use serde::Serialize;
use serde_json::value::RawValue;
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
#[derive(Debug)]
pub enum ToolOutcome {
    /// The structured result, an object that the tool's output schema describes; the model gets the same as text.
    Done(Box<RawValue>),
    /// What went wrong and what to do next, for the model.
    Failed(String),
}

/// A JSON-RPC answer, as the era of its request wants it.
#[derive(Debug, Serialize)]
pub struct Answer<'a, T> {
    jsonrpc: &'static str,
    id: &'a Id,
    result: Complete<'a, T>,
}

#[derive(Debug, Serialize)]
struct Complete<'a, T> {
    #[serde(flatten)]
    result: T,
    #[serde(flatten)]
    modern: Option<Modern<'a>>,
}

#[derive(Debug, Serialize)]
struct Modern<'a> {
    #[serde(rename = "resultType")]
    result_type: &'static str,
    #[serde(rename = "_meta")]
    meta: Meta<'a>,
}

#[derive(Debug, Serialize)]
struct Meta<'a> {
    #[serde(rename = "io.modelcontextprotocol/serverInfo")]
    server: &'a ServerInfo,
}

/// The result of a call.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Called<'a> {
    content: [Content<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    structured_content: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_error: bool,
}

#[derive(Debug, Serialize)]
struct Content<'a> {
    r#type: &'static str,
    text: &'a str,
}

impl Request {
    /// The answer to `server/discover`.
    pub fn discovered<'a>(&'a self, server: &'a ServerInfo, instructions: &str) -> Answer<'a, Value> {
        let result = json!({ "supportedVersions": MODERN_VERSIONS, "capabilities": { "tools": {} }, "instructions": instructions });
        self.reply(server, cacheable(self.era, result))
    }

    /// The answer to `initialize`.
    pub fn initialized<'a>(&'a self, server: &'a ServerInfo, version: &str, instructions: &str) -> Answer<'a, Value> {
        let result = json!({
            "protocolVersion": version,
            "capabilities": { "tools": {} },
            "serverInfo": server,
            "instructions": instructions,
        });
        self.reply(server, result)
    }

    /// The answer to `ping`.
    pub fn pong<'a>(&'a self, server: &'a ServerInfo) -> Answer<'a, Value> {
        self.reply(server, Value::Object(Map::new()))
    }

    /// The answer to `tools/list`.
    pub fn tools<'a>(&'a self, server: &'a ServerInfo, tools: &[Tool]) -> Answer<'a, Value> {
        self.reply(server, cacheable(self.era, json!({ "tools": tools })))
    }

    /// The answer to `tools/call`.
    pub fn called<'a>(&'a self, server: &'a ServerInfo, outcome: &'a ToolOutcome) -> Answer<'a, Called<'a>> {
        let (text, structured_content) = match outcome {
            ToolOutcome::Done(structured) => (structured.get(), Some(&**structured)),
            ToolOutcome::Failed(why) => (why.as_str(), None),
        };
        let content = [Content { r#type: "text", text }];
        self.reply(server, Called { content, structured_content, is_error: structured_content.is_none() })
    }

    fn reply<'a, T>(&'a self, server: &'a ServerInfo, result: T) -> Answer<'a, T> {
        let modern = (self.era == Era::Modern).then_some(Modern { result_type: "complete", meta: Meta { server } });
        Answer { jsonrpc: "2.0", id: &self.id, result: Complete { result, modern } }
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

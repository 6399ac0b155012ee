//! The tools, as the MCP server offers them: JSON-RPC over HTTP, protocol 2025-11-25, without a session. The server
//! takes the user from the bearer token that is passed on; it is told of no user by name.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::model::Tool;
use crate::outside::{FetchError, Outside};

const PROTOCOL: &str = "2025-11-25";
const MOST_TOOLS: usize = 64;
/// Before a call is made again: a server that is being replaced is back in a moment.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];
/// Our own server does this only once for each key.
const ADD_TOOL: &str = "add_task";

/// The MCP server, for one user.
pub struct Mcp<'a> {
    /// Address of its endpoint.
    pub url: &'a str,
    /// The user's access token.
    pub token: &'a str,
    /// The names of the tools that may be used; all if empty.
    pub allowed: &'a [String],
    /// The network and the memory.
    pub outside: Outside<'a>,
    /// The user, under whose name the list of tools is remembered.
    pub known_as: &'a str,
}

/// The server could not be used at all. For the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("MCP server: {0}")]
pub struct McpError(pub String);

#[derive(Deserialize)]
struct Envelope {
    result: Option<Value>,
    error: Option<RpcError>,
}

#[derive(Deserialize)]
struct RpcError {
    code: i64,
    message: String,
}

#[derive(Serialize, Deserialize)]
struct ToolList {
    tools: Vec<DeclaredTool>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeclaredTool {
    name: String,
    #[serde(default)]
    description: String,
    input_schema: Value,
    #[serde(default)]
    annotations: Hints,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Hints {
    read_only_hint: bool,
    destructive_hint: Option<bool>,
    idempotent_hint: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CallResult {
    #[serde(default)]
    content: Vec<Block>,
    structured_content: Option<Value>,
    #[serde(default)]
    is_error: bool,
}

#[derive(Deserialize)]
struct Block {
    #[serde(default)]
    text: String,
}

impl Mcp<'_> {
    /// The tools that the server offers to this user, or offered a short while ago: a call is judged by the server anyway.
    pub(crate) fn tools(&self, timeout: Duration) -> Result<Vec<Tool>, McpError> {
        let name = format!("tools:{}:{}", self.url, self.known_as);
        let remembered = (self.outside.recall)(&name).and_then(|list| serde_json::from_str(&list).ok());
        let list = match remembered {
            Some(list) => list,
            None => {
                let list = self.ask_for_tools(timeout)?;
                if let Ok(text) = serde_json::to_string(&list) {
                    (self.outside.remember)(&name, &text);
                }
                list
            }
        };
        let usable = |tool: &DeclaredTool| is_function_name(&tool.name) && self.allows(&tool.name);
        let declared = |tool: DeclaredTool| Tool {
            destructive: !tool.annotations.read_only_hint && tool.annotations.destructive_hint.unwrap_or(true),
            repeatable: tool.annotations.read_only_hint || tool.annotations.idempotent_hint || tool.name == ADD_TOOL,
            name: tool.name,
            description: tool.description,
            schema: tool.input_schema,
        };
        Ok(list.tools.into_iter().filter(usable).take(MOST_TOOLS).map(declared).collect())
    }

    /// Whether the server answers this user.
    pub fn reach(&self, timeout: Duration) -> Result<(), McpError> {
        self.ask_for_tools(timeout).map(drop)
    }

    fn ask_for_tools(&self, timeout: Duration) -> Result<ToolList, McpError> {
        let result = self.request("tools/list", json!({}), ("", true), timeout)?.map_err(|error| {
            McpError(format!("tools/list was answered with error {}", error.code)) // its text may hold anything
        })?;
        serde_json::from_value(result).map_err(|_| McpError("tools/list: unknown shape".into()))
    }

    fn allows(&self, name: &str) -> bool {
        self.allowed.is_empty() || self.allowed.iter().any(|allowed| allowed == name)
    }

    /// Calls one tool, under a key by which the server knows a call that it has done already (none if empty). A call whose
    /// answer got lost is made again only if it is `repeatable`. An `Err` is for the model (and the user): one sentence,
    /// what is wrong.
    pub fn call(
        &self,
        name: &str,
        arguments: &Map<String, Value>,
        (key, repeatable): (&str, bool),
        timeout: Duration,
    ) -> Result<Value, String> {
        const TEMPORARY: &str = "The task tools cannot be reached at the moment; whether it was done is not known.";
        let params = json!({"name": name, "arguments": arguments});
        let answered =
            self.request("tools/call", params, (key, repeatable), timeout).map_err(|_| TEMPORARY.to_owned())?;
        let result = answered.map_err(|error| error.message)?;
        let result: CallResult = serde_json::from_value(result).map_err(|_| TEMPORARY.to_owned())?;
        let text = result.content.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n");
        match (result.is_error, result.structured_content) {
            (true, _) if text.is_empty() => Err("The tool failed without saying why.".into()),
            (true, _) => Err(text),
            (false, Some(value)) => Ok(value),
            (false, None) => Ok(json!({ "text": text })),
        }
    }

    fn request(
        &self,
        method: &str,
        params: Value,
        (key, repeatable): (&str, bool),
        timeout: Duration,
    ) -> Result<Result<Value, RpcError>, McpError> {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string();
        let mut request = Request::post(self.url)
            .header("content-type", "application/json")
            .header("content-length", body.len())
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", PROTOCOL)
            .header("authorization", format!("Bearer {}", self.token));
        if !key.is_empty() {
            request = request.header("idempotency-key", key); // for a server that does nothing twice
        }
        let request = request.body(body.into_bytes()).map_err(|error| McpError(error.to_string()))?;
        let response = self.send(&request, repeatable, timeout).map_err(|error| McpError(error.to_string()))?;
        if response.status() != StatusCode::OK {
            return Err(McpError(format!("{method} was answered with HTTP {}", response.status().as_u16())));
        }
        let envelope: Envelope =
            serde_json::from_slice(response.body()).map_err(|_| McpError(format!("{method}: not JSON-RPC")))?;
        match (envelope.result, envelope.error) {
            (Some(result), None) => Ok(Ok(result)),
            (_, Some(error)) => Ok(Err(error)),
            (None, None) => Err(McpError(format!("{method}: neither result nor error"))),
        }
    }

    /// Sends a request, also again, until `timeout` has passed.
    fn send(
        &self,
        request: &Request<Vec<u8>>,
        repeatable: bool,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, FetchError> {
        let until = (self.outside.now_ms)() + u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        let mut pauses = PAUSES.into_iter();
        loop {
            let answer = (self.outside.fetch)(request.clone(), self.outside.time_until(until, timeout));
            match pauses.next().filter(|pause| self.outside.time_until(until, timeout) > *pause) {
                Some(pause) if may_repeat(&answer, repeatable) => (self.outside.sleep)(pause),
                _ => return answer,
            }
        }
    }
}

/// Whether a call may be made again: it did not reach the server, or may be done twice.
fn may_repeat(answer: &Result<Response<Vec<u8>>, FetchError>, repeatable: bool) -> bool {
    match answer {
        Ok(response) => match response.status() {
            StatusCode::SERVICE_UNAVAILABLE => true,
            StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => repeatable,
            _ => false,
        },
        Err(FetchError::Unreached(_)) => true,
        Err(FetchError::Failed(_)) => repeatable,
        Err(FetchError::Stopped) => false,
    }
}

/// What Gemini takes as the name of a function.
fn is_function_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let rest = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-'));
    first && rest && name.len() <= 128
}

#[cfg(test)]
#[path = "mcp_tests.rs"]
mod tests;

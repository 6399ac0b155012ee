//! JSON-RPC results, in the form of their request's era.

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::id::RequestId;
use crate::request::{EmptyList, McpRequest};
use crate::tool::{McpTool, ToolOutcome};
use crate::version::{Era, MODERN_VERSIONS};

/// How long a client may keep a result, in milliseconds: a roll-out reaches every client within that time.
const CACHE_MS: u32 = 300_000;

/// For whom a client may keep a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CacheScope {
    /// It is the same for every user.
    Public,
    /// It belongs to one access token.
    Private,
}

/// How the server introduces itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ServerInfo {
    /// The name for programs.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The server's version.
    pub version: &'static str,
}

/// A JSON-RPC response with a result.
#[derive(Debug, Serialize)]
pub struct RpcResponse<'a, T> {
    jsonrpc: &'static str,
    id: &'a RequestId,
    result: ResultFields<'a, T>,
}

#[derive(Debug, Serialize)]
struct ResultFields<'a, T> {
    #[serde(flatten)]
    result: T,
    #[serde(flatten)]
    modern: Option<ModernFields<'a>>,
}

#[derive(Debug, Serialize)]
struct ModernFields<'a> {
    #[serde(rename = "resultType")]
    result_type: &'static str,
    #[serde(rename = "_meta")]
    meta: ResultMeta<'a>,
}

#[derive(Debug, Serialize)]
struct ResultMeta<'a> {
    #[serde(rename = "io.modelcontextprotocol/serverInfo")]
    server: &'a ServerInfo,
}

/// The result of `tools/call`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallToolResult<'a> {
    content: [TextContent<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    structured_content: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_error: bool,
}

#[derive(Debug, Serialize)]
struct TextContent<'a> {
    r#type: &'static str,
    text: &'a str,
}

impl McpRequest {
    /// The response to `server/discover`.
    pub fn discover_result<'a>(&'a self, server: &'a ServerInfo, instructions: &str) -> RpcResponse<'a, Value> {
        let result = json!({ "supportedVersions": MODERN_VERSIONS, "capabilities": { "tools": {} }, "instructions": instructions });
        self.respond(server, cacheable(self.era, CacheScope::Public, result))
    }

    /// The response to `initialize`.
    pub fn initialize_result<'a>(
        &'a self,
        server: &'a ServerInfo,
        version: &str,
        instructions: &str,
    ) -> RpcResponse<'a, Value> {
        let result = json!({
            "protocolVersion": version,
            "capabilities": { "tools": {} },
            "serverInfo": server,
            "instructions": instructions,
        });
        self.respond(server, result)
    }

    /// The response to `ping`.
    pub fn ping_result<'a>(&'a self, server: &'a ServerInfo) -> RpcResponse<'a, Value> {
        self.respond(server, Value::Object(Map::new()))
    }

    /// The response to `tools/list`; `scope` is who else would get the same tools.
    pub fn list_tools_result<'a>(
        &'a self,
        server: &'a ServerInfo,
        tools: &[McpTool],
        scope: CacheScope,
    ) -> RpcResponse<'a, Value> {
        self.respond(server, cacheable(self.era, scope, json!({ "tools": tools })))
    }

    /// The response to the list of something that this server does not have.
    pub fn list_nothing_result<'a>(&'a self, server: &'a ServerInfo, list: EmptyList) -> RpcResponse<'a, Value> {
        self.respond(server, cacheable(self.era, CacheScope::Public, json!({ list.member(): [] })))
    }

    /// The response to `tools/call`.
    pub fn call_tool_result<'a>(
        &'a self,
        server: &'a ServerInfo,
        outcome: &'a ToolOutcome,
    ) -> RpcResponse<'a, CallToolResult<'a>> {
        let (text, structured_content) = match outcome {
            ToolOutcome::Done(structured) => (structured.get(), Some(&**structured)),
            ToolOutcome::Failed(why) => (why.as_str(), None),
        };
        let content = [TextContent { r#type: "text", text }];
        self.respond(server, CallToolResult { content, structured_content, is_error: structured_content.is_none() })
    }

    fn respond<'a, T>(&'a self, server: &'a ServerInfo, result: T) -> RpcResponse<'a, T> {
        let modern =
            (self.era == Era::Modern).then_some(ModernFields { result_type: "complete", meta: ResultMeta { server } });
        RpcResponse { jsonrpc: "2.0", id: &self.id, result: ResultFields { result, modern } }
    }
}

/// Says how long and for whom a result may be kept; legacy clients know no such mark.
fn cacheable(era: Era, scope: CacheScope, mut result: Value) -> Value {
    if era == Era::Modern {
        result["ttlMs"] = json!(CACHE_MS);
        result["cacheScope"] = json!(scope);
    }
    result
}

//! The requests this server understands, with their parameters read.

use serde_json::{Map, Value};

use crate::error::{RpcError, code, excerpt};
use crate::headers::detect_era;
use crate::id::RequestId;
use crate::json_rpc::{self, JsonRpcRequest};
use crate::version::{Era, LEGACY_VERSIONS};

/// A request that the server understands.
#[derive(Debug)]
pub struct McpRequest {
    /// The response repeats it.
    pub id: RequestId,
    /// Decides the form of the response.
    pub era: Era,
    /// The method with its parameters.
    pub method: McpMethod,
}

/// A method with its parameters.
#[derive(Debug, PartialEq)]
pub enum McpMethod {
    /// `server/discover`, modern only.
    Discover,
    /// `initialize`, legacy only, with the version both sides will speak.
    Initialize(&'static str),
    /// `ping`, legacy only.
    Ping,
    /// `tools/list`.
    ListTools,
    /// `tools/call`.
    CallTool(CallToolParams),
}

/// The parameters of `tools/call`.
#[derive(Debug, PartialEq)]
pub struct CallToolParams {
    /// The tool's name, which may be unknown.
    pub name: String,
    /// The arguments; empty where none were sent.
    pub arguments: Map<String, Value>,
}

/// Reads a posted body; `header` returns the value of a header by its lower-case name.
/// `None` is a message that gets no result: HTTP 202.
pub fn parse_request<'a>(
    body: &[u8],
    header: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<Option<McpRequest>, RpcError> {
    let Some(message) = json_rpc::parse(body)? else { return Ok(None) };
    let id = message.id.clone();
    request(message, header).map(Some).map_err(|error| RpcError { id: Some(id), ..error })
}

fn request<'a>(message: JsonRpcRequest, header: &dyn Fn(&str) -> Option<&'a str>) -> Result<McpRequest, RpcError> {
    let era = detect_era(&message, header)?;
    let method = match (message.method.as_str(), era) {
        ("server/discover", Era::Modern) => McpMethod::Discover,
        ("initialize", Era::Legacy) => McpMethod::Initialize(initialize_version(message.params)?),
        ("ping", Era::Legacy) => McpMethod::Ping,
        ("tools/list", _) => list_tools(message.params)?,
        ("tools/call", _) => McpMethod::CallTool(call_tool(message.params)?),
        (unknown, era) => return Err(method_not_found(unknown, era)),
    };
    Ok(McpRequest { id: message.id, era, method })
}

/// The requested version if it is known, else the newest.
fn initialize_version(params: Option<Value>) -> Result<&'static str, RpcError> {
    let asked = params.as_ref().and_then(|params| params.get("protocolVersion")).and_then(Value::as_str);
    let asked = asked.ok_or_else(|| invalid("protocolVersion must be a string"))?;
    Ok(LEGACY_VERSIONS.into_iter().find(|version| *version == asked).unwrap_or(LEGACY_VERSIONS[0]))
}

/// All tools fit on one page, so the server never sends a cursor.
fn list_tools(params: Option<Value>) -> Result<McpMethod, RpcError> {
    match params.as_ref().and_then(|params| params.get("cursor")) {
        None | Some(Value::Null) => Ok(McpMethod::ListTools),
        Some(_) => Err(RpcError::of_method(code::INVALID_PARAMS, "Invalid cursor")),
    }
}

fn call_tool(params: Option<Value>) -> Result<CallToolParams, RpcError> {
    let Some(Value::Object(mut params)) = params else { return Err(invalid("params must be an object")) };
    let Some(Value::String(name)) = params.remove("name") else { return Err(invalid("name must be a string")) };
    let arguments = match params.remove("arguments") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(arguments)) => arguments,
        Some(_) => return Err(invalid("arguments must be an object")),
    };
    Ok(CallToolParams { name, arguments })
}

fn invalid(what: &str) -> RpcError {
    RpcError::of_method(code::INVALID_PARAMS, format!("Invalid params: {what}"))
}

fn method_not_found(method: &str, era: Era) -> RpcError {
    let text = format!("Method not found: {}", excerpt(method));
    match era {
        Era::Modern => RpcError::new(http::StatusCode::NOT_FOUND, code::METHOD_NOT_FOUND, text),
        // A legacy client reads 404 as a failure of the transport.
        Era::Legacy => RpcError::of_method(code::METHOD_NOT_FOUND, text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn legacy(method: &str, params: Value) -> Result<McpMethod, (i32, u16)> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let request = parse_request(body.to_string().as_bytes(), &|_| None);
        request.map(|request| request.unwrap().method).map_err(|error| {
            assert!(error.id.is_some());
            (error.code, error.status.as_u16())
        })
    }

    fn modern(method: &str) -> Result<McpMethod, (i32, u16)> {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": { "_meta": meta } });
        let header = |name: &str| match name {
            "mcp-protocol-version" => Some("2026-07-28"),
            "mcp-method" => Some(method),
            _ => None,
        };
        let request = parse_request(body.to_string().as_bytes(), &header);
        request.map(|request| request.unwrap().method).map_err(|error| (error.code, error.status.as_u16()))
    }

    #[test]
    fn each_era_has_its_own_methods() {
        assert_eq!(modern("server/discover"), Ok(McpMethod::Discover));
        assert_eq!(modern("tools/list"), Ok(McpMethod::ListTools));
        assert_eq!(legacy("tools/list", Value::Null), Ok(McpMethod::ListTools));
        assert_eq!(legacy("ping", json!({})), Ok(McpMethod::Ping));
        for method in
            ["initialize", "ping", "logging/setLevel", "resources/list", "prompts/get", "subscriptions/listen"]
        {
            assert_eq!(modern(method), Err((-32601, 404)), "{method}");
        }
        for method in ["server/discover", "logging/setLevel", "resources/read", "prompts/list", "", "Ping"] {
            assert_eq!(legacy(method, json!({})), Err((-32601, 200)), "{method}");
        }
    }

    #[test]
    fn initialize_agrees_on_a_version() {
        let version = |asked: &str| legacy("initialize", json!({ "protocolVersion": asked }));
        for known in LEGACY_VERSIONS {
            assert_eq!(version(known), Ok(McpMethod::Initialize(known)));
        }
        assert_eq!(version("2026-07-28"), Ok(McpMethod::Initialize("2025-11-25")));
        assert_eq!(version("1.0"), Ok(McpMethod::Initialize("2025-11-25")));
        assert_eq!(legacy("initialize", json!({})), Err((-32602, 200)));
        assert_eq!(legacy("initialize", json!({ "protocolVersion": 2025 })), Err((-32602, 200)));
    }

    #[test]
    fn a_malformed_tool_call_is_a_protocol_error() {
        for params in [
            Value::Null,
            json!([]),
            json!("add_task"),
            json!({}),
            json!({ "name": 7 }),
            json!({ "name": "add_task", "arguments": [] }),
            json!({ "name": "add_task", "arguments": "{}" }),
        ] {
            assert_eq!(legacy("tools/call", params.clone()), Err((-32602, 200)), "{params}");
        }
        assert_eq!(legacy("tools/list", json!({ "cursor": "2" })), Err((-32602, 200)));
        let empty = Ok(McpMethod::CallTool(CallToolParams { name: "add_task".into(), arguments: Map::new() }));
        assert_eq!(legacy("tools/call", json!({ "name": "add_task" })), empty);
        assert_eq!(legacy("tools/call", json!({ "name": "add_task", "arguments": null })), empty);
    }
}

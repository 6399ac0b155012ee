//! The requests this server understands, with their parameters read.

use serde_json::{Map, Value};

use crate::error::{RpcError, code, excerpt};
use crate::headers::detect_era;
use crate::id::RequestId;
use crate::json_rpc::{self, JsonRpcRequest};
use crate::json_text;
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
    /// A list of what this server has nothing of. Several clients ask without looking at the capabilities.
    ListNothing(EmptyList),
}

/// A list that is always empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyList {
    /// `prompts/list`.
    Prompts,
    /// `resources/list`.
    Resources,
    /// `resources/templates/list`.
    ResourceTemplates,
}

impl EmptyList {
    /// The member of the result that holds the list.
    pub(crate) fn member(self) -> &'static str {
        match self {
            Self::Prompts => "prompts",
            Self::Resources => "resources",
            Self::ResourceTemplates => "resourceTemplates",
        }
    }
}

/// The parameters of `tools/call`.
#[derive(Debug, PartialEq)]
pub struct CallToolParams {
    /// The tool's name, which may be unknown.
    pub name: String,
    /// The arguments, empty where none were sent; `None` is a text that is no JSON object.
    pub arguments: Option<Map<String, Value>>,
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
        ("tools/list", _) => only_page(message.params, McpMethod::ListTools)?,
        ("prompts/list", _) => only_page(message.params, McpMethod::ListNothing(EmptyList::Prompts))?,
        ("resources/list", _) => only_page(message.params, McpMethod::ListNothing(EmptyList::Resources))?,
        ("resources/templates/list", _) => {
            only_page(message.params, McpMethod::ListNothing(EmptyList::ResourceTemplates))?
        }
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

/// Every list fits on one page, so the server never sends a cursor. An empty one is none.
fn only_page(params: Option<Value>, method: McpMethod) -> Result<McpMethod, RpcError> {
    match params.as_ref().and_then(|params| params.get("cursor")) {
        None | Some(Value::Null) => Ok(method),
        Some(Value::String(cursor)) if cursor.is_empty() => Ok(method),
        Some(_) => Err(RpcError::of_method(code::INVALID_PARAMS, "Invalid cursor")),
    }
}

fn call_tool(params: Option<Value>) -> Result<CallToolParams, RpcError> {
    let Some(Value::Object(mut params)) = params else { return Err(invalid("params must be an object")) };
    let Some(Value::String(name)) = params.remove("name") else { return Err(invalid("name must be a string")) };
    let arguments = match params.remove("arguments") {
        Some(Value::String(text)) if text.trim().is_empty() => Some(Map::new()),
        Some(Value::String(text)) => json_text::parse(text.as_bytes()).and_then(object),
        None => Some(Map::new()),
        Some(sent) => Some(object(sent).ok_or_else(|| invalid("arguments must be an object"))?),
    };
    Ok(CallToolParams { name, arguments })
}

/// The arguments that a value holds. Clients that have none send `null` or an empty list, too.
fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Null => Some(Map::new()),
        Value::Array(items) if items.is_empty() => Some(Map::new()),
        Value::Object(arguments) => Some(arguments),
        _ => None,
    }
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
            ["initialize", "ping", "logging/setLevel", "resources/read", "prompts/get", "subscriptions/listen"]
        {
            assert_eq!(modern(method), Err((-32601, 404)), "{method}");
        }
        for method in ["server/discover", "logging/setLevel", "resources/read", "prompts/get", "", "Ping"] {
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
            json!({ "name": "add_task", "arguments": [1] }),
            json!({ "name": "add_task", "arguments": 7 }),
        ] {
            assert_eq!(legacy("tools/call", params.clone()), Err((-32602, 200)), "{params}");
        }
        assert_eq!(legacy("tools/list", json!({ "cursor": "2" })), Err((-32602, 200)));
    }

    #[test]
    fn arguments_may_be_missing_or_a_json_text() {
        let call = |params: Value| match legacy("tools/call", params).unwrap() {
            McpMethod::CallTool(call) => call.arguments,
            other => panic!("{other:?}"),
        };
        assert_eq!(call(json!({ "name": "add_task" })), Some(Map::new()));
        for none in [json!(null), json!(""), json!(" "), json!([]), json!("[]"), json!("null"), json!("{}")] {
            assert_eq!(call(json!({ "name": "add_task", "arguments": none })), Some(Map::new()), "{none}");
        }
        let title = json!({ "title": "x" });
        let text = call(json!({ "name": "add_task", "arguments": title.to_string() }));
        assert_eq!(text.as_ref(), title.as_object());
        for text in ["milk", "[1]", "7", "{title", "\"x\""] {
            assert_eq!(call(json!({ "name": "add_task", "arguments": text })), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_nothing_is_no_error() {
        for (method, list) in [
            ("prompts/list", EmptyList::Prompts),
            ("resources/list", EmptyList::Resources),
            ("resources/templates/list", EmptyList::ResourceTemplates),
        ] {
            assert_eq!(modern(method), Ok(McpMethod::ListNothing(list)));
            assert_eq!(legacy(method, json!({ "cursor": "" })), Ok(McpMethod::ListNothing(list)));
            assert_eq!(legacy(method, json!({ "cursor": "2" })), Err((-32602, 200)), "{method}");
        }
        assert_eq!(legacy("tools/list", json!({ "cursor": "" })), Ok(McpMethod::ListTools));
    }
}

//! The requests this server understands, with their parameters read.

use serde_json::{Map, Value};

use crate::era::{self, Era, LEGACY_VERSIONS};
use crate::message::{self, Call, Id};
use crate::reply::{Failure, code, shown};

/// A request that can be answered.
#[derive(Debug)]
pub struct Request {
    /// What the answer must carry.
    pub id: Id,
    /// How the answer must look.
    pub era: Era,
    /// What is wanted.
    pub method: Method,
}

/// What is wanted.
#[derive(Debug, PartialEq)]
pub enum Method {
    /// `server/discover`, modern only.
    Discover,
    /// `initialize`, legacy only, with the version both sides will speak.
    Initialize(&'static str),
    /// `ping`, legacy only.
    Ping,
    /// `tools/list`.
    ListTools,
    /// `tools/call`.
    CallTool(ToolCall),
}

/// Which tool to call, and with what.
#[derive(Debug, PartialEq)]
pub struct ToolCall {
    /// The tool's name, not looked up yet.
    pub name: String,
    /// Its arguments, empty when none were given.
    pub arguments: Map<String, Value>,
}

/// Reads a posted body; `header` answers the value of a header by its lower-case name.
/// `None` is a message that wants no answer: HTTP 202.
pub fn read<'a>(body: &[u8], header: &dyn Fn(&str) -> Option<&'a str>) -> Result<Option<Request>, Failure> {
    let Some(call) = message::parse(body)? else { return Ok(None) };
    let id = call.id.clone();
    match request(call, header) {
        Ok(request) => Ok(Some(request)),
        Err(failure) => Err(Failure { id: Some(id), ..failure }),
    }
}

fn request<'a>(call: Call, header: &dyn Fn(&str) -> Option<&'a str>) -> Result<Request, Failure> {
    let era = era::of(&call, header)?;
    let method = match (call.method.as_str(), era) {
        ("server/discover", Era::Modern) => Method::Discover,
        ("initialize", Era::Legacy) => Method::Initialize(version(call.params)?),
        ("ping", Era::Legacy) => Method::Ping,
        ("tools/list", _) => list(call.params)?,
        ("tools/call", _) => Method::CallTool(tool_call(call.params)?),
        (unknown, era) => return Err(Failure::method_not_found(unknown, era)),
    };
    Ok(Request { id: call.id, era, method })
}

/// The asked version if it is a known one, else the newest.
fn version(params: Option<Value>) -> Result<&'static str, Failure> {
    let asked = params.as_ref().and_then(|params| params.get("protocolVersion")).and_then(Value::as_str);
    let asked = asked.ok_or_else(|| invalid("protocolVersion must be a string"))?;
    Ok(LEGACY_VERSIONS.into_iter().find(|version| *version == asked).unwrap_or(LEGACY_VERSIONS[0]))
}

/// All tools fit on one page, so no cursor was ever given out.
fn list(params: Option<Value>) -> Result<Method, Failure> {
    match params.as_ref().and_then(|params| params.get("cursor")) {
        None | Some(Value::Null) => Ok(Method::ListTools),
        Some(_) => Err(Failure::answered(code::INVALID_PARAMS, "Invalid cursor")),
    }
}

fn tool_call(params: Option<Value>) -> Result<ToolCall, Failure> {
    let Some(Value::Object(mut params)) = params else { return Err(invalid("params must be an object")) };
    let Some(Value::String(name)) = params.remove("name") else { return Err(invalid("name must be a string")) };
    let arguments = match params.remove("arguments") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(arguments)) => arguments,
        Some(_) => return Err(invalid("arguments must be an object")),
    };
    Ok(ToolCall { name, arguments })
}

fn invalid(what: &str) -> Failure {
    Failure::answered(code::INVALID_PARAMS, format!("Invalid params: {what}"))
}

impl Failure {
    fn method_not_found(method: &str, era: Era) -> Self {
        let text = format!("Method not found: {}", shown(method));
        match era {
            Era::Modern => Self::new(http::StatusCode::NOT_FOUND, code::METHOD_NOT_FOUND, text),
            // A legacy client reads 404 as a failure of the transport.
            Era::Legacy => Self::answered(code::METHOD_NOT_FOUND, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn legacy(method: &str, params: Value) -> Result<Method, (i32, u16)> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let request = read(body.to_string().as_bytes(), &|_| None);
        request.map(|request| request.unwrap().method).map_err(|failure| {
            assert!(failure.id.is_some());
            (failure.code, failure.status.as_u16())
        })
    }

    fn modern(method: &str) -> Result<Method, (i32, u16)> {
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
        let request = read(body.to_string().as_bytes(), &header);
        request.map(|request| request.unwrap().method).map_err(|failure| (failure.code, failure.status.as_u16()))
    }

    #[test]
    fn each_era_has_its_own_methods() {
        assert_eq!(modern("server/discover"), Ok(Method::Discover));
        assert_eq!(modern("tools/list"), Ok(Method::ListTools));
        assert_eq!(legacy("tools/list", Value::Null), Ok(Method::ListTools));
        assert_eq!(legacy("ping", json!({})), Ok(Method::Ping));
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
            assert_eq!(version(known), Ok(Method::Initialize(known)));
        }
        assert_eq!(version("2026-07-28"), Ok(Method::Initialize("2025-11-25")));
        assert_eq!(version("1.0"), Ok(Method::Initialize("2025-11-25")));
        assert_eq!(legacy("initialize", json!({})), Err((-32602, 200)));
        assert_eq!(legacy("initialize", json!({ "protocolVersion": 2025 })), Err((-32602, 200)));
    }

    #[test]
    fn a_malformed_call_is_a_protocol_error() {
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
        let empty = Ok(Method::CallTool(ToolCall { name: "add_task".into(), arguments: Map::new() }));
        assert_eq!(legacy("tools/call", json!({ "name": "add_task" })), empty);
        assert_eq!(legacy("tools/call", json!({ "name": "add_task", "arguments": null })), empty);
    }
}

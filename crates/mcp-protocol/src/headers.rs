//! Detects the era of a request and checks that its headers and its `_meta` agree.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value, json};

use crate::error::{RpcError, code, excerpt};
use crate::json_rpc::JsonRpcRequest;
use crate::version::{Era, LEGACY_VERSIONS, MODERN_VERSIONS};

const VERSION_MEMBER: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES_MEMBER: &str = "io.modelcontextprotocol/clientCapabilities";

/// The era of a request. A request whose parts contradict each other is rejected; the first error counts.
pub(crate) fn detect_era<'a>(
    request: &JsonRpcRequest,
    header: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<Era, RpcError> {
    let header = |name: &str| header(name).and_then(single_value);
    let version = header("mcp-protocol-version");
    let meta = request.params.as_ref().and_then(|params| params.get("_meta")).and_then(Value::as_object);
    let requested = meta.and_then(|meta| meta.get(VERSION_MEMBER));
    if requested.is_none() && !version.is_some_and(|version| MODERN_VERSIONS.contains(&version)) {
        return legacy_era(&request.method, version);
    }
    let requested = requested_version(meta, requested)?;
    check_version(requested, version)?;
    check_method(&request.method, header("mcp-method"))?;
    check_name(request, header("mcp-name"))?;
    Ok(Era::Modern)
}

/// The value of a header. A proxy that doubles it says the same twice; an empty value is none.
fn single_value(value: &str) -> Option<&str> {
    let value = value.trim_matches([' ', '\t']);
    let mut parts = value.split(',').map(|part| part.trim_matches([' ', '\t']));
    let first = parts.next().unwrap_or_default();
    let value = if parts.all(|part| part == first) { first } else { value };
    Some(value).filter(|value| !value.is_empty())
}

fn legacy_era(method: &str, version: Option<&str>) -> Result<Era, RpcError> {
    match version {
        Some(version) if method != "initialize" && !LEGACY_VERSIONS.contains(&version) => {
            let supported = LEGACY_VERSIONS.join(", ");
            let text = format!("Unsupported protocol version: {} (supported: {supported})", excerpt(version));
            Err(RpcError::bad_request(code::INVALID_REQUEST, text))
        }
        _ => Ok(Era::Legacy),
    }
}

fn requested_version<'a>(meta: Option<&Map<String, Value>>, requested: Option<&'a Value>) -> Result<&'a str, RpcError> {
    let invalid = |text: String| RpcError::bad_request(code::INVALID_PARAMS, format!("Invalid params: {text}"));
    let Some(requested) = requested else { return Err(invalid(format!("_meta is missing {VERSION_MEMBER}"))) };
    let Some(requested) = requested.as_str() else { return Err(invalid(format!("{VERSION_MEMBER} must be a string"))) };
    match meta.and_then(|meta| meta.get(CAPABILITIES_MEMBER)) {
        Some(Value::Object(_)) => Ok(requested),
        Some(_) => Err(invalid(format!("{CAPABILITIES_MEMBER} must be an object"))),
        None => Err(invalid(format!("_meta is missing {CAPABILITIES_MEMBER}"))),
    }
}

fn check_version(requested: &str, header: Option<&str>) -> Result<(), RpcError> {
    if let Some(header) = header.filter(|header| *header != requested) {
        return Err(values_differ("MCP-Protocol-Version", header, requested));
    }
    if !MODERN_VERSIONS.contains(&requested) {
        let data = json!({ "supported": MODERN_VERSIONS, "requested": excerpt(requested) });
        let error = RpcError::bad_request(code::UNSUPPORTED_VERSION, "Unsupported protocol version");
        return Err(RpcError { data: Some(data), ..error });
    }
    header.map(|_| ()).ok_or_else(|| header_mismatch("MCP-Protocol-Version header is missing"))
}

fn check_method(method: &str, header: Option<&str>) -> Result<(), RpcError> {
    match header {
        Some(header) if header == method => Ok(()),
        Some(header) => Err(values_differ("Mcp-Method", header, method)),
        None => Err(header_mismatch("Mcp-Method header is missing")),
    }
}

fn check_name(request: &JsonRpcRequest, header: Option<&str>) -> Result<(), RpcError> {
    let member = match request.method.as_str() {
        "tools/call" | "prompts/get" => "name",
        "resources/read" => "uri",
        _ => return Ok(()),
    };
    let Some(name) = request.params.as_ref().and_then(|params| params.get(member)).and_then(Value::as_str) else {
        return Ok(());
    };
    let header = header.ok_or_else(|| header_mismatch("Mcp-Name header is missing"))?;
    let decoded = decode_name(header).ok_or_else(|| header_mismatch("Mcp-Name header is not valid base64 of UTF-8"))?;
    if decoded == name { Ok(()) } else { Err(values_differ("Mcp-Name", &decoded, name)) }
}

/// A header value as it is, or the text in `=?base64?…?=`.
fn decode_name(value: &str) -> Option<String> {
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        Some(encoded) => String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok(),
        None => Some(value.to_owned()),
    }
}

fn values_differ(name: &str, header: &str, body: &str) -> RpcError {
    header_mismatch(&format!("{name} header '{}' does not match body value '{}'", excerpt(header), excerpt(body)))
}

fn header_mismatch(what: &str) -> RpcError {
    RpcError::bad_request(code::HEADER_MISMATCH, format!("Header mismatch: {what}"))
}

#[cfg(test)]
mod tests;

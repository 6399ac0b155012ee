//! Which of the two protocols a request speaks, and whether its headers and its `_meta` agree.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value, json};

use crate::message::Call;
use crate::reply::{Failure, code, shown};

/// Versions in which each request names its version and capabilities.
pub const MODERN_VERSIONS: [&str; 1] = ["2026-07-28"];
/// Versions that begin with `initialize`, newest first.
pub const LEGACY_VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

const CLAIM: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";

/// The protocol a request speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// One of [`MODERN_VERSIONS`].
    Modern,
    /// One of [`LEGACY_VERSIONS`].
    Legacy,
}

/// Decides the era and refuses a request whose parts contradict each other; the first failure wins.
pub(crate) fn of<'a>(call: &Call, header: &dyn Fn(&str) -> Option<&'a str>) -> Result<Era, Failure> {
    let header = |name: &str| header(name).map(|value| value.trim_matches([' ', '\t']));
    let version = header("mcp-protocol-version");
    let meta = call.params.as_ref().and_then(|params| params.get("_meta")).and_then(Value::as_object);
    let claim = meta.and_then(|meta| meta.get(CLAIM));
    if claim.is_none() && !version.is_some_and(|version| MODERN_VERSIONS.contains(&version)) {
        return legacy(&call.method, version);
    }
    let claim = claimed_version(meta, claim)?;
    same_version(claim, version)?;
    same_method(&call.method, header("mcp-method"))?;
    same_name(call, header("mcp-name"))?;
    Ok(Era::Modern)
}

fn legacy(method: &str, version: Option<&str>) -> Result<Era, Failure> {
    match version {
        Some(version) if method != "initialize" && !LEGACY_VERSIONS.contains(&version) => {
            let supported = LEGACY_VERSIONS.join(", ");
            let text = format!("Unsupported protocol version: {} (supported: {supported})", shown(version));
            Err(Failure::bad_request(code::INVALID_REQUEST, text))
        }
        _ => Ok(Era::Legacy),
    }
}

fn claimed_version<'a>(meta: Option<&Map<String, Value>>, claim: Option<&'a Value>) -> Result<&'a str, Failure> {
    let invalid = |text: String| Failure::bad_request(code::INVALID_PARAMS, format!("Invalid params: {text}"));
    let Some(claim) = claim else { return Err(invalid(format!("_meta is missing {CLAIM}"))) };
    let Some(claim) = claim.as_str() else { return Err(invalid(format!("{CLAIM} must be a string"))) };
    match meta.and_then(|meta| meta.get(CAPABILITIES)) {
        Some(Value::Object(_)) => Ok(claim),
        Some(_) => Err(invalid(format!("{CAPABILITIES} must be an object"))),
        None => Err(invalid(format!("_meta is missing {CAPABILITIES}"))),
    }
}

fn same_version(claim: &str, header: Option<&str>) -> Result<(), Failure> {
    if let Some(header) = header.filter(|header| *header != claim) {
        return Err(differs("MCP-Protocol-Version", header, claim));
    }
    if !MODERN_VERSIONS.contains(&claim) {
        let data = json!({ "supported": MODERN_VERSIONS, "requested": shown(claim) });
        let failure = Failure::bad_request(code::UNSUPPORTED_VERSION, "Unsupported protocol version");
        return Err(Failure { data: Some(data), ..failure });
    }
    header.map(|_| ()).ok_or_else(|| mismatch("MCP-Protocol-Version header is missing"))
}

fn same_method(method: &str, header: Option<&str>) -> Result<(), Failure> {
    match header {
        Some(header) if header == method => Ok(()),
        Some(header) => Err(differs("Mcp-Method", header, method)),
        None => Err(mismatch("Mcp-Method header is missing")),
    }
}

fn same_name(call: &Call, header: Option<&str>) -> Result<(), Failure> {
    let member = match call.method.as_str() {
        "tools/call" | "prompts/get" => "name",
        "resources/read" => "uri",
        _ => return Ok(()),
    };
    let Some(name) = call.params.as_ref().and_then(|params| params.get(member)).and_then(Value::as_str) else {
        return Ok(());
    };
    let header = header.ok_or_else(|| mismatch("Mcp-Name header is missing"))?;
    let decoded = decode(header).ok_or_else(|| mismatch("Mcp-Name header is not valid base64 of UTF-8"))?;
    if decoded == name { Ok(()) } else { Err(differs("Mcp-Name", &decoded, name)) }
}

/// A header value as it is, or the text in `=?base64?…?=`.
fn decode(value: &str) -> Option<String> {
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        Some(encoded) => String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok(),
        None => Some(value.to_owned()),
    }
}

fn differs(name: &str, header: &str, body: &str) -> Failure {
    mismatch(&format!("{name} header '{}' does not match body value '{}'", shown(header), shown(body)))
}

fn mismatch(what: &str) -> Failure {
    Failure::bad_request(code::HEADER_MISMATCH, format!("Header mismatch: {what}"))
}

#[cfg(test)]
#[path = "era_tests.rs"]
mod tests;

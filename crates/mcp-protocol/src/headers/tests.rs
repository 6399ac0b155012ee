use serde_json::{Value, json};

use super::*;
use crate::json_rpc::parse;

type Headers<'a> = &'a [(&'a str, &'a str)];

fn era(method: &str, params: Value, headers: Headers) -> Result<Era, (i32, u16, String)> {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let request = parse(body.to_string().as_bytes()).unwrap().unwrap();
    detect_era(&request, &|name| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| *value))
        .map_err(|error| (error.code, error.status.as_u16(), error.message))
}

fn meta(version: &str) -> Value {
    json!({ VERSION_MEMBER: version, CAPABILITIES_MEMBER: {} })
}

const VERSION: (&str, &str) = ("mcp-protocol-version", "2026-07-28");
const LIST: (&str, &str) = ("mcp-method", "tools/list");
const CALL: (&str, &str) = ("mcp-method", "tools/call");

#[test]
fn the_checks_reject_in_their_order() {
    let good = json!({ "_meta": meta("2026-07-28") });
    let call = json!({ "name": "list_tasks", "_meta": meta("2026-07-28") });
    let rows: &[(&str, Value, Headers, i32, &str)] = &[
        // 1: no version in the body
        ("tools/list", json!({}), &[VERSION], -32602, "_meta is missing io.modelcontextprotocol/protocolVersion"),
        ("tools/list", json!([]), &[VERSION], -32602, "_meta is missing"),
        ("tools/list", json!({ "_meta": { CAPABILITIES_MEMBER: {} } }), &[VERSION], -32602, "_meta is missing"),
        ("initialize", json!({ "protocolVersion": "2025-11-25" }), &[VERSION], -32602, "_meta is missing"),
        // 2: shape of the version and the capabilities
        (
            "tools/list",
            json!({ "_meta": { VERSION_MEMBER: 7, CAPABILITIES_MEMBER: {} } }),
            &[VERSION, LIST],
            -32602,
            "must be a string",
        ),
        (
            "tools/list",
            json!({ "_meta": { VERSION_MEMBER: "2026-07-28" } }),
            &[VERSION, LIST],
            -32602,
            "clientCapabilities",
        ),
        (
            "tools/list",
            json!({ "_meta": { VERSION_MEMBER: "2026-07-28", CAPABILITIES_MEMBER: [] } }),
            &[],
            -32602,
            "be an object",
        ),
        // 3: header and body differ, before 4
        ("tools/list", good.clone(), &[("mcp-protocol-version", "2025-11-25")], -32020, "header '2025-11-25' does not"),
        ("tools/list", json!({ "_meta": meta("1900-01-01") }), &[VERSION], -32020, "body value '1900-01-01'"),
        // 4: unknown version, before 5
        ("tools/list", json!({ "_meta": meta("1900-01-01") }), &[], -32022, "Unsupported protocol version"),
        ("tools/list", json!({ "_meta": meta("2025-11-25") }), &[], -32022, "Unsupported protocol version"),
        // 5: no version header
        ("tools/list", good.clone(), &[LIST], -32020, "MCP-Protocol-Version header is missing"),
        // 6: method header
        ("tools/list", good.clone(), &[VERSION], -32020, "Mcp-Method header is missing"),
        ("tools/list", good.clone(), &[VERSION, CALL], -32020, "Mcp-Method header 'tools/call'"),
        ("tools/list", good, &[VERSION, ("mcp-method", "Tools/List")], -32020, "Mcp-Method header 'Tools/List'"),
        // 7: name header
        ("tools/call", call.clone(), &[VERSION, CALL], -32020, "Mcp-Name header is missing"),
        ("tools/call", call.clone(), &[VERSION, CALL, ("mcp-name", "add_task")], -32020, "Mcp-Name header 'add_task'"),
        ("tools/call", call.clone(), &[VERSION, CALL, ("mcp-name", "=?base64?%%?=")], -32020, "not valid base64"),
        ("tools/call", call.clone(), &[VERSION, CALL, ("mcp-name", "=?base64?/w==?=")], -32020, "not valid base64"),
        ("tools/call", call, &[VERSION, CALL, ("mcp-name", "=?BASE64?bGlzdF90YXNrcw==?=")], -32020, "'=?BASE64?"),
    ];
    for (method, params, headers, code, text) in rows {
        let (found, status, message) = era(method, params.clone(), headers).unwrap_err();
        assert_eq!((found, status), (*code, 400), "{method} {params} {headers:?}: {message}");
        assert!(message.contains(text), "{message} does not say {text}");
    }
}

#[test]
fn a_consistent_modern_request_is_modern() {
    let call = json!({ "name": "list_tasks", "_meta": meta("2026-07-28") });
    for name in ["list_tasks", " list_tasks\t", "=?base64?bGlzdF90YXNrcw==?="] {
        assert_eq!(era("tools/call", call.clone(), &[VERSION, CALL, ("mcp-name", name)]), Ok(Era::Modern), "{name}");
    }
    // Without a name in the body there is nothing to compare; the call itself is rejected later.
    assert_eq!(era("tools/call", json!({ "_meta": meta("2026-07-28") }), &[VERSION, CALL]), Ok(Era::Modern));
    let spaced = ("mcp-protocol-version", " 2026-07-28 ");
    assert_eq!(era("tools/list", json!({ "_meta": meta("2026-07-28") }), &[spaced, LIST]), Ok(Era::Modern));
}

#[test]
fn legacy_versions_and_no_version_are_served() {
    assert_eq!(era("tools/list", json!({}), &[]), Ok(Era::Legacy));
    assert_eq!(era("tools/list", json!({ "_meta": { "progressToken": 1 } }), &[]), Ok(Era::Legacy));
    for version in LEGACY_VERSIONS {
        assert_eq!(era("tools/list", json!({}), &[("mcp-protocol-version", version)]), Ok(Era::Legacy));
    }
    assert_eq!(era("initialize", json!({}), &[("mcp-protocol-version", "1999-01-01")]), Ok(Era::Legacy));
    let (code, status, message) = era("tools/list", json!({}), &[("mcp-protocol-version", "1999-01-01")]).unwrap_err();
    assert_eq!((code, status), (-32600, 400));
    assert_eq!(
        message,
        "Unsupported protocol version: 1999-01-01 (supported: 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05)"
    );
}

#[test]
fn an_unsupported_version_names_the_supported_ones() {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "x", "params": { "_meta": meta("1900-01-01") } });
    let request = parse(body.to_string().as_bytes()).unwrap().unwrap();
    let error = detect_era(&request, &|_| None).unwrap_err();
    assert_eq!(error.data, Some(json!({ "supported": ["2026-07-28"], "requested": "1900-01-01" })));
}

#[test]
fn a_value_said_twice_is_that_value_and_an_empty_one_is_none() {
    let good = json!({ "_meta": meta("2026-07-28") });
    let doubled = ("mcp-protocol-version", "2026-07-28, 2026-07-28");
    assert_eq!(era("tools/list", good.clone(), &[doubled, ("mcp-method", "tools/list,tools/list")]), Ok(Era::Modern));
    for legacy in ["2025-06-18,\t2025-06-18", "", " "] {
        assert_eq!(era("ping", json!({}), &[("mcp-protocol-version", legacy)]), Ok(Era::Legacy), "{legacy:?}");
    }
    let two = era("ping", json!({}), &[("mcp-protocol-version", "2025-06-18, 2025-11-25")]).unwrap_err();
    assert_eq!((two.0, two.1), (-32600, 400));
    let empty = era("tools/list", good, &[("mcp-protocol-version", ""), LIST]).unwrap_err();
    assert_eq!((empty.0, empty.1), (-32020, 400));
}

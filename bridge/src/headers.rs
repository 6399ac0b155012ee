//! The protocol headers of a message. A modern message names its version in `_meta`, and its headers repeat values of the
//! body. A legacy message names the version that `initialize` agreed on.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::HeaderValue;
use serde_json::Value;

const VERSION_MEMBER: &str = "io.modelcontextprotocol/protocolVersion";

/// The protocol headers of a message. `agreed` is the version of the last `initialize`.
pub(crate) fn for_message(message: &Value, agreed: Option<&str>) -> Vec<(&'static str, HeaderValue)> {
    let method = message["method"].as_str();
    let headers = match message["params"]["_meta"][VERSION_MEMBER].as_str() {
        Some(version) => {
            let name = name(method, &message["params"]).map(encode);
            vec![
                ("mcp-protocol-version", Some(version.to_owned())),
                ("mcp-method", method.map(str::to_owned)),
                ("mcp-name", name),
            ]
        }
        None if method == Some("initialize") => Vec::new(),
        None => vec![("mcp-protocol-version", agreed.map(str::to_owned))],
    };
    // A value that no header can hold is left out; the server then says what is wrong.
    headers.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::try_from(value?).ok()?))).collect()
}

fn name<'a>(method: Option<&str>, params: &'a Value) -> Option<&'a str> {
    match method? {
        "tools/call" | "prompts/get" => params["name"].as_str(),
        "resources/read" => params["uri"].as_str(),
        _ => None,
    }
}

/// A plain name as it is, any other as base64 of its UTF-8.
fn encode(name: &str) -> String {
    let visible = name.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    match visible && name.trim_matches(' ') == name && !name.starts_with("=?base64?") {
        true => name.to_owned(),
        false => format!("=?base64?{}?=", BASE64_STANDARD.encode(name)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn header_lines(message: Value, agreed: Option<&str>) -> Vec<String> {
        for_message(&message, agreed)
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect()
    }

    fn modern(method: &str, mut params: Value) -> Vec<String> {
        params["_meta"] = json!({ VERSION_MEMBER: "2026-07-28" });
        header_lines(json!({ "id": 1, "method": method, "params": params }), Some("2025-11-25"))
    }

    #[test]
    fn modern_headers_repeat_the_body() {
        let version = "mcp-protocol-version: 2026-07-28";
        assert_eq!(modern("tools/list", json!({})), [version, "mcp-method: tools/list"]);
        let call = modern("tools/call", json!({ "name": "add_task" }));
        assert_eq!(call, [version, "mcp-method: tools/call", "mcp-name: add_task"]);
        assert_eq!(modern("resources/read", json!({ "uri": "a b" }))[2], "mcp-name: a b");
        for (name, base64) in
            [("tâche", "dMOiY2hl"), (" a", "IGE="), ("a\n", "YQo="), ("=?base64?YQ==?=", "PT9iYXNlNjQ/WVE9PT89")]
        {
            let header = format!("mcp-name: =?base64?{base64}?=");
            assert_eq!(modern("tools/call", json!({ "name": name }))[2], header);
        }
    }

    #[test]
    fn legacy_messages_carry_the_agreed_version() {
        let list = json!({ "id": 1, "method": "tools/list" });
        assert_eq!(header_lines(list.clone(), Some("2025-06-18")), ["mcp-protocol-version: 2025-06-18"]);
        assert!(header_lines(list, None).is_empty());
        assert!(header_lines(json!({ "id": 1, "method": "initialize", "params": {} }), Some("2025-06-18")).is_empty());
        assert!(header_lines(json!([]), None).is_empty());
    }

    #[test]
    fn a_value_that_no_header_can_hold_is_left_out() {
        assert_eq!(modern("a\r\nx-evil: 1", json!({})), ["mcp-protocol-version: 2026-07-28"]);
    }
}

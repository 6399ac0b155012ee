//! Our responses as the official Rust SDK's types read them: nothing is missing, nothing is of another type.

mod app;

use app::{App, Result};
use rmcp::model::{
    CallToolResult, DiscoverResult, EmptyResult, InitializeResult, ListToolsResult, ProtocolVersion,
    ServerJsonRpcMessage,
};
use serde_json::{Value, json};

/// Sends one request and returns its result; the whole message must be one of the SDK's.
async fn ask(app: &App, modern: bool, method: &str, mut params: Value) -> Result<Value> {
    let mut request = reqwest::Client::new().post(app.endpoint()).bearer_auth(&app.token);
    if modern {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        request = request.header("mcp-protocol-version", "2026-07-28").header("mcp-method", method);
        if let Some(name) = params["name"].as_str() {
            request = request.header("mcp-name", name);
        }
    }
    let body = json!({ "jsonrpc": "2.0", "id": "a", "method": method, "params": params });
    let response: Value = request.json(&body).send().await?.error_for_status()?.json().await?;
    let message: ServerJsonRpcMessage = serde_json::from_value(response.clone())?;
    assert!(matches!(message, ServerJsonRpcMessage::Response(_)), "{response}");
    Ok(response["result"].clone())
}

#[tokio::test]
async fn the_handshakes_are_understood() -> Result {
    let app = App::sign_up().await?;
    let params =
        json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "c", "version": "1" } });
    let initialized: InitializeResult = serde_json::from_value(ask(&app, false, "initialize", params).await?)?;
    assert_eq!(initialized.protocol_version, ProtocolVersion::V_2025_06_18);
    assert!(initialized.capabilities.tools.is_some() && initialized.capabilities.prompts.is_none());
    let discovered: DiscoverResult = serde_json::from_value(ask(&app, true, "server/discover", json!({})).await?)?;
    assert_eq!(discovered.supported_versions, [ProtocolVersion::V_2026_07_28]);
    let _: EmptyResult = serde_json::from_value(ask(&app, false, "ping", json!({})).await?)?;
    Ok(())
}

#[tokio::test]
async fn tools_and_their_results_are_understood() -> Result {
    let app = App::sign_up().await?;
    for modern in [false, true] {
        let listed: ListToolsResult = serde_json::from_value(ask(&app, modern, "tools/list", json!({})).await?)?;
        for tool in listed.tools {
            let hints = tool.annotations.as_ref().ok_or("no hints")?;
            let all = [hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint];
            assert!(all.iter().all(Option::is_some), "{}: {hints:?}", tool.name);
        }
        for (arguments, failed) in [(json!({ "title": "milk" }), false), (json!({}), true)] {
            let params = json!({ "name": "add_task", "arguments": arguments });
            let called: CallToolResult = serde_json::from_value(ask(&app, modern, "tools/call", params).await?)?;
            assert_eq!((called.is_error.unwrap_or(false), called.structured_content.is_none()), (failed, failed));
            assert_eq!(called.content.len(), 1);
        }
    }
    Ok(())
}

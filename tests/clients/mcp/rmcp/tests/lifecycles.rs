//! The client of the official Rust SDK keeps a list in each of its lifecycles.

mod app;

use app::{App, Result};
use rmcp::ClientLifecycleMode::{self, Auto, Discover, Initialize};
use rmcp::ClientServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult, ClientConfig, ErrorCode, ProtocolVersion};
use rmcp::service::{RoleClient, RunningService, ServiceError};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::{Value, json};

type Session = RunningService<RoleClient, ClientConfig>;

async fn connect(app: &App, lifecycle: ClientLifecycleMode) -> Result<Session> {
    let config = StreamableHttpClientTransportConfig::with_uri(app.endpoint()).auth_header(app.token.clone());
    let transport = StreamableHttpClientTransport::from_config(config);
    Ok(ClientConfig::default().serve_with_lifecycle(transport, lifecycle).await?)
}

async fn call(session: &Session, name: &'static str, arguments: Value) -> Result<CallToolResult, ServiceError> {
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    session.call_tool(CallToolRequestParams::new(name).with_arguments(arguments)).await
}

async fn keeps_a_list(lifecycle: ClientLifecycleMode, version: ProtocolVersion) -> Result {
    let app = App::sign_up().await?;
    let session = connect(&app, lifecycle).await?;
    let server = session.peer_info().ok_or("no server")?;
    assert_eq!(server.protocol_version, version);
    let tools = session.list_all_tools().await?;
    assert!(tools.iter().all(|tool| tool.title.is_some() && tool.output_schema.is_some()));
    let added = call(&session, "add_task", json!({ "title": "milk", "description": null })).await?;
    assert_eq!(added.structured_content.unwrap_or_default()["task"]["title"], "milk");
    let listed = call(&session, "list_tasks", json!({ "status": "pending" })).await?;
    assert_eq!(listed.structured_content.unwrap_or_default()["tasks"][0]["id"], 1);
    assert_eq!(call(&session, "complete_task", json!({ "task_id": 9 })).await?.is_error, Some(true));
    match call(&session, "nope", json!({})).await {
        Err(ServiceError::McpError(error)) => assert_eq!(error.code, ErrorCode::INVALID_PARAMS),
        other => panic!("an unknown tool: {other:?}"),
    }
    session.cancel().await?;
    Ok(())
}

#[tokio::test]
async fn by_initialize() -> Result {
    keeps_a_list(Initialize, ProtocolVersion::V_2025_11_25).await
}

#[tokio::test]
async fn by_discover() -> Result {
    let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
    keeps_a_list(Discover { preferred_versions }, ProtocolVersion::V_2026_07_28).await
}

#[tokio::test]
async fn by_its_own_choice() -> Result {
    let lifecycle = Auto { preferred_versions: vec![ProtocolVersion::V_2026_07_28], legacy_version: None };
    keeps_a_list(lifecycle, ProtocolVersion::V_2026_07_28).await
}

//! How the server describes itself: its name, and the metadata of an OAuth resource (RFC 9728).

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use mcp_protocol::ServerInfo;
use serde_json::json;

use crate::access::{READ, WRITE};
use crate::settings::McpSettings;

pub(crate) const SERVER: ServerInfo =
    ServerInfo { name: "todo-chatbot", title: "To-do list", version: env!("CARGO_PKG_VERSION") };

/// The metadata of this resource.
pub(crate) fn get(settings: &McpSettings) -> Response {
    let document = json!({
        "resource": settings.resource,
        "authorization_servers": [settings.authorization_server()],
        "scopes_supported": [READ, WRITE],
        "bearer_methods_supported": ["header"],
        "resource_name": SERVER.title,
    });
    let mut response = http_api::json(StatusCode::OK, &document);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

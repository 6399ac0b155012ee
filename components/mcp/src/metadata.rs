//! How the server describes itself: its name, and the metadata of an OAuth resource (RFC 9728).

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use http_api::{Request, Response};
use mcp_protocol::ServerInfo;
use serde_json::json;

use crate::host_name;
use crate::settings::McpSettings;
use http_api::{READ_SCOPE as READ, WRITE_SCOPE as WRITE};

pub(crate) const SERVER: ServerInfo =
    ServerInfo { name: "todo-chatbot", title: "To-do list", version: env!("CARGO_PKG_VERSION") };

/// The metadata of this resource, under the name by which it was asked.
pub(crate) fn get(request: &Request, settings: &McpSettings) -> Response {
    let document = json!({
        "resource": settings.resource_at(host_name::of(request).as_deref()),
        "authorization_servers": [settings.authorization_server()],
        "scopes_supported": [READ, WRITE],
        "bearer_methods_supported": ["header"],
        "resource_name": SERVER.title,
    });
    let mut response = http_api::json(StatusCode::OK, &document);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

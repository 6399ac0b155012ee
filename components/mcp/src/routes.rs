//! The URL space: `/mcp` and the two addresses of its metadata. Each route says who may use it; the router checks that
//! before it runs the handler.

use http::Method;
use http_api::{ApiError, Request, Response};

use crate::env::McpEnv;
use crate::error::McpError;
use crate::settings::McpSettings;
use crate::user_request::UserRequest;
use crate::{cors, host_guard, line_text, metadata, rpc};

/// A handler and who may use it.
enum McpRoute {
    /// GET and HEAD by anyone.
    Public(fn(&Request, &McpSettings) -> Response),
    /// POST of JSON by a user with an access token.
    UserPost(fn(&UserRequest, &McpEnv) -> Result<Response, McpError>),
}

/// A slash at the end makes no difference: people type it.
fn find(path: &str) -> Option<McpRoute> {
    match path.strip_suffix('/').unwrap_or(path) {
        "/mcp" => Some(McpRoute::UserPost(rpc::post)),
        "/.well-known/oauth-protected-resource/mcp" | "/.well-known/oauth-protected-resource" => {
            Some(McpRoute::Public(metadata::get))
        }
        _ => None,
    }
}

/// Responds to one request.
pub fn handle(request: &Request, settings: &McpSettings, env: &McpEnv) -> Response {
    let guard = host_guard::check(request, settings);
    let is_open = guard.is_ok();
    let result = guard.and_then(|()| route(request, settings, env));
    let respond = || result.or_else(|error| error.into_response(request, settings));
    let mut response = http_api::respond(request, respond).map(line_text::escape_separators);
    if is_open {
        cors::open(&mut response);
    }
    response
}

fn route(request: &Request, settings: &McpSettings, env: &McpEnv) -> Result<Response, McpError> {
    let is_preflight = request.method() == Method::OPTIONS;
    match find(request.uri().path()).ok_or_else(ApiError::no_route)? {
        McpRoute::Public(_) if is_preflight => Ok(cors::preflight("GET")),
        McpRoute::UserPost(_) if is_preflight => Ok(cors::preflight("POST")),
        McpRoute::Public(handler) => match *request.method() {
            Method::GET | Method::HEAD => Ok(handler(request, settings)),
            _ => Err(ApiError::method_not_allowed("GET, HEAD").into()),
        },
        McpRoute::UserPost(handler) => handler(&UserRequest::check(request, settings, env)?, env),
    }
}

#[cfg(test)]
mod tests;

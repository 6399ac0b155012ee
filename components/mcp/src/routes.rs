//! The URL space: `/mcp` and the two addresses of its metadata. What is checked stands in the order of the checks.

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL};
use http::{HeaderValue, Method, StatusCode};
use http_api::{ApiError, Request, RequestBody, Response, Verifier};
use mcp_protocol::{McpMethod, RpcError, ServerInfo, code};
use serde_json::json;
use task::TaskStore;

use crate::access::{self, Denied};
use crate::{Settings, guard, tools};

const SERVER: ServerInfo = ServerInfo { name: "todo-chatbot", title: "To-do list", version: env!("CARGO_PKG_VERSION") };
const INSTRUCTIONS: &str = "Personal to-do list of the signed-in user. Call list_tasks first to learn task ids.";

/// Why a request gets no result.
pub(crate) enum Refusal {
    /// An error of the protocol.
    Rpc(RpcError),
    /// The caller must get a better token.
    Denied(Denied),
    /// An error of plain HTTP.
    Api(ApiError),
}

impl From<RpcError> for Refusal {
    fn from(failure: RpcError) -> Self {
        Self::Rpc(failure)
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// What tools work with.
pub struct Tools<'a> {
    /// The tasks.
    pub store: &'a dyn TaskStore,
    /// Whether this user (by id) may call one more tool now: 429 if not.
    pub admit: &'a dyn Fn(&str) -> Result<(), ApiError>,
}

/// Answers one request.
pub fn handle(request: &Request, settings: &Settings, verifier: &Verifier, tools: &Tools) -> Response {
    http_api::respond(request, || match route(request, settings, verifier, tools) {
        Ok(response) => Ok(response),
        Err(Refusal::Rpc(failure)) => Ok(rpc_error(&failure)),
        Err(Refusal::Denied(denied)) => access::challenge(denied, settings).map_err(ApiError::from),
        Err(Refusal::Api(error)) => Err(error),
    })
}

fn route(request: &Request, settings: &Settings, verifier: &Verifier, tools: &Tools) -> Result<Response, Refusal> {
    guard::check(request, settings)?;
    match (request.uri().path(), request.method()) {
        ("/.well-known/oauth-protected-resource/mcp" | "/.well-known/oauth-protected-resource", method) => {
            match *method {
                Method::GET | Method::HEAD => Ok(metadata(settings)),
                _ => Err(ApiError::method_not_allowed("GET, HEAD").into()),
            }
        }
        ("/mcp", method) => {
            let user = access::user(request, verifier)?;
            match *method {
                Method::POST => answer(request, settings, &user, tools),
                _ => Err(RpcError::new(StatusCode::METHOD_NOT_ALLOWED, code::INVALID_REQUEST, "Use POST").into()),
            }
        }
        _ => Err(ApiError::no_route().into()),
    }
}

fn answer(request: &Request, settings: &Settings, user: &http_api::User, with: &Tools) -> Result<Response, Refusal> {
    let header = |name: &str| http_api::header(request, name);
    let Some(asked) = mcp_protocol::parse_request(body(request, settings)?, &header)? else { return Ok(accepted()) };
    let ok = StatusCode::OK;
    Ok(match &asked.method {
        McpMethod::Discover => http_api::json(ok, &asked.discover_result(&SERVER, INSTRUCTIONS)),
        McpMethod::Initialize(version) => http_api::json(ok, &asked.initialize_result(&SERVER, version, INSTRUCTIONS)),
        McpMethod::Ping => http_api::json(ok, &asked.ping_result(&SERVER)),
        McpMethod::ListTools => http_api::json(ok, &asked.list_tools_result(&SERVER, &tools::list())),
        McpMethod::CallTool(call) => {
            let outcome = tools::call(request, user, &asked.id, call, with)?;
            http_api::json(ok, &asked.call_tool_result(&SERVER, &outcome))
        }
    })
}

fn body<'a>(request: &'a Request, settings: &Settings) -> Result<&'a [u8], Refusal> {
    if http_api::media_type(request) != "application/json" {
        let text = "Content-Type must be application/json";
        return Err(RpcError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code::INVALID_REQUEST, text).into());
    }
    match request.body() {
        RequestBody::Complete(bytes) => Ok(bytes),
        RequestBody::TooLarge => {
            let text = format!("The body is larger than {} bytes", settings.body_limit()?);
            Err(RpcError::new(StatusCode::PAYLOAD_TOO_LARGE, code::INVALID_REQUEST, text).into())
        }
    }
}

fn metadata(settings: &Settings) -> Response {
    let document = json!({
        "resource": settings.resource,
        "authorization_servers": [settings.authorization_server()],
        "scopes_supported": [access::READ, access::WRITE],
        "bearer_methods_supported": ["header"],
        "resource_name": SERVER.title,
    });
    let mut response = http_api::json(StatusCode::OK, &document);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn accepted() -> Response {
    let mut response = http_api::empty(StatusCode::ACCEPTED);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn rpc_error(failure: &RpcError) -> Response {
    let mut response = http_api::json(failure.status, &failure.body());
    if failure.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;

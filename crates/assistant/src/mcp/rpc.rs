//! JSON-RPC over Streamable HTTP, protocol 2025-11-25. Our own server has no sessions; a server that insists on one gets it.
//! A response may be JSON or an event stream.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use sse::EventReader;

use crate::env::TransportError;
use crate::mcp::client::{CallOptions, McpClient, McpClientError, McpSession};

const PROTOCOL: &str = "2025-11-25";
/// Pauses before a request is sent again: a server that is being replaced is back in a moment.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];

#[derive(Deserialize)]
struct RpcEnvelope {
    result: Option<Value>,
    error: Option<ErrorObject>,
}

/// The error of a JSON-RPC response.
#[derive(Deserialize)]
struct ErrorObject {
    code: i64,
    message: String,
}

impl McpClient<'_> {
    /// Sends a request and returns its result, in a session where the server insists on one.
    pub(super) async fn request(
        &self,
        method: &'static str,
        params: Value,
        options: CallOptions<'_>,
        timeout: Duration,
    ) -> Result<Value, McpClientError> {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let mut response = self.post(&message, options, timeout).await?;
        if wants_session(&response) && self.session.borrow().is_none() {
            // A session of an earlier turn may still be valid.
            if let Some(cached) = self.cached_session() {
                self.session.replace(Some(cached));
                response = self.post(&message, options, timeout).await?;
            }
        }
        if wants_session(&response) {
            self.start_session(timeout).await?;
            response = self.post(&message, options, timeout).await?;
        }
        read_result(method, &response)
    }

    async fn start_session(&self, timeout: Duration) -> Result<(), McpClientError> {
        let client = json!({"name": "todo-chatbot", "version": env!("CARGO_PKG_VERSION")});
        let params = json!({"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": client});
        let options = CallOptions { idempotency_key: "", repeatable: true };
        let initialize = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params});
        let response = self.post(&initialize, options, timeout).await?;
        let result = read_result("initialize", &response)?;
        let id = response.headers().get("mcp-session-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        let protocol = result["protocolVersion"].as_str().unwrap_or(PROTOCOL).to_owned();
        let session = McpSession { id, protocol };
        if let Ok(text) = serde_json::to_string(&session) {
            (self.env.remember)(&self.session_name(), &text);
        }
        self.session.replace(Some(session));
        let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        self.post(&initialized, options, timeout).await.map(drop)
    }

    fn cached_session(&self) -> Option<McpSession> {
        serde_json::from_str(&(self.env.recall)(&self.session_name())?).ok()
    }

    fn session_name(&self) -> String {
        format!("session:{}:{}", self.server.url, self.server.user_id)
    }

    async fn post(
        &self,
        message: &Value,
        options: CallOptions<'_>,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, McpClientError> {
        let body = message.to_string();
        let mut request = Request::post(self.server.url)
            .header("content-type", "application/json")
            .header("content-length", body.len())
            .header("accept", "application/json, text/event-stream")
            .header("authorization", format!("Bearer {}", self.server.token));
        if !self.server.turn.is_empty() {
            request = request.header("todo-turn", self.server.turn);
        }
        if !options.idempotency_key.is_empty() {
            request = request.header("idempotency-key", options.idempotency_key);
        }
        // A request that begins a session is in none.
        let begins = message["method"] == "initialize";
        let session = self.session.borrow().clone().filter(|_| !begins);
        if !begins {
            let protocol = session.as_ref().map_or(PROTOCOL, |session| session.protocol.as_str());
            request = request.header("mcp-protocol-version", protocol);
        }
        if let Some(id) = session.and_then(|session| session.id) {
            request = request.header("mcp-session-id", id);
        }
        let request = request.body(body.into_bytes()).map_err(|error| McpClientError::Unusable(error.to_string()))?;
        let response = self.send(&request, options.repeatable, timeout).await;
        response.map_err(|error| McpClientError::Unusable(error.to_string()))
    }

    /// Sends a request, several times if need be, until `timeout` has passed.
    async fn send(
        &self,
        request: &Request<Vec<u8>>,
        repeatable: bool,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let until = (self.env.now_ms)() + u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        let mut pauses = PAUSES.into_iter();
        loop {
            let result = self.env.network.fetch(request.clone(), self.env.time_until(until, timeout)).await;
            match pauses.next().filter(|pause| self.env.time_until(until, timeout) > *pause) {
                Some(pause) if may_repeat(&result, repeatable) => self.env.network.wait(pause).await,
                _ => return result,
            }
        }
    }
}

/// Whether a request may be sent again: it did not reach the server, or it is repeatable.
fn may_repeat(result: &Result<Response<Vec<u8>>, TransportError>, repeatable: bool) -> bool {
    match result {
        Ok(response) => match response.status() {
            StatusCode::SERVICE_UNAVAILABLE => true,
            StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => repeatable,
            _ => false,
        },
        Err(TransportError::Unreachable(_)) => true,
        Err(TransportError::Failed(_)) => repeatable,
        Err(TransportError::Stopped) => false,
    }
}

/// Whether a response says that there is no session, or none any more; nothing was done then.
fn wants_session(response: &Response<Vec<u8>>) -> bool {
    matches!(response.status(), StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY)
}

/// The result in a response to a request by `method`.
fn read_result(method: &'static str, response: &Response<Vec<u8>>) -> Result<Value, McpClientError> {
    let unusable = |reason: &str| McpClientError::Unusable(format!("{method}: {reason}"));
    if response.status() != StatusCode::OK {
        return Err(unusable(&format!("HTTP {}", response.status().as_u16())));
    }
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let envelope = match kind.starts_with("text/event-stream") {
        true => read_events(response.body()),
        false => serde_json::from_slice(response.body()).ok(),
    };
    match envelope.ok_or_else(|| unusable("not JSON-RPC"))? {
        RpcEnvelope { error: Some(ErrorObject { code, message }), .. } => {
            Err(McpClientError::Rejected { method, code, message })
        }
        RpcEnvelope { result: Some(result), error: None } => Ok(result),
        RpcEnvelope { result: None, error: None } => Err(unusable("neither result nor error")),
    }
}

/// The response among the messages of an event stream.
fn read_events(body: &[u8]) -> Option<RpcEnvelope> {
    let mut found = None;
    let mut read = |data: &[u8]| {
        let message: Value = serde_json::from_slice(data).unwrap_or_default();
        if message["id"] == 1 && (message.get("result").is_some() || message.get("error").is_some()) {
            found = serde_json::from_value(message).ok();
        }
    };
    let mut events = EventReader::default();
    events.push(body, &mut read);
    events.finish(&mut read).ok()?;
    found
}

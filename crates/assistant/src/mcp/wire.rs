//! JSON-RPC over Streamable HTTP, protocol 2025-11-25. Our own server knows no sessions; one that insists on a session
//! gets it, and what it answers is read whether it is JSON or an event stream.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{CallOptions, McpClient, McpClientError};
use crate::env::TransportError;

const PROTOCOL: &str = "2025-11-25";
/// Before a call is made again: a server that is being replaced is back in a moment.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];

/// What a server wants to see again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct McpSession {
    id: Option<String>,
    protocol: String,
}

#[derive(Deserialize)]
struct Envelope {
    result: Option<Value>,
    error: Option<ErrorObject>,
}

/// An error that the server answered.
#[derive(Deserialize)]
pub(super) struct ErrorObject {
    pub(super) code: i64,
    pub(super) message: String,
}

type RpcResult = Result<Value, ErrorObject>;

impl McpClient<'_> {
    /// Makes a request, in a session where the server wants one.
    pub(super) fn request(
        &self,
        method: &str,
        params: Value,
        CallOptions { idempotency_key: key, repeatable }: CallOptions,
        timeout: Duration,
    ) -> Result<RpcResult, McpClientError> {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let ask = || self.post(&message, key, repeatable, timeout);
        let mut response = ask()?;
        if wants_session(&response) {
            // One of another turn may still be good.
            let known = self.session.borrow().is_none().then(|| self.remembered_session()).flatten();
            if let Some(known) = known {
                self.session.replace(Some(known));
                response = ask()?;
            }
        }
        if wants_session(&response) {
            self.begin_session(timeout)?;
            response = ask()?;
        }
        read(method, &response)
    }

    fn begin_session(&self, timeout: Duration) -> Result<(), McpClientError> {
        let client = json!({"name": "todo-chatbot", "version": env!("CARGO_PKG_VERSION")});
        let params = json!({"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": client});
        self.session.replace(None);
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params});
        let response = self.post(&hello, "", true, timeout)?;
        let refused = |error: ErrorObject| McpClientError(format!("initialize was answered with error {}", error.code));
        let result = read("initialize", &response)?.map_err(refused)?;
        let id = response.headers().get("mcp-session-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        let protocol = result["protocolVersion"].as_str().unwrap_or(PROTOCOL).to_owned();
        let session = McpSession { id, protocol };
        if let Ok(text) = serde_json::to_string(&session) {
            (self.env.remember)(&self.session_name(), &text);
        }
        self.session.replace(Some(session));
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        self.post(&ready, "", true, timeout).map(drop)
    }

    fn remembered_session(&self) -> Option<McpSession> {
        serde_json::from_str(&(self.env.recall)(&self.session_name())?).ok()
    }

    fn session_name(&self) -> String {
        format!("session:{}:{}", self.at.url, self.at.known_as)
    }

    fn post(
        &self,
        message: &Value,
        key: &str,
        repeatable: bool,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, McpClientError> {
        let body = message.to_string();
        let mut request = Request::post(self.at.url)
            .header("content-type", "application/json")
            .header("content-length", body.len())
            .header("accept", "application/json, text/event-stream")
            .header("authorization", format!("Bearer {}", self.at.token));
        if !key.is_empty() {
            request = request.header("idempotency-key", key); // for a server that does nothing twice
        }
        let session = self.session.borrow().clone();
        if message["method"] != "initialize" {
            let protocol = session.as_ref().map_or(PROTOCOL, |session| session.protocol.as_str());
            request = request.header("mcp-protocol-version", protocol);
        }
        if let Some(id) = session.and_then(|session| session.id) {
            request = request.header("mcp-session-id", id);
        }
        let request = request.body(body.into_bytes()).map_err(|error| McpClientError(error.to_string()))?;
        self.send(&request, repeatable, timeout).map_err(|error| McpClientError(error.to_string()))
    }

    /// Sends a request, also again, until `timeout` has passed.
    fn send(
        &self,
        request: &Request<Vec<u8>>,
        repeatable: bool,
        timeout: Duration,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let until = (self.env.now_ms)() + u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        let mut pauses = PAUSES.into_iter();
        loop {
            let answer = (self.env.fetch)(request.clone(), self.env.time_until(until, timeout));
            match pauses.next().filter(|pause| self.env.time_until(until, timeout) > *pause) {
                Some(pause) if may_repeat(&answer, repeatable) => (self.env.sleep)(pause),
                _ => return answer,
            }
        }
    }
}

/// Whether a call may be made again: it did not reach the server, or may be done twice.
fn may_repeat(answer: &Result<Response<Vec<u8>>, TransportError>, repeatable: bool) -> bool {
    match answer {
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

/// How servers say that there is no session, or none any more; nothing was done then.
fn wants_session(response: &Response<Vec<u8>>) -> bool {
    matches!(response.status(), StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY)
}

fn read(method: &str, response: &Response<Vec<u8>>) -> Result<RpcResult, McpClientError> {
    if response.status() != StatusCode::OK {
        return Err(McpClientError(format!("{method} was answered with HTTP {}", response.status().as_u16())));
    }
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let envelope = match kind.starts_with("text/event-stream") {
        true => streamed(response.body()),
        false => serde_json::from_slice(response.body()).ok(),
    };
    let Envelope { result, error } = envelope.ok_or_else(|| McpClientError(format!("{method}: not JSON-RPC")))?;
    match (result, error) {
        (Some(result), None) => Ok(Ok(result)),
        (_, Some(error)) => Ok(Err(error)),
        (None, None) => Err(McpClientError(format!("{method}: neither result nor error"))),
    }
}

/// The answer among the messages of an event stream.
fn streamed(body: &[u8]) -> Option<Envelope> {
    let mut found = None;
    let mut take = |data: &[u8]| {
        let message: Value = serde_json::from_slice(data).unwrap_or_default();
        if message["id"] == 1 && (message.get("result").is_some() || message.get("error").is_some()) {
            found = serde_json::from_value(message).ok();
        }
    };
    let mut events = sse::EventReader::default();
    events.push(body, &mut take);
    events.finish(&mut take).ok()?;
    found
}

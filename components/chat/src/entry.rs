//! The Wasm-bound part: makes the environment of a request from the host's functions.

use std::ops::ControlFlow;

use assistant::{Language, StreamTimeouts, TransportError, TurnEnv};
use http_api::{ApiError, Request, Response, Verifier};
use serde_json::Value;
use spin_host::{OutboundError, OutboundTimeouts};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::body_limit::body_limit;
use crate::client::ClientConnection;
use crate::env::ChatEnv;
use crate::routes;
use crate::settings::ChatSettings;

/// The longest response that is read from the model or a tool, in bytes.
const RESPONSE_LIMIT: usize = 4 * 1024 * 1024;

/// How long a list of tools is cached, in milliseconds.
const TOOLS_MAX_AGE: u64 = 300_000;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let limit = |request: &Request| Ok(body_limit(request));
    spin_host::serve_stream(request, out, limit, |request, starter| {
        let client = ClientConnection::new(starter);
        let response = http_api::respond(request, || respond(request, &client));
        client.end(response)
    });
}

fn respond(request: &Request, client: &ClientConnection) -> Result<Response, ApiError> {
    let issuer = spin_host::origin("better_auth_url")?;
    let verifier = Verifier {
        issuer: &issuer,
        oauth: None,
        now: spin_host::now(),
        keys: &spin_host::jwks,
        cache: Some(&spin_host::TOKEN_CACHE),
        personal: Some(&|token| personal_token::verify(request, token)),
    };
    let turn = TurnEnv {
        fetch: &|request, timeout| spin_host::fetch(request, timeout, RESPONSE_LIMIT).map_err(to_transport_error),
        stream: &|request, timeouts, take| {
            if client.tick().is_break() {
                return Err(TransportError::Stopped); // no client waits for the response
            }
            let StreamTimeouts { first_byte, idle, whole } = timeouts;
            let timeouts = OutboundTimeouts { first_byte, idle, whole };
            let mut while_heard = |status, chunk: &[u8]| {
                client.hear(status);
                match client.tick() {
                    ControlFlow::Continue(()) => take(status, chunk),
                    gone => gone,
                }
            };
            client.begin_call();
            let end = spin_host::fetch_stream(request, timeouts, RESPONSE_LIMIT, &mut while_heard, &|| client.tick());
            client.end_call();
            end.map_err(to_transport_error)
        },
        recall: &|name| spin_host::recall(name, TOOLS_MAX_AGE),
        remember: &spin_host::remember,
        now_ms: &spin_host::now_ms,
        sleep: &|time| client.wait(time),
        log: &|event| log(request, event),
    };
    let env = ChatEnv {
        settings: ChatSettings(&spin_host::variable),
        trusted_origins: &spin_host::trusted_origins,
        language: Language::preferred(http_api::header(request, "accept-language").unwrap_or_default()),
        turn,
        start_stream: &|head| client.start_stream(head),
        send: &|bytes| client.send(bytes),
        hold_head: &|head| client.hold_head(head),
        promise_reply: &|| client.promise_reply(),
        tick: &|| client.tick(),
    };
    routes::route(request, &verifier, &env)
}

/// Logs an event of the assistant under the id of its request.
fn log(request: &Request, mut event: Value) {
    if event["level"].is_null() {
        event["level"] = "info".into();
    }
    event["request_id"] = http_api::request_id(request).into();
    http_api::log(&event);
}

fn to_transport_error(error: OutboundError) -> TransportError {
    match error {
        OutboundError::Stopped => TransportError::Stopped,
        OutboundError::Unreached(_) => TransportError::Unreachable(error.to_string()),
        other => TransportError::Failed(other.to_string()),
    }
}

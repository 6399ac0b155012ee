//! The Wasm-bound part: makes the environment of a request from the host's functions.

use assistant::{Language, TurnEnv};
use http_api::{ApiError, Request, Response, Verifier};
use serde_json::Value;
use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve_stream};

use crate::body_limit::body_limit;
use crate::client::ClientConnection;
use crate::env::ChatEnv;
use crate::network::ClientNetwork;
use crate::routes;
use crate::settings::ChatSettings;

/// How long a list of tools is cached, in milliseconds.
const TOOLS_MAX_AGE: u64 = 300_000;

struct ChatService;

export!(ChatService);

impl HttpService for ChatService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        spin_host::set_connection_keeper(db::keep_connection);
        let limit = |request: &Request| Ok(body_limit(request));
        serve_stream(request, limit, async |request, starter| {
            let client = ClientConnection::new(starter);
            let outcome = respond(&request, &client).await;
            client.end(http_api::respond(&request, || outcome))
        })
        .await
    }
}

async fn respond(request: &Request, client: &ClientConnection) -> Result<Response, ApiError> {
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
        network: &ClientNetwork(client),
        recall: &|name| spin_host::recall_kept(name, TOOLS_MAX_AGE),
        remember: &spin_host::remember,
        now_ms: &spin_host::now_ms,
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
        client_state: &|| client.state(),
    };
    routes::route(request, &verifier, &env).await
}

/// Logs an event of the assistant under the id of its request.
fn log(request: &Request, mut event: Value) {
    if event["level"].is_null() {
        event["level"] = "info".into();
    }
    event["request_id"] = http_api::request_id(request).into();
    http_api::log(&event);
}

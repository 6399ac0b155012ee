//! The Wasm-bound part: settings in, answer out.

use assistant::{Language, TransportError, TurnEnv};
use http_api::{ApiError, Request, Response, Verifier};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::client::Client;
use crate::{Around, BODY_LIMIT, Settings, routes};

/// The longest answer that is read from the model or a tool, in bytes.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// A list of tools this old, in milliseconds, is asked for anew.
const TOOLS_MAX_AGE: u64 = 300_000;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let limit = |_: &Request| Ok(BODY_LIMIT);
    spin_host::serve_stream(request, out, limit, |request, starter| {
        let client = Client::new(starter);
        let response = http_api::respond(request, || answer(request, &client));
        client.end(response)
    });
}

fn answer(request: &Request, client: &Client) -> Result<Response, ApiError> {
    let issuer = spin_host::origin("better_auth_url")?;
    let verifier = Verifier {
        issuer: &issuer,
        oauth: None,
        now: spin_host::now(),
        keys: &spin_host::jwks,
        cache: Some(&spin_host::TOKEN_CACHE),
    };
    let outside = TurnEnv {
        fetch: &|request, timeout| spin_host::fetch(request, timeout, ANSWER_LIMIT).map_err(failed),
        stream: &|request, patience, take| {
            if client.tick().is_break() {
                return Err(TransportError::Stopped); // nothing is asked that nobody waits for
            }
            let assistant::StreamTimeouts { first_byte, idle, whole } = patience;
            let patience = spin_host::OutboundTimeouts { first_byte, idle, whole };
            spin_host::fetch_stream(request, patience, ANSWER_LIMIT, take, &|| client.tick()).map_err(failed)
        },
        recall: &|name| spin_host::recall(name, TOOLS_MAX_AGE),
        remember: &spin_host::remember,
        now_ms: &spin_host::now_ms,
        sleep: &|time| client.wait(time),
        log: &|mut event| {
            if event["level"].is_null() {
                event["level"] = "info".into();
            }
            event["request_id"] = http_api::request_id(request).into();
            http_api::log(&event);
        },
    };
    let (begin, send) = (&|head| client.begin(head), &|bytes: &[u8]| client.send(bytes));
    let language = Language::preferred(http_api::header(request, "accept-language").unwrap_or_default());
    routes::route(
        request,
        &verifier,
        &Around {
            settings: Settings(&spin_host::variable),
            trusted: &spin_host::trusted_origins,
            language,
            outside,
            begin,
            send,
        },
    )
}

fn failed(error: spin_host::OutboundError) -> TransportError {
    match error {
        spin_host::OutboundError::Stopped => TransportError::Stopped,
        spin_host::OutboundError::Unreached(_) => TransportError::Unreachable(error.to_string()),
        other => TransportError::Failed(other.to_string()),
    }
}

//! The Wasm-bound part: settings in, answer out.

use assistant::{FetchError, Outside};
use edge::{ApiError, Request, Response, Verifier};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::{Around, BODY_LIMIT, Settings, routes};

/// The longest answer that is read from the model or a tool, in bytes.
const ANSWER_LIMIT: usize = 1024 * 1024;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    platform::serve(request, out, BODY_LIMIT, |request| edge::respond(request, || answer(request))).await;
}

fn answer(request: &Request) -> Result<Response, ApiError> {
    let settings = Settings::load(platform::variable)?;
    let issuer = platform::origin("better_auth_url")?;
    let auth_origin = platform::variable("auth_origin")?;
    let keys = |wanted| platform::jwks(&auth_origin, wanted);
    let verifier = Verifier { issuer: &issuer, oauth: None, now: platform::now(), keys: &keys };
    let outside = Outside {
        fetch: &|request, timeout| {
            platform::fetch(request, timeout, ANSWER_LIMIT).map_err(|error| FetchError(error.to_string()))
        },
        now_ms: &platform::now_ms,
        sleep: &std::thread::sleep,
        log: &|event| eprintln!("{event}"),
    };
    routes::route(request, &verifier, &Around { settings: &settings, outside })
}

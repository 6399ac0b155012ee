//! The Wasm-bound part: what the host provides.

use std::time::Duration;

use db::Db;
use http_api::{ApiError, Request, Response, Verifier};
use rate_limit::Rate;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::env::SentResult;
use crate::{BODY_LIMIT, ClockEnv, ClockSettings};

/// How long a push service or the mail API may take, and the longest response that is read, in bytes.
const TIMEOUT: Duration = Duration::from_secs(5);
const RESPONSE_LIMIT: usize = 64 * 1024;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let respond = |request: &Request| http_api::respond(request, || respond(request));
    spin_host::serve_api(request, out, |_| Ok(BODY_LIMIT), respond);
}

fn respond(request: &Request) -> Result<Response, ApiError> {
    spin_host::set_connection_keeper(task_client::keep_connection);
    let issuer = spin_host::origin("better_auth_url")?;
    let open = || Ok(Db::open(&spin_host::variable("database_url")?)?);
    let verifier = Verifier {
        issuer: &issuer,
        oauth: None,
        now: spin_host::now(),
        keys: &spin_host::jwks,
        cache: Some(&spin_host::TOKEN_CACHE),
        personal: Some(&|token| personal_token::verify(request, token)),
    };
    let env = ClockEnv {
        settings: ClockSettings(&spin_host::variable),
        verifier: &verifier,
        tasks: &TaskClient,
        clocks: &TaskClient,
        open: &open,
        send: &send,
        now_ms: &spin_host::now_ms,
        admit: &|user| {
            rate_limit::admit(open, Rate::per_minute("tasks", &spin_host::variable("rate_limit_per_minute")?)?, user)
        },
        admit_test: &|user| rate_limit::take(&open()?, Rate { name: "test", limit: 10, window: 3600 }, user),
    };
    crate::respond(request, &env)
}

fn send(requests: Vec<http::Request<Vec<u8>>>) -> Vec<SentResult> {
    let results = spin_host::fetch_all(requests, TIMEOUT, RESPONSE_LIMIT);
    results.into_iter().map(|result| result.map_err(|error| error.to_string())).collect()
}

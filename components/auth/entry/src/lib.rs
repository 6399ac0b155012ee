//! The Wasm-bound part of `components/auth`: what the host provides, in and out.

#![cfg(target_arch = "wasm32")]
#![expect(unsafe_code, reason = "the exported function that #[http_component] generates")]

use std::cell::RefCell;
use std::time::Duration;

use auth_routes::{Env, KeptSigningKey, Settings, handle};
use db::Db;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

/// Longest body that is read.
const BODY_LIMIT: usize = 64 * 1024;
/// How long another server may take to respond, and the longest response that is read.
const TIMEOUT: Duration = Duration::from_secs(10);
const RESPONSE_LIMIT: usize = 256 * 1024;

#[http_component]
async fn handle_request(request: IncomingRequest, out: ResponseOutparam) {
    let later = RefCell::<Vec<http::Request<Vec<u8>>>>::default();
    let respond = |request: &http_api::Request| {
        let env = Env {
            now: spin_host::now(),
            random: &random,
            connect: Db::open,
            fetch: &fetch,
            key_set: &spin_host::key_set,
            send_later: &|r| later.borrow_mut().push(r),
            signing_key: &KeptSigningKey::new(),
        };
        handle(request, Settings::load(spin_host::variable), &env)
    };
    spin_host::serve_api(request, out, |_| Ok(BODY_LIMIT), respond);
    later.take().into_iter().for_each(send);
}

/// Sends a mail after the response. Its address and content are never logged.
fn send(request: http::Request<Vec<u8>>) {
    let cause = match fetch(request) {
        Ok(response) if response.status().is_success() => return,
        Ok(response) => format!("the mail API returned {}", response.status()),
        Err(error) => error,
    };
    http_api::log(&serde_json::json!({"level": "error", "event": "mail_not_sent", "cause": cause}));
}

fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("wasi:random never fails");
}

fn fetch(request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String> {
    spin_host::fetch(request, TIMEOUT, RESPONSE_LIMIT).map_err(|error| error.to_string())
}

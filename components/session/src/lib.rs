//! What each page asks auth for all the time: the session and its token, by the routes of `components/auth`. It is a component of its own because
//! its instances serve many requests, several at once. Those of auth serve one, because hashing a password takes a tenth of a second.
//! It calls no other server and knows no password.

#![cfg(target_arch = "wasm32")]

use auth_routes::{Env, KeptSigningKey, Settings};
use db::Db;
use http_api::{Request, Response};
use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve_api};

/// Longest body that is read.
const BODY_LIMIT: usize = 64 * 1024;

struct SessionService;

export!(SessionService);

impl HttpService for SessionService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        spin_host::set_connection_keeper(db::keep_connection);
        serve_api(request, |_| Ok(BODY_LIMIT), respond).await
    }
}

thread_local!(static SIGNING_KEY: KeptSigningKey = const { KeptSigningKey::new() });

fn respond(request: &Request) -> Response {
    SIGNING_KEY.with(|key| respond_with(request, key))
}

fn respond_with(request: &Request, signing_key: &KeptSigningKey) -> Response {
    let env = Env {
        now: spin_host::now(),
        random: &|bytes| getrandom::fill(bytes).expect("wasi:random never fails"),
        connect: Db::kept,
        fetch: &|_| Err("this component calls no server".to_owned()),
        key_set: &|_, _| Err("this component calls no server".to_owned()),
        send_later: &|_| {},
        signing_key,
    };
    auth_routes::handle_session(request, Settings::load(spin_host::variable), &env)
}

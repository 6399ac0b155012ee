//! What the host itself costs: a component that answers and does nothing else.

#![cfg(target_arch = "wasm32")]
#![expect(unsafe_code, reason = "http_component exports the handler")]

use spin_sdk::http::{IntoResponse, Request, Response};
use spin_sdk::http_component;

#[http_component]
fn handle(_: Request) -> impl IntoResponse {
    Response::new(200, "ok")
}

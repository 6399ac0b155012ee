//! The cost of the host itself: a component that responds and does nothing else.

#![cfg(target_arch = "wasm32")]
#![expect(unsafe_code, reason = "http_component exports the handler")]

use spin_sdk::http::{IntoResponse, Request, Response};
use spin_sdk::http_component;

#[http_component]
fn handle(_: Request) -> impl IntoResponse {
    Response::new(200, "ok")
}

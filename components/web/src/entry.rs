//! The part that is bound to Wasm.

use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::files::EMBEDDED;
use crate::routes::handle;

/// No route reads a body.
const BODY_LIMIT: usize = 0;

#[http_component]
async fn entry(request: IncomingRequest, out: ResponseOutparam) {
    spin_host::serve(request, out, |_| Ok(BODY_LIMIT), |request| handle(request, EMBEDDED));
}

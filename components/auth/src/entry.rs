//! The component's face to the Spin host.

use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::{Settings, Surroundings, handle};

/// Longest body that is read.
const BODY_LIMIT: usize = 64 * 1024;

#[http_component]
async fn answer(request: IncomingRequest, out: ResponseOutparam) {
    let respond = |request: &edge::Request| {
        let around = Surroundings { now: platform::now(), random: &random };
        handle(request, Settings::load(platform::variable), &around)
    };
    platform::serve(request, out, BODY_LIMIT, respond).await;
}

fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("wasi:random always answers");
}

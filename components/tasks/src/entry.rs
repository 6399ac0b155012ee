//! The Wasm-bound part: settings in, answer out.

use edge::{ApiError, Request, Response, Verifier};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::{BODY_LIMIT, routes};

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    platform::serve(request, out, BODY_LIMIT, |request| edge::respond(request, || answer(request))).await;
}

fn answer(request: &Request) -> Result<Response, ApiError> {
    let issuer = platform::origin("better_auth_url")?;
    let auth_origin = platform::variable("auth_origin")?;
    let keys = |wanted| platform::jwks(&auth_origin, wanted);
    let verifier = Verifier { issuer: &issuer, oauth: None, now: platform::now(), keys: &keys };
    routes::route(request, &verifier, &TaskClient)
}

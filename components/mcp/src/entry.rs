//! The Wasm-bound part: settings in, answer out.

use edge::{ApiError, Request, Resource, Response, Verifier};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::{BODY_LIMIT, Settings};

#[http_component]
async fn entry(request: IncomingRequest, out: ResponseOutparam) {
    platform::serve(request, out, BODY_LIMIT, |request| edge::respond(request, || answer(request))).await;
}

fn answer(request: &Request) -> Result<Response, ApiError> {
    let settings = Settings::new(platform::origin("better_auth_url")?, &platform::variable("mcp_allowed_hosts")?)?;
    let auth_origin = platform::variable("auth_origin")?;
    let issuer = settings.authorization_server();
    let verifier = Verifier {
        issuer: &settings.origin,
        oauth: Some(Resource { issuer: &issuer, audience: &settings.resource }),
        now: platform::now(),
        keys: &|wanted| platform::jwks(&auth_origin, wanted),
    };
    Ok(crate::handle(request, &settings, &verifier, &TaskClient))
}

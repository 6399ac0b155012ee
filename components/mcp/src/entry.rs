//! The Wasm-bound part: settings in, answer out.

use db::Db;
use edge::{ApiError, Request, Resource, Response, Verifier};
use rate::Rate;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::{Settings, Tools, body_limit};

#[http_component]
async fn entry(request: IncomingRequest, out: ResponseOutparam) {
    let limit = |_: &Request| body_limit(&platform::variable);
    platform::serve_api(request, out, limit, |request| edge::respond(request, || answer(request)));
}

fn answer(request: &Request) -> Result<Response, ApiError> {
    let settings =
        Settings::new(platform::origin("better_auth_url")?, &platform::variable, &platform::trusted_origins)?;
    let issuer = settings.authorization_server();
    let verifier = Verifier {
        issuer: &settings.origin,
        oauth: Some(Resource { issuer: &issuer, audience: &settings.resource }),
        now: platform::now(),
        keys: &platform::jwks,
        memory: Some(&platform::TOKENS_KNOWN),
    };
    let open = || Ok(Db::open(&platform::variable("database_url")?)?);
    let rate = || Rate::per_minute("tools", platform::variable("rate_limit_per_minute")?.trim());
    let admit = |user: &str| rate::admit(open, rate()?, user).map(|_| ());
    let tools = Tools { store: &TaskClient, admit: &admit };
    Ok(crate::handle(request, &settings, &verifier, &tools))
}

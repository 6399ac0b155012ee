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
    let limit = platform::variable("mcp_body_limit").and_then(|text| body_limit(&text));
    let most = *limit.as_ref().unwrap_or(&0);
    platform::serve_api(request, out, most, |request| edge::respond(request, || answer(request, limit?)));
}

fn answer(request: &Request, body_limit: usize) -> Result<Response, ApiError> {
    let settings =
        Settings::new(platform::origin("better_auth_url")?, &platform::variable("mcp_allowed_hosts")?, body_limit)?
            .trusting(platform::trusted_origins()?);
    let auth_origin = platform::variable("auth_origin")?;
    let issuer = settings.authorization_server();
    let verifier = Verifier {
        issuer: &settings.origin,
        oauth: Some(Resource { issuer: &issuer, audience: &settings.resource }),
        now: platform::now(),
        keys: &|wanted| platform::jwks(&auth_origin, wanted),
        signatures: Some(&platform::SIGNATURES),
    };
    let rate = Rate::per_minute("tools", platform::variable("rate_limit_per_minute")?.trim())?;
    let open = || Ok(Db::open(&platform::variable("database_url")?)?);
    let admit = |user: &str| rate::admit(open, rate, user).map(|_| ());
    let tools = Tools { store: &TaskClient, admit: &admit };
    Ok(crate::handle(request, &settings, &verifier, &tools))
}

//! The Wasm-bound part: reads the settings and calls the router.

use db::Db;
use http_api::{ApiError, OAuthResource, Request, Response, Verifier};
use rate_limit::Rate;
use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve};
use task_client::TaskClient;

use crate::{McpEnv, McpSettings, body_limit};

struct McpService;

export!(McpService);

impl HttpService for McpService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        spin_host::set_connection_keeper(task_client::keep_connection);
        let limit = |_: &Request| body_limit(&spin_host::variable);
        serve(request, limit, |request| http_api::respond(request, || respond(request))).await
    }
}

fn respond(request: &Request) -> Result<Response, ApiError> {
    let settings = McpSettings::new(spin_host::origin("better_auth_url")?, &spin_host::variable)?;
    let issuer = settings.authorization_server();
    let verifier = Verifier {
        issuer: &settings.origin,
        oauth: Some(OAuthResource { issuer: &issuer, audience: &settings.resource }),
        now: spin_host::now(),
        keys: &spin_host::jwks,
        cache: Some(&spin_host::TOKEN_CACHE),
        personal: Some(&|token| personal_token::verify(request, token)),
    };
    let open = || Ok(Db::open(&spin_host::variable("database_url")?)?);
    let rate = || Rate::per_minute("tools", spin_host::variable("rate_limit_per_minute")?.trim());
    let admit = |user: &str| rate_limit::admit(open, rate()?, user).map(|_| ());
    let env = McpEnv { verifier: &verifier, origin: &settings.origin, store: &TaskClient, admit: &admit };
    Ok(crate::handle(request, &settings, &env))
}

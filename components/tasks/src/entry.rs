//! The Wasm-bound part. Each variable is read only where it is needed.

use calendar_feed::DatabaseFeedStore;
use db::Db;
use http_api::{ApiError, Request, Verifier};
use personal_token::DatabaseTokenStore;
use rate_limit::Rate;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::env::TasksEnv;
use crate::response::TasksResponse;
use crate::routes;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let limit = |request: &Request| Ok(routes::body_limit(request));
    spin_host::serve_stream(request, out, limit, |request, starter| {
        let mut export = None;
        let response = http_api::respond(request, || {
            Ok(match respond(request)? {
                TasksResponse::Complete(response) => response,
                TasksResponse::Export(started) => export.insert(started).head.clone(),
            })
        });
        let Some(export) = export else { return Some((starter, response)) };
        let stream = starter.start(response.map(drop));
        match export.write(&TaskClient, |chunk| stream.send(chunk).is_ok()) {
            Ok(()) => stream.finish(),
            // Begun and not finished: the client sees a broken response, not a short one.
            Err(error) => http_api::log_late_error(request, &error.to_string()),
        }
        None
    });
}

fn respond(request: &Request) -> Result<TasksResponse, ApiError> {
    let issuer = spin_host::origin("better_auth_url")?;
    let rate = || Rate::per_minute("tasks", &spin_host::variable("rate_limit_per_minute")?);
    let open = || Ok(Db::open(&spin_host::variable("database_url")?)?);
    let env = TasksEnv {
        verifier: &Verifier {
            issuer: &issuer,
            oauth: None,
            now: spin_host::now(),
            keys: &spin_host::jwks,
            cache: Some(&spin_host::TOKEN_CACHE),
            personal: Some(&|token| personal_token::verify(request, token)),
        },
        store: &TaskClient,
        tokens: &DatabaseTokenStore { open: &open },
        calendars: &DatabaseFeedStore { open: &open },
        lists: &TaskClient,
        settings: &TaskClient,
        requires_version: &|| Ok(spin_host::variable("require_if_match")? == "true"),
        take_allowance: &|user| rate_limit::admit(open, rate()?, user),
        client_subject: &rate_limit::address_subject,
    };
    routes::respond(request, &env)
}

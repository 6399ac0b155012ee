//! The Wasm-bound part: what the operator set is read where it is needed.

use db::Db;
use http_api::{ApiError, Request, Verifier};
use rate_limit::Rate;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;
use task_client::TaskClient;

use crate::{Answer, Around, body_limit, routes};

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let limit = |request: &Request| Ok(body_limit(request.uri().path()));
    spin_host::serve_stream(request, out, limit, |request, starter| {
        let mut export = None;
        let response = http_api::respond(request, || {
            Ok(match answer(request)? {
                Answer::Whole(response) => response,
                Answer::Export(begun) => export.insert(begun).head.clone(),
            })
        });
        let Some(export) = export else { return Some((starter, response)) };
        let stream = starter.start(response.map(drop));
        match export.write(&TaskClient, |chunk| stream.send(chunk).is_ok()) {
            Ok(()) => stream.finish(),
            // Begun and not ended: the client sees a broken answer, not a short one.
            Err(error) => http_api::log_late_error(request, &error.to_string()),
        }
        None
    });
}

fn answer(request: &Request) -> Result<Answer, ApiError> {
    let issuer = spin_host::origin("better_auth_url")?;
    let rate = || Rate::per_minute("tasks", &spin_host::variable("rate_limit_per_minute")?);
    let open = || Ok(Db::open(&spin_host::variable("database_url")?)?);
    let around = Around {
        verifier: &Verifier {
            issuer: &issuer,
            oauth: None,
            now: spin_host::now(),
            keys: &spin_host::jwks,
            cache: Some(&spin_host::TOKEN_CACHE),
        },
        store: &TaskClient,
        requires_version: &|| Ok(spin_host::variable("require_if_match")? == "true"),
        admit: &|user| rate_limit::admit(open, rate()?, user),
    };
    routes::route(request, &around)
}

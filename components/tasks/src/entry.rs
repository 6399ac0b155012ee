//! The Wasm-bound part. Each variable is read only where it is needed.

use calendar_feed::DatabaseFeedStore;
use db::Db;
use http_api::{ApiError, Request, Verifier};
use personal_token::DatabaseTokenStore;
use rate_limit::Rate;
use spin_host::service::{
    BodyParts, ErrorCode, HostRequest, HostResponse, HttpService, ServiceResponse, export, serve_api,
};
use task_client::TaskClient;

use crate::env::TasksEnv;
use crate::export::TaskExport;
use crate::response::TasksResponse;
use crate::routes;

struct TasksService;

export!(TasksService);

impl HttpService for TasksService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        spin_host::set_connection_keeper(task_client::keep_connection);
        serve_api(request, |request| Ok(routes::body_limit(request)), respond_or_export).await
    }
}

fn respond_or_export(request: &Request) -> ServiceResponse {
    let mut export = None;
    let head = http_api::respond(request, || {
        Ok(match respond(request)? {
            TasksResponse::Complete(response) => response,
            TasksResponse::Export(started) => export.insert(started).head.clone(),
        })
    });
    let rest = export.map(|export: TaskExport| -> BodyParts {
        Box::new(export.into_parts(&TaskClient).map(|part| part.map_err(|error| error.to_string())))
    });
    ServiceResponse { head, rest }
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

//! The cost of the database in instances that serve many requests and keep their connection: the statement that lists 20 tasks of the owner
//! after `?`, and nothing else.

#![cfg(target_arch = "wasm32")]

use db::Db;
use http_api::{ApiError, Request, Response};
use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve};

const QUERY: &str = include_str!("../../query/sql/list.sql");

struct QueryService;

export!(QueryService);

impl HttpService for QueryService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        serve(request, |_| Ok(0), |request| http_api::respond(request, || respond(request))).await
    }
}

fn respond(request: &Request) -> Result<Response, ApiError> {
    let owner = request.uri().query().unwrap_or_default().to_owned();
    let rows = Db::kept(&spin_host::variable("database_url")?)?.query(QUERY, &[owner.into(), 21_i64.into()])?;
    match rows.len() {
        21 => Ok(Response::new(b"21".to_vec())),
        other => Err(ApiError::internal(format!("{other} rows"))),
    }
}

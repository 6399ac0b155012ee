//! Both routes. The database is an argument: what is missing, or why it cannot be asked.

use http::{Method, StatusCode};
use http_api::{ApiError, QueryParams, Request, Response, json};
use serde::Serialize;

/// Asks the database for the migrations it lacks (after applying them, where that is on).
pub type Database<'a> = &'a dyn Fn() -> Result<Vec<&'static str>, ApiError>;

#[derive(Serialize)]
struct State {
    status: &'static str,
}

/// `GET /health` and `GET /ready`.
pub fn route(request: &Request, database: Database) -> Result<Response, ApiError> {
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/health") => answer(request, "ok"),
        (&Method::GET | &Method::HEAD, "/ready") => ready(request, database),
        (_, "/health" | "/ready") => Err(ApiError::method_not_allowed("GET, HEAD")),
        _ => Err(ApiError::no_route()),
    }
}

fn ready(request: &Request, database: Database) -> Result<Response, ApiError> {
    let missing = database().map_err(|error| match error.status {
        StatusCode::SERVICE_UNAVAILABLE => error,
        _ => ApiError::unavailable("The database cannot be prepared; the log says why.", 30).because(error.reason()),
    })?;
    if missing.is_empty() {
        return answer(request, "ready");
    }
    let names = missing.join(", ");
    Err(ApiError::unavailable(format!("Migrations are missing: {names}. Run `make migrate`."), 30))
}

fn answer(request: &Request, status: &'static str) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    Ok(json(StatusCode::OK, &State { status }))
}

#[cfg(test)]
mod tests {
    use http_api::RequestBody;

    use super::*;

    fn ask(method: &str, uri: &str, database: Database) -> Result<Response, ApiError> {
        let request = http::Request::builder().method(method).uri(uri).body(RequestBody::Complete(Vec::new())).unwrap();
        route(&request, database)
    }

    #[test]
    fn health_never_asks_the_database() {
        let down = || -> Result<Vec<&'static str>, ApiError> { panic!("asked") };
        assert_eq!(ask("GET", "/health", &down).unwrap().status(), 200);
    }

    #[test]
    fn ready_says_what_is_missing() {
        assert_eq!(ask("GET", "/ready", &|| Ok(Vec::new())).unwrap().status(), 200);
        let error = ask("GET", "/ready", &|| Ok(vec!["0002_more"])).unwrap_err();
        assert_eq!(error.status, 503);
        assert!(error.detail.contains("0002_more"));
        let error = ask("GET", "/ready", &|| Err(ApiError::internal("syntax error"))).unwrap_err();
        assert_eq!((error.status.as_u16(), error.detail.contains("syntax")), (503, false));
    }

    #[test]
    fn other_methods_and_parameters_are_refused() {
        assert_eq!(ask("POST", "/health", &|| Ok(Vec::new())).unwrap_err().status, 405);
        assert_eq!(ask("GET", "/health?x=1", &|| Ok(Vec::new())).unwrap_err().status, 400);
    }
}

//! Both routes. The database is an argument: a function that returns its state, or why it cannot be used.

use http::{Method, StatusCode};
use http_api::{ApiError, QueryParams, Request, Response, json};
use serde::Serialize;

/// Checks the database, after applying the missing migrations if that is switched on.
pub type DatabaseCheck<'a> = &'a dyn Fn() -> Result<DatabaseState, ApiError>;

/// The state of a database that can be reached.
#[derive(Debug, Default)]
pub struct DatabaseState {
    /// The names of the migrations that are not applied.
    pub missing: Vec<&'static str>,
    /// One sentence for each parameter of `DATABASE_URL` that has no effect.
    pub warnings: Vec<String>,
    /// One sentence for each column or table of Better Auth's that cannot be used.
    pub faults: Vec<String>,
    /// Whether the database was only looked at.
    pub is_checked_only: bool,
    /// One sentence for each table of the predecessor that was copied.
    pub notes: Vec<String>,
    /// Whether reminders wait for the clock for too long.
    pub is_clock_late: bool,
}

#[derive(Serialize)]
struct HealthStatus {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// `GET /health` and `GET /ready`.
pub fn route(request: &Request, check: DatabaseCheck) -> Result<Response, ApiError> {
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/health") => status_response(request, "ok", DatabaseState::default()),
        (&Method::GET | &Method::HEAD, "/ready") => ready(request, check),
        (_, "/health" | "/ready") => Err(ApiError::method_not_allowed("GET, HEAD")),
        _ => Err(ApiError::no_route()),
    }
}

fn ready(request: &Request, check: DatabaseCheck) -> Result<Response, ApiError> {
    let database = check().map_err(|error| match error.status {
        StatusCode::SERVICE_UNAVAILABLE => error,
        _ => ApiError::unavailable("The database cannot be prepared; the log says why.", 30).because(error.reason()),
    })?;
    if database.is_checked_only {
        return status_response(request, "checked", database);
    }
    if !database.faults.is_empty() {
        let detail =
            format!("The database cannot be used: {}. docs/move-in.md says what is taken.", database.faults.join("; "));
        return Err(ApiError::unavailable(detail.clone(), 30).because(detail));
    }
    if database.missing.is_empty() {
        return status_response(request, "ready", database);
    }
    let names = database.missing.join(", ");
    Err(ApiError::unavailable(format!("Migrations are missing: {names}. Run `make migrate`."), 30))
}

fn status_response(request: &Request, status: &'static str, database: DatabaseState) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let DatabaseState { warnings, notes, .. } = database;
    Ok(json(StatusCode::OK, &HealthStatus { status, warnings, notes }))
}

#[cfg(test)]
mod tests;

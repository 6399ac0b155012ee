//! The calendar feed: `/api/{user_id}/calendar`, where its owner makes and ends it, and `/api/calendar/{secret}.ics`, which needs no
//! token: the address is one.

mod document;

use calendar_feed::{CalendarSecret, FeedState};
use http::StatusCode;
use http_api::{ApiError, QueryParams, Request, Response, User, empty, json};
use serde::Serialize;

use crate::env::TasksEnv;

/// A new feed: the only response that holds the secret.
#[derive(Serialize)]
struct MadeFeed<'a> {
    url: &'a str,
    created_at: &'a str,
}

/// Responds to a request of a verified user. `path` is what follows `calendar`.
pub(crate) fn respond(request: &Request, env: &TasksEnv<'_>, user: &User, path: &[&str]) -> Result<Response, ApiError> {
    // A secret that reads all tasks is made on the page alone, as an access token is.
    user.require_first_party()?;
    if !path.is_empty() {
        return Err(ApiError::no_route());
    }
    let method = request.method().as_str();
    if !["GET", "HEAD", "POST", "DELETE"].contains(&method) {
        return Err(ApiError::method_not_allowed("GET, HEAD, POST, DELETE"));
    }
    QueryParams::parse(request, &[])?;
    match method {
        "POST" => {
            let (secret, created_at) = env.calendars.make(&user.id)?;
            let url = format!("{}/api/calendar/{}.ics", env.verifier.issuer.trim_end_matches('/'), secret.as_str());
            Ok(json(StatusCode::CREATED, &MadeFeed { url: &url, created_at: &created_at }))
        }
        "DELETE" => env.calendars.revoke(&user.id).map(|()| empty(StatusCode::NO_CONTENT)),
        _ => {
            let state: FeedState = env.calendars.state(&user.id)?;
            Ok(json(StatusCode::OK, &state))
        }
    }
}

/// Responds to a program that reads a feed. A wrong address is looked up like a right one. Programs may add a query of their own.
pub(crate) fn read(request: &Request, env: &TasksEnv<'_>, file: &str) -> Result<Response, ApiError> {
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return Err(ApiError::method_not_allowed("GET, HEAD"));
    }
    let secret = CalendarSecret::sent(file.strip_suffix(".ics").unwrap_or_default());
    let client = (env.client_subject)(request)?;
    let reading = env.calendars.read(&secret, &client)?;
    let mut response = document::response(request, &reading.content.to_text())?;
    reading.allowance.show(&mut response);
    Ok(response)
}

//! The router: finds the route of a request, counts the request, and runs the route's endpoint.

mod endpoint;
mod table;

use http::StatusCode;
use http::header::SET_COOKIE;
use http_api::{ApiError, Request, Response};

use crate::context::Context;
use crate::env::Env;
use crate::guard::rate_limit;
use crate::http::error::AuthError;
use crate::http::response::add_header;
use crate::routes::table::Route;
use crate::settings::Settings;
use crate::site::settings_check;

/// Responds to one request.
pub fn handle(request: &Request, settings: Result<Settings, ApiError>, env: &Env<'_>) -> Response {
    if request.uri().path() == settings_check::PATH {
        return settings_check::check(settings.as_ref());
    }
    respond(request, settings, env, dispatch)
}

/// The same for the routes that each page asks for all the time.
pub fn handle_session(request: &Request, settings: Result<Settings, ApiError>, env: &Env<'_>) -> Response {
    respond(request, settings, env, |context, request| run(context, request, table::SESSION_ROUTES))
}

fn respond(
    request: &Request,
    settings: Result<Settings, ApiError>,
    env: &Env<'_>,
    dispatch: impl FnOnce(&Context<'_>, &Request) -> Result<Response, AuthError>,
) -> Response {
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => return AuthError::from(error).into_response(request),
    };
    let context = Context::new(request, &settings, env);
    let mut response = dispatch(&context, request).unwrap_or_else(|error| error.into_response(request));
    for cookie in context.take_cookies() {
        add_header(&mut response, SET_COOKIE, &cookie);
    }
    response
}

fn dispatch(context: &Context<'_>, request: &Request) -> Result<Response, AuthError> {
    if let Some(endpoint) = table::find_well_known(request.uri().path()) {
        return endpoint.run(context, request);
    }
    run(context, request, table::ROUTES)
}

/// Counts the request and runs its route. A path without a route is an empty 404, whatever the method.
fn run(context: &Context<'_>, request: &Request, routes: &'static [Route]) -> Result<Response, AuthError> {
    let route = table::find(routes, context.method().as_str(), context.path());
    rate_limit::check(context, route.is_some())?;
    match route {
        Some(route) => route.endpoint.run(context, request),
        None => Ok(http_api::empty(StatusCode::NOT_FOUND)),
    }
}

#[cfg(test)]
mod tests;

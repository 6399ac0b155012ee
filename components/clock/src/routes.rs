//! The router: who may call, and the handler of each route.

use http::StatusCode;
use http_api::{ApiError, QueryParams, Request, Response, User, json};
use serde_json::json;

use crate::env::ClockEnv;
use crate::{act, notifications, tick, trial};

/// The longest body, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;

/// What is behind a path of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UserEndpoint {
    Get,
    Change,
    Subscribe,
    Unsubscribe,
    Test,
    Undelivered,
}

/// Methods, a path behind `/api/{user_id}`, and what is there. A segment in braces stands for any.
struct UserRoute {
    methods: &'static str,
    path: &'static str,
    endpoint: UserEndpoint,
}

const fn route(methods: &'static str, path: &'static str, endpoint: UserEndpoint) -> UserRoute {
    UserRoute { methods, path, endpoint }
}

const USER_ROUTES: [UserRoute; 6] = [
    route("GET, HEAD", "/notifications", UserEndpoint::Get),
    route("PATCH", "/notifications", UserEndpoint::Change),
    route("POST", "/notifications/subscriptions", UserEndpoint::Subscribe),
    route("DELETE", "/notifications/subscriptions/{subscription_id}", UserEndpoint::Unsubscribe),
    route("POST", "/notifications/test", UserEndpoint::Test),
    route("GET, HEAD", "/notifications/undelivered", UserEndpoint::Undelivered),
];

/// Responds to a request.
pub fn respond(request: &Request, env: &ClockEnv<'_>) -> Result<Response, ApiError> {
    let path = http_api::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match (request.method().as_str(), path.as_slice()) {
        ("POST", ["internal", "tick"]) => tick::respond(request, env),
        (_, ["internal", "tick"]) => Err(ApiError::method_not_allowed("POST")),
        ("POST", ["internal", "late"]) => tick::catch_up(request, env),
        ("GET", ["internal", "settings"]) => Ok(json(StatusCode::OK, &json!({"faults": env.settings.faults()}))),
        ("GET" | "HEAD" | "POST", ["api", "reminders", token]) => act::respond(request, env, token),
        (_, ["api", "reminders", _]) => Err(ApiError::method_not_allowed("GET, HEAD, POST")),
        (method, ["api", owner, rest @ ..]) => {
            let endpoint = find(method, rest)?;
            let user = http_api::require_owner(request, env.verifier, owner)?;
            let allowance = (env.admit)(&user.id)?;
            let mut response = respond_to_user(request, env, &user, endpoint, rest)?;
            allowance.show(&mut response);
            Ok(response)
        }
        _ => Err(ApiError::no_route()),
    }
}

fn respond_to_user(
    request: &Request,
    env: &ClockEnv<'_>,
    user: &User,
    endpoint: UserEndpoint,
    path: &[&str],
) -> Result<Response, ApiError> {
    match endpoint {
        UserEndpoint::Undelivered => user.require_tasks(false)?,
        _ => user.require_first_party()?,
    }
    QueryParams::parse(request, &[])?;
    match endpoint {
        UserEndpoint::Get => notifications::get(env, user),
        UserEndpoint::Change => notifications::change(env, request, user),
        UserEndpoint::Subscribe => notifications::subscribe(env, request, user),
        UserEndpoint::Unsubscribe => notifications::unsubscribe(env, user, path.last().copied().unwrap_or_default()),
        UserEndpoint::Test => trial::respond(env, request, user),
        UserEndpoint::Undelivered => notifications::undelivered(env, user),
    }
}

/// The endpoint for a method and the segments of a path behind the user: 404, or 405 with the methods of the path.
fn find(method: &str, path: &[&str]) -> Result<UserEndpoint, ApiError> {
    let routes = || USER_ROUTES.iter().filter(|route| matches(route.path, path));
    if let Some(found) = routes().find(|route| route.methods.split(", ").any(|allowed| allowed == method)) {
        return Ok(found.endpoint);
    }
    let allowed: Vec<&str> = routes().map(|route| route.methods).collect();
    Err(if allowed.is_empty() { ApiError::no_route() } else { ApiError::method_not_allowed(allowed.join(", ")) })
}

fn matches(pattern: &str, path: &[&str]) -> bool {
    let segments = pattern.split('/').skip(1);
    segments.clone().count() == path.len()
        && segments.zip(path).all(|(segment, given)| segment.starts_with('{') || segment == *given)
}

#[cfg(test)]
mod tests;

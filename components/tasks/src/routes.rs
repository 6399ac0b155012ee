//! The router: verifies the user of a request for `/api/{user_id}/tasks…`, `…/lists…`, `…/settings`, `…/history…` or `…/tokens…`, counts the
//! request, and runs the route's endpoint.

mod endpoint;
mod table;

use http_api::{ApiError, Request};

use crate::calendar;
use crate::env::TasksEnv;
use crate::response::TasksResponse;
use crate::tokens;

/// Responds to a request for what belongs to the user in the path, who must be the one of the token, or for a calendar feed.
pub fn respond(request: &Request, env: &TasksEnv<'_>) -> Result<TasksResponse, ApiError> {
    let path = http_api::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let (owner, resource) = match path.as_slice() {
        ["api", "calendar", file] => return Ok(calendar::read(request, env, file)?.into()),
        ["api", owner, resource @ ("tasks" | "lists" | "settings" | "history" | "tokens" | "calendar"), ..] => {
            (*owner, *resource)
        }
        _ => return Err(ApiError::no_route()),
    };
    let user = http_api::require_owner(request, env.verifier, owner)?;
    let allowance = (env.take_allowance)(&user.id)?;
    let mut response = match resource {
        "calendar" => calendar::respond(request, env, &user, &path[3..])?.into(),
        "tokens" => tokens::respond(request, env, &user, &path[3..])?.into(),
        _ => {
            user.require_tasks(!request.method().is_safe())?;
            let endpoint = table::find(request.method().as_str(), &path[2..])?;
            endpoint.run(env, request, &user, path.get(3).copied())?.compressed(request)?
        }
    };
    response.show(&allowance);
    Ok(response)
}

/// How many bytes of a request's body are read.
pub fn body_limit(request: &Request) -> usize {
    let rule = http_api::segments(request).ok().and_then(|path| {
        let path: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
        table::find(request.method().as_str(), &path).ok()?.body_rule()
    });
    rule.map_or(table::BODY_LIMIT, |rule| rule.limit)
}

#[cfg(test)]
mod tests;

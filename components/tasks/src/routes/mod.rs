//! The URL space of tasks: `/api/{user_id}/tasks…`. The router verifies the user and reads the request by the table; a handler
//! gets a [`TasksRequest`] and nothing else.

pub(crate) mod table;

use http::Method;
use http_api::{ApiError, Request, Response};

use crate::env::TasksEnv;
use crate::export::TaskExport;
use crate::request::TasksRequest;
use crate::{bulk, export, import, list, task};
use table::{BodyRule, TasksRoute};

/// A response.
pub enum TasksResponse {
    /// A complete one.
    Complete(Response),
    /// One whose body is written page by page.
    Export(TaskExport),
}

type TasksHandler = fn(&TasksRequest) -> Result<Response, ApiError>;

/// What a route runs.
enum TasksTarget {
    /// A handler with a complete response.
    Handler(TasksHandler),
    /// The export, whose response is written page by page.
    Export,
}

/// A route that reads.
const fn read(path: &'static [&'static str], query: &'static [&'static str]) -> TasksRoute {
    TasksRoute { method: "GET", path, query, body: BodyRule::Ignored, takes_key: false }
}

/// A route that writes.
const fn write(method: &'static str, path: &'static [&'static str], body: BodyRule) -> TasksRoute {
    TasksRoute { method, path, query: &[], body, takes_key: false }
}

/// A route that adds something and may be sent twice.
const fn add(path: &'static [&'static str], body: BodyRule) -> TasksRoute {
    TasksRoute { takes_key: true, ..write("POST", path, body) }
}

/// All routes. A fixed word comes before `{id}`.
const ROUTES: &[(TasksRoute, TasksTarget)] = &[
    (read(&[], &list::PARAMETERS), TasksTarget::Handler(list::list)),
    (add(&[], BodyRule::Json), TasksTarget::Handler(task::add)),
    (read(&["export"], &["format"]), TasksTarget::Export),
    (add(&["import"], BodyRule::Import), TasksTarget::Handler(import::import)),
    (write("POST", &["complete"], BodyRule::Json), TasksTarget::Handler(bulk::complete)),
    (write("POST", &["delete"], BodyRule::Json), TasksTarget::Handler(bulk::delete)),
    (write("POST", &["undo"], BodyRule::Bounded), TasksTarget::Handler(bulk::undo)),
    (read(&["{id}"], &[]), TasksTarget::Handler(task::get)),
    (write("PUT", &["{id}"], BodyRule::Json), TasksTarget::Handler(task::replace)),
    (write("PATCH", &["{id}"], BodyRule::MergePatch), TasksTarget::Handler(task::change)),
    (write("DELETE", &["{id}"], BodyRule::Ignored), TasksTarget::Handler(task::delete)),
    (write("PATCH", &["{id}", "complete"], BodyRule::OptionalJson), TasksTarget::Handler(task::complete)),
    (write("POST", &["{id}", "restore"], BodyRule::Ignored), TasksTarget::Handler(task::restore)),
];

/// Serves a request for the tasks of the user in the path, who must be the user of the token.
pub fn route(request: &Request, env: &TasksEnv) -> Result<TasksResponse, ApiError> {
    let path = http_api::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let ["api", owner, "tasks", rest @ ..] = path.as_slice() else { return Err(ApiError::no_route()) };
    let user = http_api::require_owner(request, env.verifier, owner)?;
    let allowance = (env.take_allowance)(&user.id)?;
    let (route, target) = find(request.method(), rest)?;
    let number = route.path.contains(&"{id}").then(|| rest[0]);
    let admitted = TasksRequest::admit(request, route, number, (user, allowance), env)?;
    match target {
        TasksTarget::Export => export::start(&admitted).map(TasksResponse::Export),
        TasksTarget::Handler(handler) => {
            let mut response = handler(&admitted)?;
            admitted.allowance.show(&mut response);
            Ok(TasksResponse::Complete(response))
        }
    }
}

/// The route of this method and path: 404 for an unknown path, 405 with the methods of a known one.
fn find(method: &Method, rest: &[&str]) -> Result<&'static (TasksRoute, TasksTarget), ApiError> {
    let fixed = ROUTES.iter().find(|(route, _)| matches(route.path, rest)).ok_or_else(ApiError::no_route)?.0.path;
    let routes = || ROUTES.iter().filter(|(route, _)| route.path == fixed);
    let serves = |(route, target): &&(TasksRoute, TasksTarget)| {
        route.method == method.as_str()
            || (*method == Method::HEAD && route.method == "GET" && !matches!(target, TasksTarget::Export))
    };
    routes().find(serves).ok_or_else(|| {
        let methods: Vec<&str> = routes().map(|(route, target)| methods(route.method, target)).collect();
        ApiError::method_not_allowed(methods.join(", "))
    })
}

fn matches(pattern: &[&str], path: &[&str]) -> bool {
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(own, given)| *own == "{id}" || own == given)
}

/// The methods of a route in `Allow`.
fn methods(method: &'static str, target: &TasksTarget) -> &'static str {
    match (method, target) {
        ("GET", TasksTarget::Handler(_)) => "GET, HEAD",
        _ => method,
    }
}

/// The longest body of a request to this path, in bytes.
pub fn body_limit(path: &str) -> usize {
    if path.ends_with("/tasks/import") { import::IMPORT_LIMIT } else { BODY_LIMIT }
}

/// The longest body of every request but an import, in bytes.
const BODY_LIMIT: usize = 16 * 1024;

#[cfg(test)]
mod tests;

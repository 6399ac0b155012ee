//! The URL space of tasks: `/api/{user_id}/tasks…`.

use http::Method;
use http_api::{Allowance, ApiError, Request, Response, Verifier};
use task::TaskStore;

use crate::single::One;
use crate::transfer::{self, Export};
use crate::{list, many};

/// What the component works with.
pub struct Around<'a> {
    /// How tokens are judged.
    pub verifier: &'a Verifier<'a>,
    /// The tasks.
    pub store: &'a dyn TaskStore,
    /// Whether a change of a task must say which version it changes (`If-Match`).
    pub requires_version: &'a dyn Fn() -> Result<bool, ApiError>,
    /// Counts a request of this user: what is left, or 429.
    pub admit: &'a dyn Fn(&str) -> Result<Allowance, ApiError>,
}

/// An answer.
pub enum Answer {
    /// A whole one.
    Whole(Response),
    /// One that is written page by page.
    Export(Export),
}

/// Answers a request for the tasks of the user in the path, who must be the one of the token.
pub fn route(request: &Request, around: &Around) -> Result<Answer, ApiError> {
    let path = http_api::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let ["api", owner, "tasks", rest @ ..] = path.as_slice() else { return Err(ApiError::no_route()) };
    let user = http_api::require_owner(request, around.verifier, owner)?;
    let allowance = (around.admit)(&user.id)?;
    let Around { store, requires_version, .. } = *around;
    let one = One { request, user: &user, store, requires_version };
    let mut response = match (request.method(), rest) {
        (&Method::GET | &Method::HEAD, []) => list::list(request, &user, store),
        (&Method::POST, []) => one.add(),
        (_, []) => Err(ApiError::method_not_allowed("GET, HEAD, POST")),
        (&Method::GET, ["export"]) => return transfer::export(request, &user, store, &allowance).map(Answer::Export),
        (_, ["export"]) => Err(ApiError::method_not_allowed("GET")),
        (&Method::POST, ["import"]) => transfer::import(request, &user, store),
        (&Method::POST, ["complete"]) => many::complete(request, &user, store),
        (&Method::POST, ["delete"]) => many::delete(request, &user, store),
        (&Method::POST, ["undo"]) => many::undo(request, &user, store),
        (_, ["import" | "complete" | "delete" | "undo"]) => Err(ApiError::method_not_allowed("POST")),
        (&Method::GET | &Method::HEAD, [id]) => one.get(id),
        (&Method::PUT, [id]) => one.replace(id),
        (&Method::PATCH, [id]) => one.change(id),
        (&Method::DELETE, [id]) => one.delete(id),
        (_, [_]) => Err(ApiError::method_not_allowed("GET, HEAD, PUT, PATCH, DELETE")),
        (&Method::PATCH, [id, "complete"]) => one.complete(id),
        (_, [_, "complete"]) => Err(ApiError::method_not_allowed("PATCH")),
        (&Method::POST, [id, "restore"]) => one.restore(id),
        (_, [_, "restore"]) => Err(ApiError::method_not_allowed("POST")),
        _ => Err(ApiError::no_route()),
    }?;
    allowance.show(&mut response);
    Ok(Answer::Whole(response))
}

/// How many bytes of a request to this address are read.
pub fn body_limit(path: &str) -> usize {
    if path.ends_with("/tasks/import") { transfer::IMPORT_LIMIT } else { BODY_LIMIT }
}

/// The longest body of all requests but an import, in bytes.
const BODY_LIMIT: usize = 16 * 1024;

//! Every route of this component: what it reads, and its handler.

use http_api::ApiError;

use crate::handlers::{bulk, history, list, lists, quick, recent, settings, task, transfer};
use crate::request::{ANY_TYPE, BodyRule};
use crate::routes::endpoint::TasksEndpoint::{
    self, ChangeAction, Create, CreateOrShow, ListAction, ListWrite, Read, TaskAction, TaskRead, TaskWrite, Write,
};

/// The longest body where a route does not say otherwise, in bytes. The longest description fits even if each of its
/// characters is written as two escapes of six bytes.
pub(super) const BODY_LIMIT: usize = 128 * 1024;

const JSON: BodyRule = BodyRule { media_types: &["application/json"], limit: BODY_LIMIT, optional: false };
const OPTIONAL_JSON: BodyRule = BodyRule { optional: true, ..JSON };
const MERGE_PATCH: BodyRule = BodyRule { media_types: &["application/merge-patch+json", "application/json"], ..JSON };
/// A file of any program: its content says what it is.
const IMPORT: BodyRule =
    BodyRule { media_types: &["application/json", "text/csv", ANY_TYPE], limit: 8 << 20, optional: false };
/// Anything, which is not looked at.
const ANYTHING: BodyRule = BodyRule { media_types: &[], ..OPTIONAL_JSON };

/// Methods, a path behind `/api/{user_id}`, and what is there. A segment in braces stands for any.
pub(super) struct TasksRoute {
    pub(super) methods: &'static str,
    pub(super) path: &'static str,
    pub(super) endpoint: TasksEndpoint,
}

const fn route(methods: &'static str, path: &'static str, endpoint: TasksEndpoint) -> TasksRoute {
    TasksRoute { methods, path, endpoint }
}

/// The URL space. Of two paths that fit, the first one counts.
pub(super) const ROUTES: &[TasksRoute] = &[
    route("GET, HEAD", "/tasks", Read(list::PARAMETERS, list::list)),
    route("POST", "/tasks", Create(JSON, task::add)),
    route("GET, HEAD", "/tasks/changes", Read(recent::PARAMETERS, recent::changes)),
    route("POST", "/tasks/bulk", Write(JSON, bulk::change)),
    route("POST", "/tasks/quick", CreateOrShow(quick::PARAMETERS, JSON, quick::add)),
    route("GET", "/tasks/export", Read(&["format"], transfer::export)),
    route("POST", "/tasks/import", CreateOrShow(transfer::IMPORT_PARAMETERS, IMPORT, transfer::import)),
    route("POST", "/tasks/complete", Write(JSON, bulk::complete)),
    route("POST", "/tasks/delete", Write(JSON, bulk::delete)),
    route("POST", "/tasks/undo", Write(ANYTHING, history::undo_last)),
    route("GET, HEAD", "/tasks/{task_id}", TaskRead(task::get)),
    route("PUT", "/tasks/{task_id}", TaskWrite(JSON, task::replace)),
    route("PATCH", "/tasks/{task_id}", TaskWrite(MERGE_PATCH, task::change)),
    route("DELETE", "/tasks/{task_id}", TaskAction(task::delete)),
    route("PATCH", "/tasks/{task_id}/complete", TaskWrite(OPTIONAL_JSON, task::complete)),
    route("POST", "/tasks/{task_id}/restore", TaskAction(task::restore)),
    route("GET, HEAD", "/history", Read(history::PARAMETERS, history::list)),
    route("POST", "/history/{change_id}/undo", ChangeAction(history::undo)),
    route("POST", "/tasks/{task_id}/move", TaskWrite(JSON, lists::move_task)),
    route("GET, HEAD", "/lists", Read(&[], lists::all)),
    route("POST", "/lists", Write(JSON, lists::add)),
    route("PATCH", "/lists/{list_id}", ListWrite(MERGE_PATCH, lists::change)),
    route("DELETE", "/lists/{list_id}", ListAction(&["tasks"], lists::delete)),
    route("GET, HEAD", "/settings", Read(&[], settings::get)),
    route("PATCH", "/settings", Write(MERGE_PATCH, settings::change)),
];

/// The endpoint for a method and the segments of a path behind the user: 404, or 405 with the methods of the path.
pub(super) fn find(method: &str, path: &[&str]) -> Result<TasksEndpoint, ApiError> {
    let pattern = ROUTES.iter().find(|route| matches(route.path, path)).ok_or_else(ApiError::no_route)?.path;
    let routes = || ROUTES.iter().filter(|route| route.path == pattern);
    let found = routes().find(|route| route.methods.split(", ").any(|allowed| allowed == method));
    found.map(|route| route.endpoint).ok_or_else(|| {
        let allowed: Vec<&str> = routes().map(|route| route.methods).collect();
        ApiError::method_not_allowed(allowed.join(", "))
    })
}

fn matches(pattern: &str, path: &[&str]) -> bool {
    let segments = pattern.split('/').skip(1);
    segments.clone().count() == path.len()
        && segments.zip(path).all(|(segment, given)| segment.starts_with('{') || segment == *given)
}

//! A request that passed the checks of its route. Only [`TasksRequest::admit`] makes one, so no handler can run without them.

use http::HeaderMap;
use http_api::{Allowance, ApiError, IdempotencyKey, QueryParams, Request, RequestBody, User};
use serde_json::{Map, Value};
use task::{TaskId, TaskStore};

use crate::env::TasksEnv;
use crate::errors::no_task;
use crate::routes::table::{BodyRule, TasksRoute};

/// The verified user of a request, and what the route allows the request to bring.
pub(crate) struct TasksRequest<'a> {
    /// The owner of all tasks that the request touches.
    pub(crate) user: User,
    /// What is left of the user's rate limit.
    pub(crate) allowance: Allowance,
    pub(crate) query: QueryParams,
    pub(crate) headers: &'a HeaderMap,
    /// The path as the client wrote it.
    pub(crate) path: &'a str,
    pub(crate) key: Option<IdempotencyKey>,
    pub(crate) body: TasksBody<'a>,
    pub(crate) store: &'a dyn TaskStore,
    pub(crate) requires_version: &'a dyn Fn() -> Result<bool, ApiError>,
    task: Option<TaskId>,
}

/// A body that was read by the rule of its route.
pub(crate) enum TasksBody<'a> {
    /// The route has none.
    None,
    /// The members of a JSON object.
    Members(Map<String, Value>),
    /// The text of an import and its media type.
    Import { media_type: String, text: &'a str },
}

impl<'a> TasksRequest<'a> {
    /// Checks a request of `user` by its route: the number of the task (404), the query (400), the idempotency key (400), the
    /// body's media type (415), length (413) and form (400, 422).
    pub(crate) fn admit(
        request: &'a Request,
        route: &TasksRoute,
        number: Option<&str>,
        (user, allowance): (User, Allowance),
        env: &TasksEnv<'a>,
    ) -> Result<Self, ApiError> {
        // What cannot be the number of a task is a task that does not exist.
        let task = number.map(|text| TaskId::parse(text).ok_or_else(no_task)).transpose()?;
        let query = QueryParams::parse(request, route.query)?;
        let key = if route.takes_key { IdempotencyKey::read(request)? } else { None };
        let body = read_body(request, route.body)?;
        let TasksEnv { store, requires_version, .. } = *env;
        let (headers, path) = (request.headers(), request.uri().path());
        Ok(Self { user, allowance, query, headers, path, key, body, store, requires_version, task })
    }

    /// The task of the path.
    pub(crate) fn task(&self) -> Result<TaskId, ApiError> {
        self.task.ok_or_else(no_task)
    }

    /// The members of the body.
    pub(crate) fn members(&self) -> Result<&Map<String, Value>, ApiError> {
        match &self.body {
            TasksBody::Members(members) => Ok(members),
            _ => Err(ApiError::internal("the route of this handler reads no JSON object")),
        }
    }

    /// The idempotency key as text.
    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_ref().map(IdempotencyKey::as_str)
    }
}

fn read_body<'a>(request: &'a Request, rule: BodyRule) -> Result<TasksBody<'a>, ApiError> {
    Ok(match rule {
        BodyRule::Ignored => TasksBody::None,
        BodyRule::Bounded => request.body().bytes().map(|_| TasksBody::None)?,
        BodyRule::Json => TasksBody::Members(http_api::json_body(request)?),
        BodyRule::OptionalJson => match request.body() {
            RequestBody::Complete(bytes) if bytes.is_empty() => TasksBody::Members(Map::new()),
            _ => TasksBody::Members(http_api::json_body(request)?),
        },
        BodyRule::MergePatch => TasksBody::Members(http_api::merge_patch_body(request)?),
        BodyRule::Import => {
            let media_type = http_api::media_type(request);
            if !["application/json", "text/csv"].contains(&media_type.as_str()) {
                return Err(ApiError::unsupported_media_type("application/json or text/csv"));
            }
            let text = std::str::from_utf8(request.body().bytes()?);
            let text = text.map_err(|_| ApiError::malformed("The body is not UTF-8 text."))?;
            TasksBody::Import { media_type, text: text.strip_prefix('\u{feff}').unwrap_or(text) }
        }
    })
}

//! What a route is made of: what the router reads for it, and its handler.

use http_api::{ApiError, IdempotencyKey, Request, User};
use task::{TaskId, whole_number};

use crate::env::TasksEnv;
use crate::errors::{no_change, no_list, no_task};
use crate::request::{BodyRule, TasksBody, TasksRequest};
use crate::response::TasksResponse;

type TasksResult = Result<TasksResponse, ApiError>;

/// What a route reads, and its handler. Every handler gets the verified user; one that writes gets a checked body.
#[derive(Clone, Copy)]
pub(crate) enum TasksEndpoint {
    /// Reads tasks, with these query parameters.
    Read(&'static [&'static str], fn(&TasksRequest<'_>) -> TasksResult),
    /// Reads one task.
    TaskRead(fn(&TasksRequest<'_>, TaskId) -> TasksResult),
    /// Adds tasks, once for each idempotency key.
    Create(BodyRule, fn(&TasksRequest<'_>, Option<IdempotencyKey>, &TasksBody<'_>) -> TasksResult),
    /// Adds tasks, once for each idempotency key, or shows what would be added: with these query parameters.
    CreateOrShow(
        &'static [&'static str],
        BodyRule,
        fn(&TasksRequest<'_>, Option<IdempotencyKey>, &TasksBody<'_>) -> TasksResult,
    ),
    /// Changes tasks that the body names.
    Write(BodyRule, fn(&TasksRequest<'_>, &TasksBody<'_>) -> TasksResult),
    /// Changes one task as the body says.
    TaskWrite(BodyRule, fn(&TasksRequest<'_>, TaskId, &TasksBody<'_>) -> TasksResult),
    /// Changes one task without a body.
    TaskAction(fn(&TasksRequest<'_>, TaskId) -> TasksResult),
    /// Undoes one change.
    ChangeAction(fn(&TasksRequest<'_>, i64) -> TasksResult),
    /// Changes one list as the body says.
    ListWrite(BodyRule, fn(&TasksRequest<'_>, TaskId, &TasksBody<'_>) -> TasksResult),
    /// Changes one list without a body, with these query parameters.
    ListAction(&'static [&'static str], fn(&TasksRequest<'_>, TaskId) -> TasksResult),
}

impl TasksEndpoint {
    /// Reads what the endpoint declares and runs its handler. `named` is the segment of the path that names a task, a list or a change.
    pub(super) fn run(self, env: &TasksEnv<'_>, request: &Request, user: &User, named: Option<&str>) -> TasksResult {
        // A text that cannot be the number of a task names a task that does not exist.
        let id = || named.and_then(TaskId::parse).ok_or_else(no_task);
        let list_id = || named.and_then(TaskId::parse).ok_or_else(no_list);
        let read = |parameters| TasksRequest::read(request, user, env, parameters);
        let body = |rule| TasksBody::read(request, rule);
        match self {
            Self::Read(parameters, handler) => handler(&read(parameters)?),
            Self::TaskRead(handler) | Self::TaskAction(handler) => {
                let id = id()?;
                handler(&read(&[])?, id)
            }
            Self::ChangeAction(handler) => {
                let change = named.and_then(whole_number).filter(|change| *change > 0).ok_or_else(no_change)?;
                handler(&read(&[])?, change)
            }
            Self::Create(rule, handler) => {
                let checked = read(&[])?;
                handler(&checked, IdempotencyKey::read(request)?, &body(rule)?)
            }
            Self::CreateOrShow(parameters, rule, handler) => {
                let checked = read(parameters)?;
                handler(&checked, IdempotencyKey::read(request)?, &body(rule)?)
            }
            Self::Write(rule, handler) => handler(&read(&[])?, &body(rule)?),
            Self::TaskWrite(rule, handler) => {
                let id = id()?;
                handler(&read(&[])?, id, &body(rule)?)
            }
            Self::ListWrite(rule, handler) => {
                let id = list_id()?;
                handler(&read(&[])?, id, &body(rule)?)
            }
            Self::ListAction(parameters, handler) => {
                let id = list_id()?;
                handler(&read(parameters)?, id)
            }
        }
    }

    /// The query parameters that it declares.
    #[cfg(test)]
    pub(super) fn query_parameters(self) -> &'static [&'static str] {
        match self {
            Self::Read(parameters, _) | Self::CreateOrShow(parameters, ..) | Self::ListAction(parameters, _) => {
                parameters
            }
            _ => &[],
        }
    }

    /// The bodies that it accepts; none for one that reads no body.
    pub(super) fn body_rule(self) -> Option<BodyRule> {
        match self {
            Self::Create(rule, _)
            | Self::CreateOrShow(_, rule, _)
            | Self::Write(rule, _)
            | Self::TaskWrite(rule, _)
            | Self::ListWrite(rule, _) => Some(rule),
            Self::Read(..) | Self::TaskRead(_) | Self::TaskAction(_) | Self::ChangeAction(_) | Self::ListAction(..) => {
                None
            }
        }
    }
}

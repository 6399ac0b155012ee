//! One task: read, changed, deleted, brought back.

use http::HeaderValue;
use http::StatusCode;
use http::header::{ETAG, LOCATION};
use http_api::{
    ApiError, IdempotencyKey, QueryParams, Request, RequestBody, Response, User, empty, json, json_body,
    merge_patch_body,
};
use task::{Task, TaskChanges, TaskId, TaskStore};

use crate::body::{self, OwnedTask};
use crate::condition::{expected, is_known, tag};
use crate::refusal::{no_task, refused};
use crate::repeated::show_replay;

/// A request for one task of its user.
pub(crate) struct One<'a> {
    pub(crate) request: &'a Request,
    pub(crate) user: &'a User,
    pub(crate) store: &'a dyn TaskStore,
    pub(crate) requires_version: &'a dyn Fn() -> Result<bool, ApiError>,
}

impl One<'_> {
    pub(crate) fn add(&self) -> Result<Response, ApiError> {
        QueryParams::parse(self.request, &[])?;
        let key = IdempotencyKey::read(self.request)?;
        let new = body::new_task(&json_body(self.request)?)?;
        let added = self.store.add(&self.user.id, new, key.as_ref().map(IdempotencyKey::as_str)).map_err(refused)?;
        let location = format!("{}/{}", self.request.uri().path(), added.task.id);
        let mut response = self.shown(StatusCode::CREATED, &added.task)?;
        response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
        show_replay(&mut response, added.replayed);
        Ok(response)
    }

    pub(crate) fn get(&self, id: &str) -> Result<Response, ApiError> {
        QueryParams::parse(self.request, &[])?;
        let task = self.store.get(&self.user.id, task_id(id)?).map_err(refused)?;
        if is_known(self.request, &task)? {
            let mut response = empty(StatusCode::NOT_MODIFIED);
            response.headers_mut().insert(ETAG, tag(&task)?);
            return Ok(response);
        }
        self.shown(StatusCode::OK, &task)
    }

    pub(crate) fn replace(&self, id: &str) -> Result<Response, ApiError> {
        let id = task_id(id)?;
        QueryParams::parse(self.request, &[])?;
        self.update(id, body::replacement(&json_body(self.request)?)?)
    }

    pub(crate) fn change(&self, id: &str) -> Result<Response, ApiError> {
        let id = task_id(id)?;
        QueryParams::parse(self.request, &[])?;
        self.update(id, body::changes(&merge_patch_body(self.request)?)?)
    }

    pub(crate) fn complete(&self, id: &str) -> Result<Response, ApiError> {
        let id = task_id(id)?;
        QueryParams::parse(self.request, &[])?;
        let nothing = matches!(self.request.body(), RequestBody::Complete(bytes) if bytes.is_empty());
        let members = if nothing { serde_json::Map::new() } else { json_body(self.request)? };
        self.update(id, body::completion(&members)?)
    }

    pub(crate) fn delete(&self, id: &str) -> Result<Response, ApiError> {
        let id = task_id(id)?;
        QueryParams::parse(self.request, &[])?;
        let expected = expected(self.request, self.requires_version)?;
        self.store.delete(&self.user.id, id, expected.as_deref()).map_err(refused)?;
        Ok(empty(StatusCode::NO_CONTENT))
    }

    pub(crate) fn restore(&self, id: &str) -> Result<Response, ApiError> {
        let id = task_id(id)?;
        QueryParams::parse(self.request, &[])?;
        let task = self.store.restore(&self.user.id, id).map_err(|error| match error {
            task::StoreError::NotFound => {
                ApiError::not_found("No task with this number was deleted in the last 24 hours.")
            }
            other => refused(other),
        })?;
        self.shown(StatusCode::OK, &task)
    }

    fn update(&self, id: TaskId, changes: TaskChanges) -> Result<Response, ApiError> {
        let expected = expected(self.request, self.requires_version)?;
        let task = self.store.update(&self.user.id, id, changes, expected.as_deref()).map_err(refused)?;
        self.shown(StatusCode::OK, &task)
    }

    fn shown(&self, status: StatusCode, task: &Task) -> Result<Response, ApiError> {
        let mut response = json(status, &OwnedTask::new(&self.user.id, task));
        response.headers_mut().insert(ETAG, tag(task)?);
        Ok(response)
    }
}

/// What cannot be the number of a task is a task that does not exist.
fn task_id(text: &str) -> Result<TaskId, ApiError> {
    TaskId::parse(text).ok_or_else(no_task)
}

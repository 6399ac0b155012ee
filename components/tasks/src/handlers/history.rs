//! The kept changes, and what undoes them.

use http::header::LINK;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, json};
use serde::Serialize;
use task::{
    CHANGE_KINDS, HistoryQuery, KeptTask, MAX_CHANGES, StoreError, TaskActor, TaskId, UndoResult, UndoneList,
    whole_number,
};

use crate::errors::{no_change, to_api_error};
use crate::owned_task::{OwnedTask, show_change};
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// The query parameters of the list.
pub(crate) const PARAMETERS: &[&str] = &["limit", "before", "task", "actor", "kind"];

/// How many changes a page has when the client names no limit.
const USUAL_LIMIT: u32 = 50;

/// `GET …/history`.
pub(crate) fn list(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let query = history_query(&request.query)?;
    let page = request.env.store.history(&request.user.id, &query).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &page.changes);
    if let Some(last) = page.changes.last().filter(|_| page.has_more) {
        let link = next_link(request.path(), &request.query, query.limit, last.id);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    Ok(response.into())
}

/// `POST …/history/{change_id}/undo`.
pub(crate) fn undo(request: &TasksRequest<'_>, change: i64) -> Result<TasksResponse, ApiError> {
    let result = request.env.store.undo(request.author(), Some(change)).map_err(|error| match error {
        StoreError::NotFound => no_change(),
        other => to_api_error(other),
    })?;
    Ok(undo_response(request, &result))
}

/// `POST …/tasks/undo`.
pub(crate) fn undo_last(request: &TasksRequest<'_>, _: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let result = request.env.store.undo(request.author(), None).map_err(|error| match error {
        StoreError::NotFound => ApiError::not_found("There is no change of yours that is not undone."),
        other => to_api_error(other),
    })?;
    Ok(undo_response(request, &result))
}

#[derive(Serialize)]
struct UndoneChange<'a> {
    id: i64,
    kind: &'a str,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct UndoView<'a> {
    change: i64,
    undone: UndoneChange<'a>,
    tasks: Vec<OwnedTask<'a>>,
    count: i64,
    deleted: &'a [i64],
    kept: &'a [KeptTask],
    lists: &'a [UndoneList],
}

fn undo_response(request: &TasksRequest<'_>, result: &UndoResult) -> TasksResponse {
    let UndoResult { change, undone, kind, title, tasks, count, deleted, kept, lists } = result;
    let mut response = json(
        StatusCode::OK,
        &UndoView {
            change: *change,
            undone: UndoneChange { id: *undone, kind, title: title.as_deref() },
            tasks: OwnedTask::list(request, tasks),
            count: *count,
            deleted,
            kept,
            lists,
        },
    );
    show_change(&mut response, Some(*change));
    response.into()
}

/// Reads the parameters: 422 with each that is wrong.
fn history_query(params: &QueryParams) -> Result<HistoryQuery, ApiError> {
    let mut errors = Vec::new();
    let mut query = HistoryQuery { limit: USUAL_LIMIT, ..HistoryQuery::default() };
    if let Some(text) = params.get("limit") {
        let limit = whole_number(text).and_then(|limit| u32::try_from(limit).ok());
        match limit.filter(|limit| (1..=MAX_CHANGES).contains(limit)) {
            Some(limit) => query.limit = limit,
            None => {
                errors.push(FieldError::new("limit", format!("must be a whole number from 1 to {MAX_CHANGES}.")));
            }
        }
    }
    if let Some(text) = params.get("before") {
        query.before = whole_number(text).filter(|before| *before > 0);
        if query.before.is_none() {
            errors.push(FieldError::new("before", "must be the number of a change."));
        }
    }
    if let Some(text) = params.get("task") {
        query.task = TaskId::parse(text);
        if query.task.is_none() {
            errors.push(FieldError::new("task", "must be the number of a task."));
        }
    }
    query.actor = one_of(params, "actor", &TaskActor::WORDS, &mut errors);
    query.kind = one_of(params, "kind", &CHANGE_KINDS.map(|(word, _)| word), &mut errors);
    if errors.is_empty() { Ok(query) } else { Err(ApiError::invalid(errors)) }
}

fn one_of(params: &QueryParams, name: &str, words: &[&str], errors: &mut Vec<FieldError>) -> Option<String> {
    let text = params.get(name)?;
    if !words.contains(&text) {
        errors.push(FieldError::new(name, format!("must be one of {}.", words.join(", "))));
    }
    Some(text.to_owned())
}

fn next_link(path: &str, params: &QueryParams, limit: u32, before: i64) -> String {
    let kept = ["task", "actor", "kind"].into_iter().filter_map(|name| Some(format!("{name}={}&", params.get(name)?)));
    format!("<{path}?{}limit={limit}&before={before}>; rel=\"next\"", kept.collect::<String>())
}

#[cfg(test)]
mod tests;

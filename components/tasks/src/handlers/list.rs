//! The list: the page that a client asks for, and the `Link` to the next one (RFC 8288).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::LINK;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, json};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use task::{
    MAX_PAGE, Position, Priority, SearchWords, SortKey, SortOrder, StatusFilter, TaskId, TaskQuery, ValueError,
};

use crate::errors::to_api_error;
use crate::owned_task::OwnedTask;
use crate::request::TasksRequest;
use crate::response::TasksResponse;

/// The query parameters.
pub(crate) const PARAMETERS: &[&str] = &["status", "limit", "after", "q", "priority", "sort"];

/// `GET …/tasks`.
pub(crate) fn list(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let query = task_query(&request.query)?;
    let page = request.env.store.list(&request.user.id, &query).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &OwnedTask::list(request.user, &page.tasks));
    if let Some(next) = &page.next {
        let link = next_link(request.path(), &request.query, &query, next);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    Ok(response.into())
}

/// Reads the parameters: 422 with each that is wrong.
fn task_query(params: &QueryParams) -> Result<TaskQuery, ApiError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ValueError(message): ValueError| errors.push(FieldError::new(field, message));
    let mut query = TaskQuery::all(MAX_PAGE);
    if let Some(text) = params.get("status") {
        StatusFilter::parse(text).map(|status| query.status = status).unwrap_or_else(|error| reject("status", error));
    }
    if let Some(text) = params.get("limit") {
        limit(text).map(|limit| query.limit = limit).unwrap_or_else(|error| reject("limit", error));
    }
    if let Some(text) = params.get("q") {
        SearchWords::parse(text).map(|search| query.search = search).unwrap_or_else(|error| reject("q", error));
    }
    if let Some(text) = params.get("priority") {
        Priority::parse(text)
            .map(|priority| query.priority = Some(priority))
            .unwrap_or_else(|error| reject("priority", error));
    }
    if let Some(text) = params.get("sort") {
        SortOrder::parse(text).map(|sort| query.sort = sort).unwrap_or_else(|error| reject("sort", error));
    }
    if let Some(text) = params.get("after") {
        position(text, query.sort).map(|at| query.after = Some(at)).unwrap_or_else(|error| reject("after", error));
    }
    if errors.is_empty() { Ok(query) } else { Err(ApiError::invalid(errors)) }
}

fn limit(text: &str) -> Result<u32, ValueError> {
    let limit = TaskId::parse(text).and_then(|n| u32::try_from(n.get()).ok()).filter(|n| *n <= MAX_PAGE);
    limit.ok_or_else(|| ValueError(format!("must be a whole number from 1 to {MAX_PAGE}.")))
}

/// A place in a list: the number of a task in a list by number, else what a `Link` contains.
fn position(text: &str, sort: SortOrder) -> Result<Position, ValueError> {
    if sort.by == SortKey::Id {
        let id = TaskId::parse(text).ok_or_else(|| ValueError("must be the number of a task.".to_owned()))?;
        return Ok(Position::after(id));
    }
    let decoded = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = decoded.as_deref().and_then(|text| text.split_once(' '));
    let position = parts.and_then(|(id, key)| Position::new(sort, key.to_owned(), TaskId::parse(id)?));
    position.ok_or_else(|| ValueError("must be taken from the Link of the page before, with the same sort.".to_owned()))
}

fn next_link(path: &str, params: &QueryParams, query: &TaskQuery, next: &Position) -> String {
    let after = match query.sort.by {
        SortKey::Id => next.id.to_string(),
        _ => URL_SAFE_NO_PAD.encode(format!("{} {}", next.id, next.key)),
    };
    let kept = ["status", "q", "priority", "sort"].into_iter().filter_map(|name| Some((name, params.get(name)?)));
    let kept: String =
        kept.map(|(name, value)| format!("{name}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
    format!("<{path}?{kept}limit={}&after={after}>; rel=\"next\"", query.limit)
}

#[cfg(test)]
mod tests;

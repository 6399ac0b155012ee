//! The list: the page that a client asks for, the `Link` to the next one (RFC 8288), and whether the client has it already.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{ETAG, HeaderName, IF_NONE_MATCH, LINK};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, Response, empty, json};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use task::{
    DueFilter, ListName, MAX_PAGE, Position, Priority, SearchWords, SortKey, SortOrder, StatusFilter, TaskDue, TaskId,
    TaskQuery, TaskTags, ValueError,
};

use crate::condition::{is_known, list_tag};
use crate::errors::to_api_error;
use crate::owned_task::OwnedTask;
use crate::request::TasksRequest;
use crate::response::TasksResponse;

/// The query parameters.
pub(crate) const PARAMETERS: &[&str] =
    &["status", "limit", "after", "q", "priority", "due", "due_after", "due_before", "tag", "list", "parent", "sort"];

/// The number of the last change that the list has: `since` of `…/tasks/changes`.
const LAST_CHANGE: HeaderName = HeaderName::from_static("last-change");

/// `GET …/tasks`.
pub(crate) fn list(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let query = task_query(&request.query)?;
    if request.headers().contains_key(IF_NONE_MATCH) {
        let version = request.env.store.list_version(&request.user.id).map_err(to_api_error)?;
        let tag = list_tag(request, &version);
        if is_known(request.headers(), &tag)? {
            let mut response = empty(StatusCode::NOT_MODIFIED);
            tagged(&mut response, &tag)?;
            return Ok(response.into());
        }
    }
    let page = request.env.store.list(&request.user.id, &query).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &OwnedTask::list(request, &page.tasks));
    if let Some(next) = &page.next {
        let link = next_link(request.path(), &request.query, &query, next);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    tagged(&mut response, &list_tag(request, &page.version))?;
    let last = HeaderValue::from_str(page.last_change()).map_err(ApiError::internal)?;
    response.headers_mut().insert(LAST_CHANGE, last);
    Ok(response.into())
}

fn tagged(response: &mut Response, tag: &str) -> Result<(), ApiError> {
    let value = HeaderValue::try_from(format!("W/\"{tag}\"")).map_err(ApiError::internal)?;
    response.headers_mut().insert(ETAG, value);
    Ok(())
}

/// Reads the parameters: 422 with each that is wrong.
fn task_query(params: &QueryParams) -> Result<TaskQuery, ApiError> {
    let mut read = ParamReader { params, errors: Vec::new() };
    let query = TaskQuery {
        status: read.get("status", StatusFilter::parse).unwrap_or_default(),
        search: read.get("q", SearchWords::parse).unwrap_or_default(),
        priority: read.get("priority", Priority::parse),
        due: read.get("due", DueFilter::parse),
        due_after: read.get("due_after", moment),
        due_before: read.get("due_before", moment),
        tags: read.tags(),
        list: read.get("list", list_name),
        parent: read.get("parent", task_number),
        sort: read.get("sort", SortOrder::parse).unwrap_or_default(),
        limit: read.get("limit", limit).unwrap_or(MAX_PAGE),
        after: None,
    };
    let after = read.get("after", |text| position(text, query.sort));
    if read.errors.is_empty() { Ok(TaskQuery { after, ..query }) } else { Err(ApiError::invalid(read.errors)) }
}

/// The parameters, and the errors found so far.
struct ParamReader<'a> {
    params: &'a QueryParams,
    errors: Vec<FieldError>,
}

impl ParamReader<'_> {
    fn get<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        let parsed = parse(self.params.get(name)?);
        self.keep(name, parsed)
    }

    fn tags(&mut self) -> TaskTags {
        let tags = TaskTags::parse(self.params.pairs().filter(|(name, _)| *name == "tag").map(|(_, value)| value));
        self.keep("tag", tags).unwrap_or_default()
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, ValueError>) -> Option<T> {
        parsed.map_err(|ValueError(message)| self.errors.push(FieldError::new(name, message))).ok()
    }
}

/// The name of a list, or nothing for the inbox.
fn list_name(text: &str) -> Result<Option<ListName>, ValueError> {
    if text.is_empty() { Ok(None) } else { ListName::parse(text).map(Some) }
}

/// A day or a time. A plus sign that the client did not escape is a space here.
fn moment(text: &str) -> Result<TaskDue, ValueError> {
    let (day, time) = text.split_at_checked(11).unwrap_or((text, ""));
    TaskDue::parse(&format!("{day}{}", time.replace(' ', "+")))
}

fn task_number(text: &str) -> Result<TaskId, ValueError> {
    TaskId::parse(text).ok_or_else(|| ValueError("must be the number of a task.".to_owned()))
}

fn limit(text: &str) -> Result<u32, ValueError> {
    let limit = TaskId::parse(text).and_then(|n| u32::try_from(n.get()).ok()).filter(|n| *n <= MAX_PAGE);
    limit.ok_or_else(|| ValueError(format!("must be a whole number from 1 to {MAX_PAGE}.")))
}

/// A place in a list: the number of a task in a list by number, else what a `Link` contains.
fn position(text: &str, sort: SortOrder) -> Result<Position, ValueError> {
    if sort.by == SortKey::Id {
        return task_number(text).map(Position::after);
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
    let kept = params.pairs().filter(|(name, _)| !["limit", "after"].contains(name));
    let kept: String =
        kept.map(|(name, value)| format!("{name}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
    format!("<{path}?{kept}limit={}&after={after}>; rel=\"next\"", query.limit)
}

#[cfg(test)]
mod tests;

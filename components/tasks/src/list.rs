//! The list: the page that the query asks for, and the `Link` to the next one (RFC 8288).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::LINK;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, FieldError, QueryParams, Response, json};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use task::{MAX_PAGE, Position, SearchWords, SortKey, SortOrder, StatusFilter, TaskId, TaskQuery, ValueError};

use crate::errors::to_api_error;
use crate::request::TasksRequest;
use crate::response::owned_tasks;

/// The query parameters of the list.
pub(crate) const PARAMETERS: [&str; 5] = ["status", "limit", "after", "q", "sort"];

/// `GET …/tasks`.
pub(crate) fn list(request: &TasksRequest) -> Result<Response, ApiError> {
    let query = task_query(&request.query)?;
    let page = request.store.list(&request.user.id, &query).map_err(to_api_error)?;
    let mut response = json(StatusCode::OK, &owned_tasks(&request.user, &page.tasks));
    if let Some(next) = &page.next {
        let link = next_link(request.path, &request.query, &query, next);
        response.headers_mut().insert(LINK, HeaderValue::try_from(link).map_err(ApiError::internal)?);
    }
    Ok(response)
}

/// Reads the parameters. The error names each that is not valid.
fn task_query(query: &QueryParams) -> Result<TaskQuery, ApiError> {
    let mut faults = Vec::new();
    let mut note = |field: &str, ValueError(message): ValueError| faults.push(FieldError::new(field, message));
    let mut read = TaskQuery::all(MAX_PAGE);
    if let Some(text) = query.get("status") {
        StatusFilter::parse(text).map(|status| read.status = status).unwrap_or_else(|fault| note("status", fault));
    }
    if let Some(text) = query.get("limit") {
        limit(text).map(|limit| read.limit = limit).unwrap_or_else(|fault| note("limit", fault));
    }
    if let Some(text) = query.get("q") {
        SearchWords::parse(text).map(|search| read.search = search).unwrap_or_else(|fault| note("q", fault));
    }
    if let Some(text) = query.get("sort") {
        SortOrder::parse(text).map(|sort| read.sort = sort).unwrap_or_else(|fault| note("sort", fault));
    }
    if let Some(text) = query.get("after") {
        position(text, read.sort).map(|at| read.after = Some(at)).unwrap_or_else(|fault| note("after", fault));
    }
    if faults.is_empty() { Ok(read) } else { Err(ApiError::invalid(faults)) }
}

fn limit(text: &str) -> Result<u32, ValueError> {
    let limit = TaskId::parse(text).and_then(|n| u32::try_from(n.get()).ok()).filter(|n| *n <= MAX_PAGE);
    limit.ok_or_else(|| ValueError(format!("must be a whole number from 1 to {MAX_PAGE}.")))
}

/// In a list by number the number of a task; in another one what a `Link` said.
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

fn next_link(path: &str, query: &QueryParams, wanted: &TaskQuery, next: &Position) -> String {
    let after = match wanted.sort.by {
        SortKey::Id => next.id.to_string(),
        _ => URL_SAFE_NO_PAD.encode(format!("{} {}", next.id, next.key)),
    };
    let kept = ["status", "q", "sort"].into_iter().filter_map(|name| Some((name, query.get(name)?)));
    let kept: String =
        kept.map(|(name, value)| format!("{name}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
    format!("<{path}?{kept}limit={}&after={after}>; rel=\"next\"", wanted.limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_comes_back_as_it_was_given() {
        let id = TaskId::new(7).unwrap();
        for (word, key) in
            [("id", ""), ("-id", ""), ("title", "two words ü"), ("-updated_at", "2026-11-24T00:00:00.000Z")]
        {
            let list = TaskQuery { sort: SortOrder::parse(word).unwrap(), ..TaskQuery::all(5) };
            let next = Position { key: key.to_owned(), id };
            let link = next_link("/x", &QueryParams::default(), &list, &next);
            let after = link.split("after=").nth(1).unwrap().split('>').next().unwrap();
            assert_eq!(position(after, list.sort).unwrap(), next, "{word}");
        }
    }

    #[test]
    fn a_position_of_another_order_is_refused() {
        let sort = |word: &str| SortOrder::parse(word).unwrap();
        assert!(position("7", sort("title")).is_err());
        assert!(position(&URL_SAFE_NO_PAD.encode("7 milk"), sort("created_at")).is_err());
        assert!(position(&URL_SAFE_NO_PAD.encode("0 milk"), sort("title")).is_err());
        assert!(position("Ñ", sort("title")).is_err());
    }
}

//! Requests that add something and may be sent twice: the second returns what the first one did.

use http::HeaderValue;
use http::header::HeaderName;
use http_api::Response;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const DELETED: HeaderName = HeaderName::from_static("task-deleted");

/// Adds the header that says that an earlier request with the same key added the tasks.
pub(crate) fn mark_replay(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

/// Adds the header that says that the task of the response was deleted since, so that a late retry does not rely on it.
pub(crate) fn mark_deleted(response: &mut Response, deleted: bool) {
    if deleted {
        response.headers_mut().insert(DELETED, HeaderValue::from_static("true"));
    }
}

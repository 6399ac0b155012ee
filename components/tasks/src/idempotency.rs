//! Requests that add something and may be sent twice: the second returns what the first one did.

use http::HeaderValue;
use http::header::HeaderName;
use http_api::Response;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Adds the header that says that an earlier request with the same key added the tasks.
pub(crate) fn mark_replay(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

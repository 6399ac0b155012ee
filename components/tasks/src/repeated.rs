//! Requests that add something and may be sent twice: the second answers what the first did.

use http::HeaderValue;
use http::header::HeaderName;
use http_api::Response;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Tells that nothing was added, since an earlier request did.
pub(crate) fn show_replay(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

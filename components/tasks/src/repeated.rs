//! Requests that add something and may be sent twice: the second answers what the first did.

use http::HeaderValue;
use http::header::HeaderName;
use http_api::{ApiError, Request, Response};

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The key under which a repeated request is recognised: visible ASCII, with or without quotes.
pub(crate) fn idempotency_key(request: &Request) -> Result<Option<&str>, ApiError> {
    const NAME: &str = "idempotency-key";
    if !request.headers().contains_key(NAME) {
        return Ok(None);
    }
    let text = http_api::header(request, NAME).map(str::trim);
    let key = text.map(|text| text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text));
    let fits = |key: &&str| (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    let refusal = || ApiError::malformed("Idempotency-Key must be given once, with 1 to 255 visible ASCII characters.");
    key.filter(fits).map(Some).ok_or_else(refusal)
}

/// Tells that nothing was added, since an earlier request did.
pub(crate) fn show_replay(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

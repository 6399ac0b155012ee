//! A request as handlers see it, and what its headers say.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};

/// A request whose body was read up to the component's limit.
pub type Request = http::Request<RequestBody>;

/// Every component accepts a body of this many bytes.
pub const SMALL_BODY: usize = 4096;

/// The header with a request's id.
pub const REQUEST_ID: &str = "x-request-id";

/// The body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestBody {
    /// The whole body.
    Complete(Vec<u8>),
    /// The body is longer than the component's limit; reading stopped there.
    TooLarge,
}

/// A header's value if the header is present once and is visible ASCII.
pub fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// The id under which this request is logged: `X-Request-Id` if the caller (or the proxy) sent a valid one.
pub fn request_id(request: &Request) -> &str {
    header(request, REQUEST_ID).filter(|id| is_request_id(id)).unwrap_or("-")
}

/// Whether an id may stand in logs and headers.
pub fn is_request_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// The media type of the body, as [`essence`] writes it; empty without a `Content-Type`.
pub fn media_type(request: &Request) -> String {
    essence(header(request, CONTENT_TYPE.as_str()).unwrap_or_default())
}

/// A media type in lower case without its parameters: `text/csv` for `Text/CSV; charset=utf-8`.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether `Accept` names this media type. A wildcard does not name it.
pub fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    let lines = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|range| essence(range) == media_type)
}

#[cfg(test)]
mod tests;

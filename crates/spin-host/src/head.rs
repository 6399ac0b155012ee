//! The head of a request as the host hands it over, and what is read of its body.

use http::header::{CONTENT_LENGTH, HeaderName};
use http::{HeaderMap, HeaderValue, Method};
use http_api::{ApiError, REQUEST_ID, Request, RequestBody, SMALL_BODY, is_request_id};

/// Those of Spin's own request headers that we read.
const SPIN_HEADERS: [&str; 2] = ["spin-client-addr", "spin-raw-component-route"];

/// What both revisions of `wasi:http` say of a request.
pub(crate) struct RequestHead {
    pub(crate) method: String,
    pub(crate) target: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

impl RequestHead {
    /// The request, still without its body. Repeated headers are kept apart.
    pub(crate) fn into_request(self) -> Result<Request, ApiError> {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap_or(Method::TRACE);
        let mut builder = http::Request::builder().method(method).uri(self.target.unwrap_or_else(|| "/".to_owned()));
        let mut headers = headers(self.headers);
        if !headers.contains_key("host")
            && let Some(Ok(host)) = self.authority.map(HeaderValue::try_from)
        {
            headers.insert("host", host);
        }
        if !headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).is_some_and(is_request_id) {
            headers.insert(REQUEST_ID, random_id());
        }
        if let Some(target) = builder.headers_mut() {
            *target = headers;
        }
        let request = builder.body(RequestBody::Complete(Vec::new()));
        request.map_err(|error| ApiError::malformed(format!("The request cannot be read: {error}.")))
    }
}

fn headers(entries: Vec<(String, Vec<u8>)>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in entries {
        if name.starts_with("spin-") && !SPIN_HEADERS.contains(&name.as_str()) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            // Spin's own value comes after one that the client may have sent under the same name.
            match name.as_str().starts_with("spin-") {
                true => drop(headers.insert(name, value)),
                false => drop(headers.append(name, value)),
            }
        }
    }
    headers
}

fn random_id() -> HeaderValue {
    let id = getrandom::u64().map(|n| format!("{n:016x}")).unwrap_or_default();
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("-"))
}

/// What is read of a request's body.
pub(crate) enum BodyReading {
    /// Nothing: it has none, or none that counts.
    Nothing,
    /// At most so many bytes, and the length of the body if the request says it.
    UpTo(usize, Option<u64>),
    /// Nothing, since it says itself that it is too long.
    TooLong,
}

impl BodyReading {
    /// By the method and the length that the request names. `limit` is called only if the body may be longer than [`SMALL_BODY`].
    pub(crate) fn of(
        request: &Request,
        limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    ) -> Result<Self, ApiError> {
        let length = http_api::header(request, CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
        match *request.method() {
            // The body of a GET has no meaning (RFC 9110 §9.3.1).
            Method::GET | Method::HEAD => Ok(Self::Nothing),
            _ if length == Some(0) => Ok(Self::Nothing),
            _ if length.is_some_and(|length| length <= SMALL_BODY as u64) => Ok(Self::UpTo(SMALL_BODY, length)),
            _ => match (limit(request)?, length) {
                (limit, Some(length)) if length > limit as u64 => Ok(Self::TooLong),
                (limit, length) => Ok(Self::UpTo(limit, length)),
            },
        }
    }
}

/// The error of a body that ends before its end.
pub(crate) fn ended_early() -> ApiError {
    ApiError::malformed("The request body ended early.")
}

//! Which pages of other origins may read our responses (the CORS protocol of the Fetch standard): only those that the
//! operator lists, with their credentials. Every other page gets no CORS headers, so its browser withholds the response.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CACHE_CONTROL, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use origin::TrustedOrigins;

use crate::error::ApiError;
use crate::request::{Request, header};
use crate::response::{Response, empty};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
/// The response headers that a page's script may read.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag, link, location, ratelimit, ratelimit-policy, retry-after, set-auth-jwt, www-authenticate, x-request-id, x-retry-after",
);
/// How long a browser may cache a preflight response, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
/// The longest list of header names that a preflight response repeats, in bytes.
const MAX_NAMES: usize = 1024;

/// Reads the operator's list of origins.
pub type OriginsLoader<'a> = &'a dyn Fn() -> Result<TrustedOrigins, ApiError>;

/// The CORS headers of one response.
pub struct CrossOrigin<'a> {
    /// The page's origin, if it is listed.
    page: Option<HeaderValue>,
    /// Whether any origin is listed: then a cache must store a response for each. `None` until the list is read.
    varies: Option<bool>,
    list: OriginsLoader<'a>,
}

impl<'a> CrossOrigin<'a> {
    /// Checks the origin of a request; the list is read only for a request with an `Origin` header.
    pub fn check(request: &Request, list: OriginsLoader<'a>) -> Result<Self, ApiError> {
        if !request.headers().contains_key(ORIGIN) {
            return Ok(Self { page: None, varies: None, list });
        }
        let trusted = list()?;
        let page = header(request, ORIGIN.as_str()).filter(|page| trusted.admits(page));
        let page = page.and_then(|page| HeaderValue::from_str(page).ok());
        Ok(Self { page, varies: Some(trusted.admits_any()), list })
    }

    /// The response to a preflight request of a listed page.
    pub fn preflight(&self, request: &Request) -> Option<Response> {
        let asked = request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if self.page.is_none() || request.method() != Method::OPTIONS || !asked {
            return None;
        }
        let mut response = empty(StatusCode::NO_CONTENT);
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        if let Some(names) = header(request, ACCESS_CONTROL_REQUEST_HEADERS.as_str()).filter(|names| are_names(names)) {
            headers.extend(HeaderValue::from_str(names).map(|names| (ACCESS_CONTROL_ALLOW_HEADERS, names)));
            headers.append(VARY, HeaderValue::from_static("access-control-request-headers"));
        }
        self.apply(headers);
        Some(response)
    }

    /// Adds the headers to any other response.
    pub fn apply(&self, headers: &mut HeaderMap) {
        let is_cached = || is_public(headers) && (self.list)().is_ok_and(|trusted| trusted.admits_any());
        if self.varies.unwrap_or_else(is_cached) {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        if let Some(page) = &self.page {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, page.clone());
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

/// Handles a request that pages of other origins may send as well.
pub fn cross_origin(
    request: &Request,
    list: OriginsLoader<'_>,
    handler: impl FnOnce() -> Response,
) -> Result<Response, ApiError> {
    let origins = CrossOrigin::check(request, list)?;
    Ok(origins.preflight(request).unwrap_or_else(|| {
        let mut response = handler();
        origins.apply(response.headers_mut());
        response
    }))
}

/// Whether shared caches may store a response.
fn is_public(headers: &HeaderMap) -> bool {
    headers.get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"))
}

fn are_names(list: &str) -> bool {
    list.len() <= MAX_NAMES && list.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_, ".contains(&byte))
}

#[cfg(test)]
mod tests;

//! Which pages of other origins may read our answers (the CORS protocol of the Fetch standard). Only those that the
//! operator lists, with their credentials; anybody else's browser is told nothing, and keeps the answer from the page.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CACHE_CONTROL, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use origin::TrustedOrigins;

use crate::{ApiError, Request, Response, empty, header};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
/// What a page's script may read beside the body.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag, link, location, retry-after, set-auth-jwt, www-authenticate, x-request-id, x-retry-after",
);
/// Seconds for which a browser need not ask again.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
/// Longest list of header names that is repeated.
const MAX_NAMES: usize = 1024;

/// How the operator's list is read.
pub type List<'a> = &'a dyn Fn() -> Result<TrustedOrigins, ApiError>;

/// What an answer says to the browser about other origins.
pub struct CrossOrigin<'a> {
    /// The page's origin, if it is listed.
    page: Option<HeaderValue>,
    /// Whether any is: then a cache must keep the answers apart. Not known yet if no page asks.
    varies: Option<bool>,
    list: List<'a>,
}

impl<'a> CrossOrigin<'a> {
    /// Judges a request; the list is read only for one that comes from a page.
    pub fn of(request: &Request, list: List<'a>) -> Result<Self, ApiError> {
        if !request.headers().contains_key(ORIGIN) {
            return Ok(Self { page: None, varies: None, list });
        }
        let trusted = list()?;
        let page = header(request, ORIGIN.as_str()).filter(|page| trusted.admits(page));
        let page = page.and_then(|page| HeaderValue::from_str(page).ok());
        Ok(Self { page, varies: Some(trusted.admits_any()), list })
    }

    /// The answer to a browser that asks before it sends a listed page's request.
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

    /// Adds the headers of any other answer.
    pub fn apply(&self, headers: &mut HeaderMap) {
        let kept = || is_kept(headers) && (self.list)().is_ok_and(|trusted| trusted.admits_any());
        if self.varies.unwrap_or_else(kept) {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        if let Some(page) = &self.page {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, page.clone());
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

/// Answers a request for pages of other origins as well.
pub fn cross_origin(
    request: &Request,
    list: List<'_>,
    handler: impl FnOnce() -> Response,
) -> Result<Response, ApiError> {
    let judged = CrossOrigin::of(request, list)?;
    Ok(judged.preflight(request).unwrap_or_else(|| {
        let mut response = handler();
        judged.apply(response.headers_mut());
        response
    }))
}

/// Whether caches may keep an answer for others.
fn is_kept(headers: &HeaderMap) -> bool {
    headers.get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"))
}

fn are_names(list: &str) -> bool {
    list.len() <= MAX_NAMES && list.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_, ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use origin::Origin;

    use super::*;
    use crate::Body;

    const PAGE: &str = "https://app.example";

    fn answer(method: &str, lines: &[(&str, &str)], list: &str) -> Response {
        let mut builder = http::Request::builder().method(method).uri("/api/u/tasks");
        for (name, value) in lines {
            builder = builder.header(*name, *value);
        }
        let request = builder.body(Body::Complete(Vec::new())).unwrap();
        let trusted = TrustedOrigins::parse(&Origin::parse("http://localhost:3000").unwrap(), list).unwrap();
        let list = || Ok(trusted.clone());
        cross_origin(&request, &list, || empty(StatusCode::NOT_FOUND)).unwrap()
    }

    fn text<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[test]
    fn a_listed_page_may_ask_and_read() {
        let lines = [("origin", PAGE), ("access-control-request-method", "PUT")];
        let asked = [lines[0], lines[1], ("access-control-request-headers", "authorization,content-type")];
        let preflight = answer("OPTIONS", &asked, PAGE);
        assert_eq!((preflight.status().as_u16(), text(&preflight, "access-control-allow-origin")), (204, Some(PAGE)));
        assert_eq!(text(&preflight, "access-control-allow-headers"), Some("authorization,content-type"));
        assert!(text(&preflight, "access-control-allow-methods").unwrap().contains("PUT"));
        let read = answer("GET", &lines[..1], PAGE);
        assert_eq!((read.status().as_u16(), text(&read, "access-control-allow-origin")), (404, Some(PAGE)));
        assert_eq!(text(&read, "access-control-allow-credentials"), Some("true"));
        assert!(text(&read, "access-control-expose-headers").unwrap().contains("set-auth-jwt"));
        assert_eq!(text(&read, "vary"), Some("origin"));
    }

    #[test]
    fn any_other_page_is_told_nothing() {
        for page in
            ["https://evil.example", "http://app.example", "http://localhost:3000", "null", "https://app.example/x"]
        {
            for method in ["GET", "OPTIONS"] {
                let response = answer(method, &[("origin", page), ("access-control-request-method", "GET")], PAGE);
                assert_eq!((response.status().as_u16(), response.headers().len()), (404, 1), "{page}");
                assert_eq!(text(&response, "vary"), Some("origin"), "a cache must not give it to a listed page");
            }
        }
    }

    #[test]
    fn without_a_list_nothing_is_said() {
        assert!(answer("GET", &[("origin", PAGE)], "").headers().is_empty());
    }

    #[test]
    fn without_a_page_the_list_is_read_for_what_caches_keep_alone() {
        let request = http::Request::builder().uri("/").body(Body::Complete(Vec::new())).unwrap();
        let unreadable = || Err(ApiError::internal("read"));
        let own = || cross_origin(&request, &unreadable, || empty(StatusCode::OK));
        assert!(own().unwrap().headers().is_empty());
        let trusted = TrustedOrigins::parse(&Origin::parse("http://localhost:3000").unwrap(), PAGE).unwrap();
        let kept = || {
            let mut response = empty(StatusCode::OK);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
            response
        };
        let list = || Ok(trusted.clone());
        assert_eq!(text(&cross_origin(&request, &list, kept).unwrap(), "vary"), Some("origin"));
        assert_eq!(text(&cross_origin(&request, &list, || empty(StatusCode::OK)).unwrap(), "vary"), None);
    }

    #[test]
    fn an_options_that_is_no_preflight_is_the_handlers() {
        assert_eq!(answer("OPTIONS", &[("origin", PAGE)], PAGE).status(), 404);
        assert_eq!(answer("OPTIONS", &[("access-control-request-method", "GET")], PAGE).status(), 404);
    }

    #[test]
    fn strange_header_names_are_not_repeated() {
        let lines =
            [("origin", PAGE), ("access-control-request-method", "GET"), ("access-control-request-headers", "a\"b")];
        assert_eq!(text(&answer("OPTIONS", &lines, PAGE), "access-control-allow-headers"), None);
    }
}

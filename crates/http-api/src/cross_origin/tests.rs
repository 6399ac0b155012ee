use origin::Origin;

use super::*;
use crate::request::RequestBody;

const PAGE: &str = "https://app.example";

fn response(method: &str, lines: &[(&str, &str)], list: &str) -> Response {
    let mut builder = http::Request::builder().method(method).uri("/api/u/tasks");
    for (name, value) in lines {
        builder = builder.header(*name, *value);
    }
    let request = builder.body(RequestBody::Complete(Vec::new())).unwrap();
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
    let preflight = response("OPTIONS", &asked, PAGE);
    assert_eq!((preflight.status().as_u16(), text(&preflight, "access-control-allow-origin")), (204, Some(PAGE)));
    assert_eq!(text(&preflight, "access-control-allow-headers"), Some("authorization,content-type"));
    assert!(text(&preflight, "access-control-allow-methods").unwrap().contains("PUT"));
    let read = response("GET", &lines[..1], PAGE);
    assert_eq!((read.status().as_u16(), text(&read, "access-control-allow-origin")), (404, Some(PAGE)));
    assert_eq!(text(&read, "access-control-allow-credentials"), Some("true"));
    assert!(text(&read, "access-control-expose-headers").unwrap().contains("set-auth-jwt"));
    assert_eq!(text(&read, "vary"), Some("origin"));
}

#[test]
fn any_other_page_is_told_nothing() {
    for page in ["https://evil.example", "http://app.example", "http://localhost:3000", "null", "https://app.example/x"]
    {
        for method in ["GET", "OPTIONS"] {
            let response = response(method, &[("origin", page), ("access-control-request-method", "GET")], PAGE);
            assert_eq!((response.status().as_u16(), response.headers().len()), (404, 1), "{page}");
            assert_eq!(text(&response, "vary"), Some("origin"), "a cache must not give it to a listed page");
        }
    }
}

#[test]
fn without_a_list_nothing_is_said() {
    assert!(response("GET", &[("origin", PAGE)], "").headers().is_empty());
}

#[test]
fn without_a_page_the_list_is_read_for_what_caches_keep_alone() {
    let request = http::Request::builder().uri("/").body(RequestBody::Complete(Vec::new())).unwrap();
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
    assert_eq!(response("OPTIONS", &[("origin", PAGE)], PAGE).status(), 404);
    assert_eq!(response("OPTIONS", &[("access-control-request-method", "GET")], PAGE).status(), 404);
}

#[test]
fn strange_header_names_are_not_repeated() {
    let lines =
        [("origin", PAGE), ("access-control-request-method", "GET"), ("access-control-request-headers", "a\"b")];
    assert_eq!(text(&response("OPTIONS", &lines, PAGE), "access-control-allow-headers"), None);
}

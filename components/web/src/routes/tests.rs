use http::header::{ACCEPT, ACCEPT_ENCODING, ALLOW as ALLOW_HEADER, CONTENT_SECURITY_POLICY, VARY};
use http_api::RequestBody;

use super::*;

const FILES: &[EmbeddedFile] = &[
    EmbeddedFile {
        path: "/assets/app-1a2b.js",
        content_type: "text/javascript; charset=utf-8",
        hash: "aa",
        hashed_name: true,
        identity: b"script",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
    },
    EmbeddedFile {
        path: "/favicon.svg",
        content_type: "image/svg+xml",
        hash: "bb",
        hashed_name: false,
        identity: b"icon",
        brotli: None,
        gzip: None,
    },
    EmbeddedFile {
        path: "/index.html",
        content_type: "text/html; charset=utf-8",
        hash: "cc",
        hashed_name: false,
        identity: b"page",
        brotli: None,
        gzip: Some(b"gp"),
    },
];

fn ask(method: &str, uri: &str, headers: &[(http::HeaderName, &str)]) -> Response {
    let mut request = http::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    handle(&request.body(RequestBody::Complete(Vec::new())).unwrap(), FILES)
}

fn navigate(uri: &str) -> Response {
    ask("GET", uri, &[(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")])
}

fn value(response: &Response, name: http::HeaderName) -> &str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn every_page_of_the_app_is_the_index() {
    for uri in ["/", "/sign-in?next=%2F", "/no/such/page", "/index.html"] {
        let response = navigate(uri);
        assert_eq!((response.status(), response.body().as_slice()), (StatusCode::OK, b"page".as_slice()), "{uri}");
        assert_eq!(value(&response, CACHE_CONTROL), "no-cache");
    }
}

#[test]
fn what_is_no_page_is_not_the_index() {
    for uri in ["/assets/gone.js", "/assets/gone", "/api/nothing", "/robots.txt", "/.well-known/x", "/mcp/x"] {
        let response = navigate(uri);
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{uri}");
        assert_eq!(value(&response, CONTENT_TYPE), "application/problem+json");
        assert_eq!(value(&response, CACHE_CONTROL), "no-store");
    }
}

#[test]
fn a_page_is_only_for_who_asks_for_html() {
    assert_eq!(ask("GET", "/", &[(ACCEPT, "*/*")]).status(), StatusCode::OK);
    assert_eq!(ask("GET", "/sign-in", &[]).status(), StatusCode::NOT_FOUND);
    assert_eq!(ask("GET", "/sign-in", &[(ACCEPT, "application/json, */*")]).status(), StatusCode::NOT_FOUND);
}

#[test]
fn a_hashed_file_is_kept_for_ever_in_the_coding_asked_for() {
    let response = ask("GET", "/assets/app-1a2b.js", &[(ACCEPT_ENCODING, "gzip, br")]);
    assert_eq!(response.body(), b"br");
    assert_eq!(value(&response, CONTENT_ENCODING), "br");
    assert_eq!(value(&response, CONTENT_LENGTH), "2");
    assert_eq!(value(&response, CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(value(&response, VARY), "Accept-Encoding");
    assert_eq!(value(&response, ETAG), "\"aa-br\"");
}

#[test]
fn a_known_version_is_not_sent_again() {
    for tags in ["\"aa-gzip\"", "W/\"aa-gzip\"", "\"x\", \"aa-gzip\"", "*"] {
        let headers = [(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, tags)];
        let response = ask("GET", "/assets/app-1a2b.js", &headers);
        assert_eq!((response.status(), response.body().len()), (StatusCode::NOT_MODIFIED, 0), "{tags}");
        assert_eq!(value(&response, ETAG), "\"aa-gzip\"");
    }
}

#[test]
fn another_version_or_coding_is_sent() {
    for tags in ["\"aa\"", "\"aa-br\"", "\"bb-gzip\""] {
        let headers = [(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, tags)];
        assert_eq!(ask("GET", "/assets/app-1a2b.js", &headers).status(), StatusCode::OK, "{tags}");
    }
}

#[test]
fn head_is_get_without_the_body() {
    let response = ask("HEAD", "/favicon.svg", &[]);
    assert_eq!((response.status(), response.body().len()), (StatusCode::OK, 0));
    assert_eq!(value(&response, CONTENT_TYPE), "image/svg+xml");
    assert_eq!(ask("HEAD", "/assets/gone.js", &[]).body().len(), 0);
}

#[test]
fn other_methods_are_refused_with_those_allowed() {
    for (method, uri) in [("POST", "/"), ("DELETE", "/favicon.svg"), ("OPTIONS", "/sign-in")] {
        let response = ask(method, uri, &[]);
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {uri}");
        assert_eq!(value(&response, ALLOW_HEADER), "GET, HEAD");
    }
    assert_eq!(ask("POST", "/api/nothing", &[]).status(), StatusCode::NOT_FOUND);
}

#[test]
fn a_client_that_takes_no_form_is_told_so() {
    let response = ask("GET", "/favicon.svg", &[(ACCEPT_ENCODING, "br, identity;q=0")]);
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
}

#[test]
fn every_answer_has_the_policy() {
    for response in [navigate("/"), navigate("/api/nothing"), ask("POST", "/", &[])] {
        let policy = value(&response, CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[test]
fn without_a_build_the_page_says_what_to_do() {
    let request = http::Request::get("/").header(ACCEPT, "text/html").body(RequestBody::Complete(Vec::new())).unwrap();
    let response = handle(&request, &[]);
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(String::from_utf8_lossy(response.body()).contains("make build"));
}

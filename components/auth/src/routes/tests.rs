mod table_walk;

use std::cell::RefCell;
use std::rc::Rc;

use db::{Db, DbError};
use http_api::RequestBody;
use serde_json::Value;

use super::*;
use crate::session::kept_key::KeptSigningKey;
use crate::settings::tests::{settings, variable};

/// What a test sends; header lines are `name: value`.
struct Sent<'a> {
    method: &'a str,
    path: &'a str,
    headers: &'a [&'a str],
    body: &'a [u8],
}

fn offline(_: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String> {
    Err("no network in unit tests".to_owned())
}

fn no_keys(_: &str, _: http_api::KeyFreshness) -> Result<String, String> {
    Err("no network in unit tests".to_owned())
}

fn no_database(_: &str) -> Result<Db, DbError> {
    Err(DbError::Unavailable("no database in unit tests".to_owned()))
}

fn response_to(sent: Sent<'_>) -> (u16, Response) {
    response_by(settings(&[]), sent)
}

fn response_by(settings: Result<Settings, ApiError>, sent: Sent<'_>) -> (u16, Response) {
    let mut builder = http::Request::builder().method(sent.method).uri(format!("/api/auth{}", sent.path));
    for line in sent.headers {
        let (name, value) = line.split_once(": ").unwrap();
        builder = builder.header(name, value);
    }
    let request = builder.body(RequestBody::Complete(sent.body.to_vec())).unwrap();
    let env = Env {
        now: 1_800_000_000,
        random: &|bytes: &mut [u8]| bytes.fill(7),
        connect: no_database,
        fetch: &offline,
        key_set: &no_keys,
        send_later: &|_| {},
        signing_key: &KeptSigningKey::new(),
    };
    let response = handle(&request, settings, &env);
    (response.status().as_u16(), response)
}

fn get(path: &str) -> (u16, Response) {
    response_to(Sent { method: "GET", path, headers: &[], body: b"" })
}

/// The status and the code of a refused post of JSON.
fn post(path: &str, headers: &[&str], body: &str) -> (u16, String) {
    let json = ["content-type: application/json"];
    let headers = [headers, if headers.iter().any(|h| h.starts_with("content-type")) { &[] } else { &json }].concat();
    let (status, response) = response_to(Sent { method: "POST", path, headers: &headers, body: body.as_bytes() });
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

fn cookies(response: &Response) -> Vec<&str> {
    response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
}

#[test]
fn ok_is_ok() {
    let (status, response) = get("/ok?x=1");
    assert_eq!((status, response.body().as_slice()), (200, br#"{"ok":true}"#.as_slice()));
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[test]
fn the_features_are_public_and_may_be_kept_for_a_minute() {
    let (status, response) = get("/features");
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    let none = serde_json::json!({
        "google": false, "password_reset": false, "email_verification": false, "delete_user": false,
    });
    assert_eq!((status, body), (200, none));
    assert_eq!(response.headers()["cache-control"], "public, max-age=60");
}

#[test]
fn what_is_not_routed_is_an_empty_404() {
    let unknown = [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "/nope"),
        ("GET", "/ok/"),
        ("GET", "//ok"),
        ("GET", "/OK"),
        ("GET", "/%6Fk"),
        ("HEAD", "/ok"),
        ("OPTIONS", "/sign-in/email"),
        ("GET", "/sign-in/email"),
        ("PUT", "/sign-up/email"),
        ("DELETE", "/get-session"),
        ("POST", "/token"),
        ("POST", "/set-password"),
    ];
    for (method, path) in unknown {
        let (status, response) = response_to(Sent { method, path, headers: &["cookie: a=b"], body: b"{}" });
        assert_eq!((status, response.body().len(), response.headers().len()), (404, 0, 0), "{method} {path}");
    }
}

#[test]
fn a_visitor_without_session_is_null_and_has_no_token() {
    for headers in [&[][..], &["cookie: better-auth.session_token=abc"], &["authorization: Bearer abc"]] {
        let (status, response) = response_to(Sent { method: "GET", path: "/get-session", headers, body: b"" });
        assert_eq!((status, response.body().as_slice()), (200, b"null".as_slice()));
        assert_eq!(
            (&response.headers()["cache-control"], &response.headers()["pragma"]),
            (&"no-store".parse().unwrap(), &"no-cache".parse().unwrap())
        );
        assert!(cookies(&response).is_empty());
    }
    let (status, response) = get("/token");
    assert_eq!(status, 401);
    assert_eq!(response.body().as_slice(), br#"{"message":"Unauthorized","code":"UNAUTHORIZED"}"#);
}

#[test]
fn a_sign_out_without_session_clears_three_cookies() {
    let headers = ["cookie: x=y", "origin: http://localhost:3000"];
    let (status, response) = response_to(Sent { method: "POST", path: "/sign-out", headers: &headers, body: b"" });
    assert_eq!((status, response.body().as_slice()), (200, br#"{"success":true}"#.as_slice()));
    assert_eq!(cookies(&response).len(), 3);
}

#[test]
fn a_session_cannot_be_posted_for() {
    let (status, response) = response_to(Sent { method: "POST", path: "/get-session", headers: &[], body: b"{" });
    assert_eq!((status, &response.headers()["cache-control"]), (405, &"no-store".parse().unwrap()));
}

#[test]
fn the_checks_come_in_the_genuine_servers_order() {
    let foreign = ["cookie: a=b", "origin: https://evil.example"];
    let good = r#"{"email":"a@b.co","password":"password","name":"A","callbackURL":"https://evil.example/"}"#;
    assert_eq!(post("/sign-up/email", &foreign, "{\"email\":"), (400, "BAD_REQUEST".to_owned()));
    let as_text = [foreign[0], foreign[1], "content-type: text/plain"];
    assert_eq!(post("/sign-up/email", &as_text, "{}"), (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()));
    assert_eq!(post("/sign-up/email", &foreign, good), (403, "INVALID_ORIGIN".to_owned()));
    assert_eq!(post("/sign-up/email", &foreign[..1], good), (403, "MISSING_OR_NULL_ORIGIN".to_owned()));
    assert_eq!(post("/sign-up/email", &[], good), (403, "INVALID_CALLBACK_URL".to_owned()));
    assert_eq!(post("/sign-up/email", &foreign[1..], "{}"), (400, "VALIDATION_ERROR".to_owned()));
    let plain = r#"{"email":"a@b.co","password":"short","name":"A"}"#;
    assert_eq!(post("/sign-up/email", &foreign[1..], plain), (403, "INVALID_ORIGIN".to_owned()));
    assert_eq!(post("/sign-up/email", &[], plain), (400, "PASSWORD_TOO_SHORT".to_owned()));
    assert_eq!(post("/sign-in/email?callbackURL=%2F%2Fevil", &[], "{}"), (403, "INVALID_CALLBACK_URL".to_owned()));
    assert_eq!(post("/sign-out", &foreign, ""), (403, "INVALID_ORIGIN".to_owned()));
}

#[test]
fn a_sign_in_that_cannot_succeed_is_refused_before_the_database_is_asked() {
    let sign_in = |email: &str, password: &str| {
        post("/sign-in/email", &[], &serde_json::json!({"email": email, "password": password}).to_string())
    };
    assert_eq!(sign_in("bad", "password"), (400, "INVALID_EMAIL".to_owned()));
    assert_eq!(sign_in("a\0@b.co", "password"), (400, "INVALID_EMAIL".to_owned()));
    assert_eq!(sign_in("a@b.co", &"p".repeat(129)), (400, "PASSWORD_TOO_LONG".to_owned()));
}

#[test]
fn a_form_is_read_and_its_values_are_texts() {
    let form = ["content-type: application/x-www-form-urlencoded; charset=utf-8"];
    let body = "email=a%40b.co&password=with+blank&rememberMe=true";
    assert_eq!(post("/sign-in/email", &form, body), (400, "VALIDATION_ERROR".to_owned()));
    assert_eq!(
        post("/sign-up/email", &form, "name=N&email=a%40b.co&password=%F0%9F%98%80"),
        (400, "PASSWORD_TOO_SHORT".to_owned())
    );
    assert_eq!(post("/sign-in/email", &form, "email=%ff"), (400, "BAD_REQUEST".to_owned()));
    assert_eq!(post("/sign-out", &form, "a=b"), (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()));
}

#[test]
fn a_body_without_a_type_is_none() {
    let (status, response) = response_to(Sent { method: "POST", path: "/sign-in/email", headers: &[], body: b"{}" });
    let message =
        br#"{"message":"[body] Invalid input: expected object, received undefined","code":"VALIDATION_ERROR"}"#;
    assert_eq!((status, response.body().as_slice()), (400, message.as_slice()));
}

#[test]
fn a_target_that_is_no_text_is_refused_without_a_code() {
    let sent = Sent {
        method: "POST",
        path: "/sign-out",
        headers: &["content-type: application/json"],
        body: br#"{"callbackURL":["/"]}"#,
    };
    let (status, response) = response_to(sent);
    let message = br#"{"message":"Invalid callbackURL: expected a string"}"#;
    assert_eq!((status, response.body().as_slice()), (400, message.as_slice()));
}

#[test]
fn a_body_beyond_the_limit_is_refused() {
    let builder = http::Request::builder().method("POST").uri("/api/auth/sign-in/email");
    let request = builder.header("content-type", "application/json").body(RequestBody::TooLarge).unwrap();
    let env = Env {
        now: 0,
        random: &|_: &mut [u8]| {},
        connect: no_database,
        fetch: &offline,
        key_set: &no_keys,
        send_later: &|_| {},
        signing_key: &KeptSigningKey::new(),
    };
    assert_eq!(handle(&request, settings(&[]), &env).status(), 413);
}

#[test]
fn unusable_settings_are_an_empty_500() {
    let ok = Sent { method: "GET", path: "/ok", headers: &[], body: b"" };
    let (status, response) = response_by(settings(&[("better_auth_secret", "short")]), ok);
    assert_eq!((status, response.body().len()), (500, 0));
    assert!(!response.headers().contains_key("content-type"));
}

/// The status of a request, and what it read beside the variables that every request reads.
fn reads(method: &str, path: &str, headers: &[&str]) -> (u16, String) {
    let read = Rc::new(RefCell::new(Vec::new()));
    let recorded = read.clone();
    let settings = Settings::load(move |name| {
        recorded.borrow_mut().push(name.to_owned());
        variable(name, &[])
    });
    let headers = [headers, &["content-type: application/json"]].concat();
    let (status, _) = response_by(settings, Sent { method, path, headers: &headers, body: b"{}" });
    let further: Vec<String> = read.take().into_iter().filter(|name| !name.starts_with("better_auth_")).collect();
    (status, further.join(" "))
}

#[test]
fn a_request_reads_no_variable_that_it_does_not_need() {
    let own = ["cookie: a=b", "origin: http://localhost:3000"];
    let foreign = ["cookie: a=b", "origin: https://app.example"];
    assert_eq!(reads("GET", "/get-session", &[]), (200, String::new()));
    assert_eq!(reads("GET", "/ok", &[]), (200, "rate_limit".to_owned()));
    assert_eq!(reads("POST", "/sign-in/email", &own), (400, "rate_limit".to_owned()));
    assert_eq!(reads("POST", "/sign-in/email", &foreign), (403, "rate_limit trusted_origins".to_owned()));
}

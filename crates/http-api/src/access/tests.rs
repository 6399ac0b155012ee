use super::*;
use crate::request::RequestBody;

fn access(headers: &[(&str, &str)]) -> AccessRecord {
    access_to("/api/u1/tasks?secret=1", headers)
}

fn access_to(uri: &str, headers: &[(&str, &str)]) -> AccessRecord {
    let mut builder = http::Request::builder().method("GET").uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    AccessRecord::start(&mut builder.body(RequestBody::Complete(b"secret".to_vec())).unwrap())
}

/// A request whose token was accepted as this user's.
fn access_by(user: &str) -> AccessRecord {
    let mut request = http::Request::new(RequestBody::Complete(Vec::new()));
    let access = AccessRecord::start(&mut request);
    record_user(&request, user);
    access
}

fn line(access: &AccessRecord, status: u16) -> serde_json::Value {
    serde_json::to_value(access.line(StatusCode::from_u16(status).unwrap(), 7).unwrap()).unwrap()
}

#[test]
fn the_line_names_route_status_duration_and_a_pseudonym() {
    let mut request = http::Request::builder().uri("/api/u1/tasks?secret=1");
    for (name, value) in [
        ("x-request-id", "r1"),
        ("spin-raw-component-route", "/api/:user_id/tasks/..."),
        ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ("authorization", "Bearer token"),
    ] {
        request = request.header(name, value);
    }
    let mut request = request.body(RequestBody::Complete(b"secret".to_vec())).unwrap();
    let access = AccessRecord::start(&mut request);
    record_user(&request, "user-one");
    let line = line(&access, 200);
    assert_eq!(line["request_id"], "r1");
    assert_eq!(line["route"], "/api/:user_id/tasks/...");
    assert_eq!((&line["status"], &line["duration_ms"]), (&200.into(), &7.into()));
    assert_eq!(line["trace_id"], "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(line["user"].as_str().unwrap().len(), 16);
    let text = line.to_string();
    assert!(
        !text.contains("user-one") && !text.contains("secret") && !text.contains("u1") && !text.contains("token"),
        "{text}"
    );
}

#[test]
fn a_refused_token_names_nobody_and_two_users_differ() {
    let refused = access(&[("authorization", "Bearer e30.eyJzdWIiOiJvbmUifQ.signature")]);
    assert!(line(&refused, 401).get("user").is_none());
    assert!(line(&refused, 403).get("user").is_none());
    assert_ne!(line(&access_by("one"), 200)["user"], line(&access_by("two"), 200)["user"]);
}

#[test]
fn a_peer_s_call_has_the_route_that_clients_meet_and_no_other_path_is_told() {
    let direct = |uri: &str| line(&access_to(uri, &[("spin-raw-component-route", "/...")]), 200)["route"].clone();
    assert_eq!(direct("http://mcp.spin.internal/mcp?x=1"), "/mcp");
    assert_eq!(direct("/api/auth/jwks"), "/api/auth/...");
    assert_eq!(direct("/api/u1/tasks"), "/...");
}

#[test]
fn a_probe_is_logged_only_when_it_fails() {
    let probe = access(&[("spin-raw-component-route", "/ready")]);
    assert!(probe.line(StatusCode::OK, 1).is_none());
    assert_eq!(line(&probe, 503)["status"], 503);
}

#[test]
fn strange_headers_do_no_harm() {
    let access = access(&[("traceparent", "00-xyz"), ("authorization", "Bearer a.!.b"), ("x-request-id", "a\"b")]);
    let line = line(&access, 200);
    assert!(line.get("trace_id").is_none() && line.get("user").is_none());
    assert_eq!(line["request_id"], "-");
}

#[test]
fn only_the_trace_is_passed_on() {
    let access =
        access(&[("traceparent", "t"), ("x-request-id", "r"), ("cookie", "c"), ("authorization", "Bearer token")]);
    let names: Vec<_> = access.forwarded_headers().keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, ["traceparent", "x-request-id"]);
}

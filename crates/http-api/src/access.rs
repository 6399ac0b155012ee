//! What a request leaves behind: one JSON line for the log when it was answered, and the headers by which the calls
//! that it makes are found again.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Request, header, request_id};

/// W3C trace context, and our own name for the request.
const PASSED_ON: [&str; 3] = ["traceparent", "tracestate", "x-request-id"];
/// Whoever watches the pods asks these every few seconds: no line unless one fails.
const PROBES: [&str; 2] = ["/health", "/ready"];
/// Where components call each other, and the route that answers there. Inside one app such a call has no route of its own,
/// and any other path may name a user.
const PEERS: [(&str, &str); 2] = [("/api/auth/jwks", "/api/auth/..."), ("/mcp", "/mcp")];

/// A request, as far as the log is concerned: never its query, body, cookies or token.
#[derive(Debug)]
pub struct Access {
    id: String,
    trace: Option<String>,
    method: String,
    route: String,
    subject: Option<String>,
    passed_on: HeaderMap,
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    event: &'static str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<&'a str>,
    method: &'a str,
    route: &'a str,
    status: u16,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

impl Access {
    /// What is worth keeping of this request. The route is the pattern of the manifest, which names nobody.
    pub fn of(request: &Request) -> Self {
        let mut passed_on = HeaderMap::new();
        for name in PASSED_ON {
            if let Some(value) = request.headers().get(name) {
                passed_on.insert(name, value.clone());
            }
        }
        Self {
            id: request_id(request).to_owned(),
            trace: header(request, "traceparent").and_then(trace_id).map(str::to_owned),
            method: request.method().to_string(),
            route: route(request).to_owned(),
            subject: header(request, "authorization").and_then(claimed_subject),
            passed_on,
        }
    }

    /// The request's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The headers for calls to our own peers.
    pub fn passed_on(&self) -> &HeaderMap {
        &self.passed_on
    }

    /// The line, unless this is a probe that went well.
    pub fn line(&self, status: StatusCode, duration_ms: u64) -> Option<String> {
        if PROBES.contains(&self.route.as_str()) && status.is_success() {
            return None;
        }
        // The token's word counts only where it was accepted.
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
        let line = Line {
            level: "info",
            event: "request",
            request_id: &self.id,
            trace_id: self.trace.as_deref(),
            method: &self.method,
            route: &self.route,
            status: status.as_u16(),
            duration_ms,
            user: self.subject.as_deref().filter(|_| !refused).map(pseudonym),
        };
        Some(serde_json::to_string(&line).expect("a log line is plain data"))
    }
}

/// The pattern of the manifest; for a peer's call the one that clients would have met.
fn route(request: &Request) -> &str {
    match header(request, "spin-raw-component-route").unwrap_or("-") {
        "/..." => PEERS.iter().find(|(path, _)| *path == request.uri().path()).map_or("/...", |(_, route)| route),
        route => route,
    }
}

/// Of `00-TRACE-SPAN-FLAGS`.
fn trace_id(traceparent: &str) -> Option<&str> {
    let id = traceparent.split('-').nth(1)?;
    (id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())).then_some(id)
}

/// Whom a bearer token names, unverified.
fn claimed_subject(authorization: &str) -> Option<String> {
    let payload = authorization.strip_prefix("Bearer ")?.split('.').nth(1)?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice::<Claims>(&bytes).ok().map(|claims| claims.sub)
}

/// How the log calls a user: the same for the same user, and no way back to the id for who has the log alone.
pub fn pseudonym(subject: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(subject)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;

    fn access(headers: &[(&str, &str)]) -> Access {
        access_to("/api/u1/tasks?secret=1", headers)
    }

    fn access_to(uri: &str, headers: &[(&str, &str)]) -> Access {
        let mut builder = http::Request::builder().method("GET").uri(uri);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        Access::of(&builder.body(Body::Complete(b"secret".to_vec())).unwrap())
    }

    fn bearer(sub: &str) -> String {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(format!("{{\"sub\":\"{sub}\"}}"));
        format!("Bearer e30.{payload}.signature")
    }

    fn line(access: &Access, status: u16) -> serde_json::Value {
        serde_json::from_str(&access.line(StatusCode::from_u16(status).unwrap(), 7).unwrap()).unwrap()
    }

    #[test]
    fn the_line_names_route_status_duration_and_a_pseudonym() {
        let token = bearer("user-one");
        let access = access(&[
            ("x-request-id", "r1"),
            ("spin-raw-component-route", "/api/:user_id/tasks/..."),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ("authorization", &token),
        ]);
        let line = line(&access, 200);
        assert_eq!(line["request_id"], "r1");
        assert_eq!(line["route"], "/api/:user_id/tasks/...");
        assert_eq!((&line["status"], &line["duration_ms"]), (&200.into(), &7.into()));
        assert_eq!(line["trace_id"], "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(line["user"].as_str().unwrap().len(), 16);
        let text = line.to_string();
        assert!(!text.contains("user-one") && !text.contains("secret") && !text.contains("u1"), "{text}");
    }

    #[test]
    fn a_refused_token_names_nobody_and_two_users_differ() {
        let (one, two) = (bearer("one"), bearer("two"));
        let one = access(&[("authorization", &one)]);
        assert!(line(&one, 401).get("user").is_none());
        assert!(line(&one, 403).get("user").is_none());
        assert_ne!(line(&one, 200)["user"], line(&access(&[("authorization", &two)]), 200)["user"]);
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
        let token = bearer("one");
        let access = access(&[("traceparent", "t"), ("x-request-id", "r"), ("cookie", "c"), ("authorization", &token)]);
        let names: Vec<_> = access.passed_on().keys().map(http::HeaderName::as_str).collect();
        assert_eq!(names, ["traceparent", "x-request-id"]);
    }
}

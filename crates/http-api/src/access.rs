//! The log line of a request, and the headers that connect it with the calls it makes.

use std::sync::{Arc, OnceLock};

use http::{HeaderMap, StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::log::log;
use crate::request::{Request, header, request_id};

/// The headers that go on with each call inside the deployment: W3C trace context, and our own request id.
const FORWARDED: [&str; 3] = ["traceparent", "tracestate", "x-request-id"];
/// Probes come every few seconds, so one is logged only if it fails.
const PROBES: [&str; 2] = ["/health", "/ready"];
/// The addresses where components call each other, with the route of each. Inside one app such a call has no route of its
/// own, and the path of any other address may name a user.
const PEERS: [(&str, &str); 2] = [("/api/auth/jwks", "/api/auth/..."), ("/mcp", "/mcp")];

/// The loggable part of a request: never its query, body, cookies or token.
#[derive(Debug)]
pub struct AccessRecord {
    id: String,
    trace: Option<String>,
    method: String,
    route: String,
    caller: VerifiedCaller,
    forwarded: HeaderMap,
}

/// The ids of the request's user and of their personal access token, set once they are verified. The request carries them,
/// the record of the request reads them.
#[derive(Debug, Clone, Default)]
struct VerifiedCaller {
    user: Arc<OnceLock<String>>,
    token: Arc<OnceLock<String>>,
}

#[derive(Serialize)]
struct AccessLine<'a> {
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
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

impl AccessRecord {
    /// Starts the record of a request. The route is the pattern of the manifest, which names nobody.
    pub fn start(request: &mut Request) -> Self {
        let caller = VerifiedCaller::default();
        request.extensions_mut().insert(caller.clone());
        let mut forwarded = HeaderMap::new();
        for name in FORWARDED {
            if let Some(value) = request.headers().get(name) {
                forwarded.insert(name, value.clone());
            }
        }
        Self {
            id: request_id(request).to_owned(),
            trace: header(request, "traceparent").and_then(trace_id).map(str::to_owned),
            method: request.method().to_string(),
            route: route(request).to_owned(),
            caller,
            forwarded,
        }
    }

    /// The request's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The headers to send with calls inside the deployment.
    pub fn forwarded_headers(&self) -> &HeaderMap {
        &self.forwarded
    }

    /// The verified user's id.
    pub(crate) fn user(&self) -> Option<&str> {
        self.caller.user.get().map(String::as_str)
    }

    /// Logs the request, unless it is a probe that succeeded.
    pub fn log(&self, status: StatusCode, duration_ms: u64) {
        if let Some(line) = self.line(status, duration_ms) {
            log(&line);
        }
    }

    fn line(&self, status: StatusCode, duration_ms: u64) -> Option<AccessLine<'_>> {
        if PROBES.contains(&self.route.as_str()) && status.is_success() {
            return None;
        }
        Some(AccessLine {
            level: "info",
            event: "request",
            request_id: &self.id,
            trace_id: self.trace.as_deref(),
            method: &self.method,
            route: &self.route,
            status: status.as_u16(),
            duration_ms,
            user: self.user().map(pseudonym),
            token: self.caller.token.get().map(String::as_str),
        })
    }
}

/// Notes the verified user of a request for its log line.
pub fn record_user(request: &Request, id: &str) {
    if let Some(caller) = request.extensions().get::<VerifiedCaller>() {
        caller.user.get_or_init(|| id.to_owned());
    }
}

/// Notes the id of the personal access token of a request for its log line.
pub fn record_token(request: &Request, id: &str) {
    if let Some(caller) = request.extensions().get::<VerifiedCaller>() {
        caller.token.get_or_init(|| id.to_owned());
    }
}

/// The name of a user in the log: the same for the same user, and no way back from it to the id.
pub fn pseudonym(user_id: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(user_id)[..8])
}

/// The pattern of the manifest; for a call between components the pattern that clients would have met.
fn route(request: &Request) -> &str {
    match header(request, "spin-raw-component-route").unwrap_or("-") {
        "/..." => PEERS.iter().find(|(path, _)| *path == request.uri().path()).map_or("/...", |(_, route)| route),
        route => route,
    }
}

/// The trace id of `00-TRACE-SPAN-FLAGS`.
fn trace_id(traceparent: &str) -> Option<&str> {
    let id = traceparent.split('-').nth(1)?;
    (id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())).then_some(id)
}

#[cfg(test)]
mod tests;

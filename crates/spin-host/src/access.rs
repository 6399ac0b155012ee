//! The request at hand, for the log and for the calls it makes: an instance serves one at a time, so it is a static.

use std::cell::RefCell;
use std::time::Instant;

use http::request::Parts;
use http::{HeaderMap, StatusCode};
use http_api::{Access, REQUEST_ID, Request};

thread_local!(static CURRENT: RefCell<Option<(Instant, Access)>> = const { RefCell::new(None) });

pub(crate) fn began(request: &Request) {
    CURRENT.set(Some((Instant::now(), Access::of(request))));
}

/// Tells the client the request's id, by which an operator finds it in the log.
pub(crate) fn name(answer: &mut HeaderMap) {
    let id = CURRENT.with_borrow(|current| current.as_ref().and_then(|(_, access)| access.id().parse().ok()));
    if let Some(id) = id {
        answer.insert(REQUEST_ID, id);
    }
}

/// Logs the request, once.
pub(crate) fn answered(status: StatusCode) {
    if let Some((began, access)) = CURRENT.take()
        && let Some(line) = access.line(status, u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX))
    {
        crate::log(&line);
    }
}

/// Trace context and request id for a call inside the deployment, which is plain HTTP; strangers learn neither.
pub(crate) fn passed_on(call: &Parts) -> Vec<(String, Vec<u8>)> {
    if call.uri.scheme_str() != Some("http") {
        return Vec::new();
    }
    CURRENT.with_borrow(|current| {
        let headers = current.iter().flat_map(|(_, access)| access.passed_on());
        let new = headers.filter(|(name, _)| !call.headers.contains_key(*name));
        new.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    })
}

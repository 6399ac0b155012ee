//! The current request, for its log line and for the calls it makes. An instance serves one request at a time, so it is a
//! static.

use std::cell::RefCell;
use std::time::Instant;

use http::request::Parts;
use http::{HeaderMap, StatusCode};
use http_api::{AccessRecord, REQUEST_ID, Request};

use crate::log::write_line;

thread_local!(static CURRENT: RefCell<Option<(Instant, AccessRecord)>> = const { RefCell::new(None) });

/// Starts a request.
pub(crate) fn start(request: &mut Request) {
    http_api::set_log_writer(write_line);
    CURRENT.set(Some((Instant::now(), AccessRecord::start(request))));
}

/// Adds the request's id to a response, so that an operator finds the request in the log.
pub(crate) fn add_request_id(headers: &mut HeaderMap) {
    let id = CURRENT.with_borrow(|current| current.as_ref().and_then(|(_, access)| access.id().parse().ok()));
    if let Some(id) = id {
        headers.insert(REQUEST_ID, id);
    }
}

/// Logs the request, once.
pub(crate) fn finish(status: StatusCode) {
    if let Some((started, access)) = CURRENT.take() {
        access.log(status, u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
    }
}

/// Trace context and request id for a call inside the deployment, which is plain HTTP. Other servers get neither.
pub(crate) fn forwarded_headers(call: &Parts) -> Vec<(String, Vec<u8>)> {
    if call.uri.scheme_str() != Some("http") {
        return Vec::new();
    }
    CURRENT.with_borrow(|current| {
        let headers = current.iter().flat_map(|(_, access)| access.forwarded_headers());
        let new = headers.filter(|(name, _)| !call.headers.contains_key(*name));
        new.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    })
}

//! The request at hand, for the log and for the calls it makes: an instance serves one at a time, so it is a static.

use std::cell::RefCell;
use std::time::Instant;

use edge::{Access, Request};
use http::StatusCode;
use http::request::Parts;

thread_local!(static CURRENT: RefCell<Option<(Instant, Access)>> = const { RefCell::new(None) });

pub(crate) fn began(request: &Request) {
    CURRENT.set(Some((Instant::now(), Access::of(request))));
}

/// Logs the request, once.
pub(crate) fn answered(status: StatusCode) {
    if let Some((began, access)) = CURRENT.take()
        && let Some(line) = access.line(status, u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX))
    {
        eprintln!("{line}");
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

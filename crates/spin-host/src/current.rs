//! The request that runs now, for its log line and for the calls it makes. Of the requests of an instance one runs at a time, so it is
//! a static: set for a request that has its instance to itself, and while the handler of another one runs.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::time::Instant;

use http::request::Parts;
use http::{HeaderMap, StatusCode};
use http_api::{AccessRecord, REQUEST_ID, Request};

use crate::log::write_line;

thread_local!(static CURRENT: RefCell<Option<Rc<CurrentRequest>>> = const { RefCell::new(None) });

/// A request that began.
pub(crate) struct CurrentRequest {
    started: Instant,
    access: AccessRecord,
}

impl CurrentRequest {
    pub(crate) fn new(request: &mut Request) -> Rc<Self> {
        http_api::set_log_writer(write_line);
        Rc::new(Self { started: Instant::now(), access: AccessRecord::start(request) })
    }

    /// Runs what belongs to this request and does not wait.
    pub(crate) fn run<T>(self: &Rc<Self>, work: impl FnOnce() -> T) -> T {
        CURRENT.set(Some(self.clone()));
        let done = work();
        CURRENT.set(None);
        done
    }

    /// Does work of this request that waits: at each of its steps it is the request that runs.
    pub(crate) async fn run_waiting<T>(self: &Rc<Self>, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| self.run(|| work.as_mut().poll(context))).await
    }

    /// Adds the request's id to a response, so that an operator finds the request in the log.
    pub(crate) fn add_id(&self, headers: &mut HeaderMap) {
        if let Ok(id) = self.access.id().parse() {
            headers.insert(REQUEST_ID, id);
        }
    }

    /// Logs the request.
    pub(crate) fn finish(&self, status: StatusCode) {
        self.access.log(status, u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX));
    }
}

/// Starts a request that has its instance to itself.
pub(crate) fn start(request: &mut Request) {
    CURRENT.set(Some(CurrentRequest::new(request)));
}

/// Adds the current request's id to a response.
pub(crate) fn add_request_id(headers: &mut HeaderMap) {
    CURRENT.with_borrow(|current| current.iter().for_each(|current| current.add_id(headers)));
}

/// Logs the current request, once.
pub(crate) fn finish(status: StatusCode) {
    if let Some(current) = CURRENT.take() {
        current.finish(status);
    }
}

/// The headers of a call to another server: its own, and those that are forwarded.
pub(crate) fn outgoing_headers(call: &Parts) -> Vec<(String, Vec<u8>)> {
    let own = call.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    own.chain(forwarded_headers(call)).collect()
}

/// Trace context and request id for a call inside the deployment, which is plain HTTP. Other servers get neither.
fn forwarded_headers(call: &Parts) -> Vec<(String, Vec<u8>)> {
    if call.uri.scheme_str() != Some("http") {
        return Vec::new();
    }
    CURRENT.with_borrow(|current| {
        let headers = current.iter().flat_map(|current| current.access.forwarded_headers());
        let new = headers.filter(|(name, _)| !call.headers.contains_key(*name));
        new.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    })
}

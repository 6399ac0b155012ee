//! The access log: one line when a response has been sent, or when its client has gone before.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, SizeHint};
use serde::Serialize;
use wasmtime_wasi_http::{Error, WasiBody};

use crate::log::{self, LogSink};

/// The record of one request. Its line is written when the record is dropped.
pub(crate) struct RequestRecord {
    log: LogSink,
    start: Instant,
    line: RequestLine,
}

/// The path has no query. There is no status if the client left before the response began.
#[derive(Serialize)]
struct RequestLine {
    ts: String,
    method: String,
    path: String,
    status: Option<u16>,
    duration_ms: f64,
    bytes: u64,
    component: Option<String>,
    request_id: String,
}

impl RequestRecord {
    pub(crate) fn new<B>(log: LogSink, request: &Request<B>, request_id: &str) -> Self {
        let line = RequestLine {
            ts: String::new(),
            method: request.method().to_string(),
            path: logged_path(request.uri().path()),
            status: None,
            duration_ms: 0.0,
            bytes: 0,
            component: None,
            request_id: request_id.to_owned(),
        };
        Self { log, start: Instant::now(), line }
    }

    /// Records which component handles the request.
    pub(crate) fn component(&mut self, id: &str) {
        self.line.component = Some(id.to_owned());
    }

    /// Records the status, and counts the body's bytes while they are sent.
    pub(crate) fn count(mut self, response: Response<WasiBody>) -> Response<WasiBody> {
        self.line.status = Some(response.status().as_u16());
        response.map(|body| CountedBody { body, record: self }.boxed_unsync())
    }
}

impl Drop for RequestRecord {
    fn drop(&mut self) {
        if !matches!(self.log, LogSink::Nowhere) {
            self.line.ts = log::now();
            self.line.duration_ms = self.start.elapsed().as_micros() as f64 / 1000.0;
            self.log.json(&self.line);
        }
    }
}

/// What the addresses begin with whose next segment is a secret.
const SECRET_ADDRESSES: [&str; 2] = ["/api/calendar/", "/api/reminders/"];

/// A path without its secret, if it has one.
fn logged_path(path: &str) -> String {
    let begin = SECRET_ADDRESSES.iter().find(|begin| path.starts_with(**begin));
    begin.map_or_else(|| path.to_owned(), |begin| format!("{begin}..."))
}

struct CountedBody {
    body: WasiBody,
    record: RequestRecord,
}

impl Body for CountedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.record.line.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_path_is_not_logged() {
        assert_eq!(logged_path("/api/calendar/abc123.ics"), "/api/calendar/...");
        assert_eq!(logged_path("/api/reminders/abc"), "/api/reminders/...");
        assert_eq!(logged_path("/api/ann/calendar"), "/api/ann/calendar");
    }
}

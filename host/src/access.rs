//! The access log: one line when an answer has been sent, or when its client has gone.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use serde::Serialize;
use wasmtime_wasi_http::Error;

use crate::app::Body;
use crate::log::{self, Log};

/// What is known of a request. The path is without its query.
pub(crate) struct Access {
    log: Log,
    start: Instant,
    method: String,
    path: String,
    id: String,
    pub(crate) component: Option<String>,
}

impl Access {
    pub(crate) fn new(log: Log, start: Instant, request: &Request<Body>, id: &str) -> Self {
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        Self { log, start, method, path, id: id.to_owned(), component: None }
    }

    /// Lets the answer pass and writes the line when it has passed.
    pub(crate) fn watch(self, response: Response<Body>) -> Response<Body> {
        let status = response.status().as_u16();
        response.map(|body| Watched { body, access: self, status, bytes: 0 }.boxed_unsync())
    }
}

struct Watched {
    body: Body,
    access: Access,
    status: u16,
    bytes: u64,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
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

impl Drop for Watched {
    fn drop(&mut self) {
        if matches!(self.access.log, Log::Nowhere) {
            return;
        }
        let duration_ms = (self.access.start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        let line = Line {
            ts: log::now(),
            method: &self.access.method,
            path: &self.access.path,
            status: self.status,
            duration_ms,
            bytes: self.bytes,
            component: self.access.component.as_deref(),
            request_id: &self.access.id,
        };
        self.access.log.json(&line);
    }
}

#[derive(Serialize)]
struct Line<'a> {
    ts: String,
    method: &'a str,
    path: &'a str,
    status: u16,
    duration_ms: f64,
    bytes: u64,
    component: Option<&'a str>,
    request_id: &'a str,
}

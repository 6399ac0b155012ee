//! The access log: one line when an answer has been sent, or when its client has gone before.

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

/// What is known of a request. Its line is written when this is dropped.
pub(crate) struct Access {
    log: Log,
    start: Instant,
    line: Line,
}

/// The path is without its query; there is no status if the client left before there was one.
#[derive(Serialize)]
struct Line {
    ts: String,
    method: String,
    path: String,
    status: Option<u16>,
    duration_ms: f64,
    bytes: u64,
    component: Option<String>,
    request_id: String,
}

impl Access {
    pub(crate) fn new(log: Log, request: &Request<Body>, request_id: &str) -> Self {
        let line = Line {
            ts: String::new(),
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            status: None,
            duration_ms: 0.0,
            bytes: 0,
            component: None,
            request_id: request_id.to_owned(),
        };
        Self { log, start: Instant::now(), line }
    }

    /// Notes which component answers.
    pub(crate) fn component(&mut self, id: &str) {
        self.line.component = Some(id.to_owned());
    }

    /// Lets the answer pass and counts it.
    pub(crate) fn watch(mut self, response: Response<Body>) -> Response<Body> {
        self.line.status = Some(response.status().as_u16());
        response.map(|body| Watched { body, access: self }.boxed_unsync())
    }
}

impl Drop for Access {
    fn drop(&mut self) {
        if !matches!(self.log, Log::Nowhere) {
            self.line.ts = log::now();
            self.line.duration_ms = self.start.elapsed().as_micros() as f64 / 1000.0;
            self.log.json(&self.line);
        }
    }
}

struct Watched {
    body: Body,
    access: Access,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.access.line.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
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

//! Server-sent events: whether a client wants them, the head of their response, and how one is sent.

use std::ops::ControlFlow;

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use http_api::{Allowance, Request};
use serde_json::Value;

use crate::env::SendBytes;

const MEDIA_TYPE: &str = "text/event-stream";

/// Whether the client asks for a stream.
pub(crate) fn is_wanted(request: &Request) -> bool {
    http_api::accepts(request.headers(), MEDIA_TYPE)
}

/// The head of a streamed response; no proxy may buffer it. With the user's allowance, if the request was counted.
pub(crate) fn head(allowance: Option<&Allowance>) -> http::Response<()> {
    let mut head = http::Response::new(());
    let headers = head.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store, no-transform"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    allowance.iter().for_each(|allowance| allowance.show(&mut head));
    head
}

/// Sends one event with JSON data; breaks when the client has disconnected.
pub(crate) fn send_event(send: &SendBytes, data: &Value) -> ControlFlow<()> {
    send(format!("data: {data}\n\n").as_bytes())
}

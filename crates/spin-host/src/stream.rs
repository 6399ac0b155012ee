//! A response body of `wasi:http` 0.2.

use std::cell::Cell;
use std::time::Duration;

use spin_sdk::http::{Fields, OutgoingBody, OutgoingResponse, ResponseOutparam};
use wasi::clocks::monotonic_clock::subscribe_duration;
use wasi::io::poll::poll;
use wasi::io::streams::OutputStream;

/// A client that takes nothing for this long counts as disconnected.
pub(crate) const CLIENT_TIMEOUT: Duration = Duration::from_secs(20);

/// A response that has begun. Its head leaves with its first bytes, as one packet: of two, Spin's server holds the second
/// back until the client has confirmed the first, which may take 40 ms. Dropped without [`ResponseStream::finish`], it ends
/// as a broken response.
pub(crate) struct ResponseStream {
    head: Cell<Option<(ResponseOutparam, OutgoingResponse)>>,
    stream: OutputStream,
    body: OutgoingBody,
}

/// The client no longer takes bytes.
#[derive(Debug)]
pub(crate) struct Disconnected;

impl ResponseStream {
    pub(crate) fn new(out: ResponseOutparam, head: &http::response::Parts) -> Self {
        let response = outgoing(head);
        let body = response.body().expect("a new response has its body");
        let stream = body.write().expect("a new body has its stream");
        Self { head: Cell::new(Some((out, response))), stream, body }
    }

    pub(crate) fn send_head(&self) {
        if let Some((out, response)) = self.head.take() {
            out.set(response);
        }
    }

    /// Sends these bytes now.
    pub(crate) fn send(&self, bytes: &[u8]) -> Result<(), Disconnected> {
        let first = self.write(bytes);
        self.send_head();
        let mut rest = first?;
        while !rest.is_empty() {
            let before = rest.len();
            rest = self.write(rest)?;
            if rest.len() == before {
                self.wait()?;
            }
        }
        self.stream.flush().map_err(|_| Disconnected)
    }

    /// Writes the bytes that there is room for, and returns the rest.
    fn write<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], Disconnected> {
        let room = self.stream.check_write().map_err(|_| Disconnected)?;
        let (now, later) = bytes.split_at(bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX)));
        if !now.is_empty() {
            self.stream.write(now).map_err(|_| Disconnected)?;
        }
        Ok(later)
    }

    /// Ends the body as a complete one.
    pub(crate) fn finish(self) {
        self.send_head();
        drop(self.stream);
        if OutgoingBody::finish(self.body, None).is_err() {
            log_disconnected();
        }
    }

    fn wait(&self) -> Result<(), Disconnected> {
        let timer = subscribe_duration(u64::try_from(CLIENT_TIMEOUT.as_nanos()).unwrap_or(u64::MAX));
        match poll(&[&self.stream.subscribe(), &timer]).contains(&0) {
            true => Ok(()),
            false => Err(Disconnected),
        }
    }
}

/// Logs that the client disconnected before it had the whole response.
pub(crate) fn log_disconnected() {
    http_api::log(&serde_json::json!({"level": "info", "event": "client_gone"}));
}

fn outgoing(parts: &http::response::Parts) -> OutgoingResponse {
    let headers: Vec<(String, Vec<u8>)> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let fields = Fields::from_list(&headers).expect("names and values were checked when they were set");
    let outgoing = OutgoingResponse::new(fields);
    outgoing.set_status_code(parts.status.as_u16()).expect("http::StatusCode is a valid status");
    outgoing
}

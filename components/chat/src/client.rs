//! The client of one request. It gets a whole response or a streamed one. The host tells that a client has gone only once a response has
//! begun. So the head of a whole response leaves early where the model takes its time.

use std::cell::{Cell, OnceCell};
use std::future::pending;
use std::ops::ControlFlow;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures::future::{Either, select};
use http::StatusCode;
use http_api::Response;
use spin_host::service::{ResponseStarter, ResponseStream, wait};

/// How long a call of the model goes on until the head of a whole response leaves.
const PATIENCE: Duration = Duration::from_secs(1);

/// The connection to the client.
pub(crate) struct ClientConnection {
    starter: Cell<Option<ResponseStarter>>,
    /// The head of a whole response that may leave before its body.
    held_head: Cell<Option<http::Response<()>>>,
    /// Whether the response will be a success, whatever becomes of the calls of the model.
    is_promised: Cell<bool>,
    /// Since when the current call of the model makes the response a success.
    certain_since: Cell<Option<Instant>>,
    /// The response that has begun, and whether it is one of events.
    stream: OnceCell<(ResponseStream, bool)>,
}

/// What is sent of a stream of events where there is nothing to send: a comment.
const COMMENT: &[u8] = b": keepalive\n\n";
/// The same of a JSON response: space before its text.
const SPACE: &[u8] = b"\n";

impl ClientConnection {
    pub(crate) fn new(starter: ResponseStarter) -> Self {
        Self {
            starter: Cell::new(Some(starter)),
            held_head: Cell::default(),
            is_promised: Cell::default(),
            certain_since: Cell::default(),
            stream: OnceCell::new(),
        }
    }

    /// Starts a streamed response.
    pub(crate) fn start_stream(&self, head: http::Response<()>) {
        if let Some(starter) = self.starter.take() {
            self.stream.get_or_init(|| (starter.start(head, COMMENT), true));
        }
    }

    /// Holds the head of a JSON response, which may leave before its body.
    pub(crate) fn hold_head(&self, head: http::Response<()>) {
        self.held_head.set(Some(head));
    }

    /// From now on the response is a success in any case.
    pub(crate) fn promise_reply(&self) {
        self.is_promised.set(true);
    }

    /// A call of the model begins.
    pub(crate) fn begin_call(&self) {
        self.certain_since.set(self.is_promised.get().then(Instant::now));
    }

    /// The model responds.
    pub(crate) fn hear(&self, status: StatusCode) {
        if status == StatusCode::OK && self.certain_since.get().is_none() {
            self.certain_since.set(Some(Instant::now()));
        }
    }

    /// The call has ended.
    pub(crate) fn end_call(&self) {
        self.certain_since.set(None);
    }

    /// Sends the next bytes of a stream; breaks when the client has disconnected.
    pub(crate) fn send(&self, bytes: &[u8]) -> ControlFlow<()> {
        if let Some((stream, _)) = self.stream.get() {
            stream.send(bytes);
        }
        self.state()
    }

    /// Waits until the client has taken what was sent.
    pub(crate) async fn flush(&self) {
        if let Some((stream, _)) = self.stream.get() {
            stream.flush().await;
        }
    }

    /// Breaks when the client has disconnected, as far as that is known.
    pub(crate) fn state(&self) -> ControlFlow<()> {
        match self.stream.get() {
            Some((stream, _)) if stream.is_gone() => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    /// Waits for something, at most until the client disconnects.
    pub(crate) async fn while_there<T>(&self, step: impl Future<Output = T>) -> Option<T> {
        match select(pin!(step), pin!(self.departure())).await {
            Either::Left((done, _)) => Some(done),
            Either::Right(((), _)) => None,
        }
    }

    /// Waits until the client disconnects. A held head leaves when the response has been certain for long enough.
    async fn departure(&self) {
        if self.stream.get().is_none() {
            let Some(since) = self.certain_since.get() else { return pending().await };
            wait(PATIENCE.saturating_sub(since.elapsed())).await;
            if let Some(head) = self.held_head.take()
                && let Some(starter) = self.starter.take()
            {
                let (stream, _) = self.stream.get_or_init(|| (starter.start(head, SPACE), false));
                stream.send(SPACE);
            }
        }
        match self.stream.get() {
            Some((stream, _)) => stream.gone().await,
            None => pending().await,
        }
    }

    /// Ends a stream; without one, returns the response that is to be sent whole. An error whose head has left as a success ends
    /// as a broken response.
    pub(crate) fn end(self, response: Response) -> Option<(ResponseStarter, Response)> {
        let Some((stream, is_events)) = self.stream.into_inner() else {
            return self.starter.take().map(|starter| (starter, response));
        };
        if !is_events && response.status().is_success() {
            stream.send(response.body());
        }
        if is_events || response.status().is_success() {
            stream.finish();
        }
        None
    }
}

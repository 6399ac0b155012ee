//! The client of one request. It gets a whole response or a streamed one; a streamed one is kept alive while there is nothing
//! to send. The host tells that a client has gone only once a response has begun. So the head of a whole response leaves early
//! where the model takes its time.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use http::StatusCode;
use http_api::Response;
use spin_host::{ResponseStarter, ResponseStream};

/// After so many milliseconds without a byte something is sent: proxies cut silent connections.
const MAX_SILENCE: u64 = 15_000;

/// How often the connection is checked while waiting.
const TICK: Duration = Duration::from_secs(1);

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
    stream: RefCell<Option<ResponseStream>>,
    /// What is sent where there is nothing to send.
    filler: Cell<&'static [u8]>,
    last_sent: Cell<u64>,
    gone: Cell<bool>,
}

/// A comment of a stream of events.
const COMMENT: &[u8] = b": keepalive\n\n";
/// Space before the text of a JSON response.
const SPACE: &[u8] = b"\n";

impl ClientConnection {
    pub(crate) fn new(starter: ResponseStarter) -> Self {
        Self {
            starter: Cell::new(Some(starter)),
            held_head: Cell::default(),
            is_promised: Cell::default(),
            certain_since: Cell::default(),
            stream: RefCell::default(),
            filler: Cell::new(COMMENT),
            last_sent: Cell::new(spin_host::now_ms()),
            gone: Cell::new(false),
        }
    }

    /// Starts a streamed response.
    pub(crate) fn start_stream(&self, head: http::Response<()>) {
        if let Some(starter) = self.starter.take() {
            self.stream.replace(Some(starter.start(head)));
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
        if let Some(stream) = self.stream.borrow().as_ref() {
            self.gone.set(self.gone.get() || stream.send(bytes).is_err());
            self.last_sent.set(spin_host::now_ms());
        }
        self.state()
    }

    /// To be called while waiting for something else; breaks when the client has disconnected.
    pub(crate) fn tick(&self) -> ControlFlow<()> {
        if self.certain_since.get().is_some_and(|since| since.elapsed() >= PATIENCE)
            && let Some(head) = self.held_head.take()
        {
            self.filler.set(SPACE);
            self.start_stream(head);
            return self.send(SPACE);
        }
        let is_silent = spin_host::now_ms().saturating_sub(self.last_sent.get()) >= MAX_SILENCE;
        if self.stream.borrow().is_some() && is_silent {
            return self.send(self.filler.get());
        }
        if let Some(stream) = self.stream.borrow().as_ref() {
            self.gone.set(self.gone.get() || !stream.is_open());
        }
        self.state()
    }

    /// Waits, at most until the client disconnects.
    pub(crate) fn wait(&self, time: Duration) {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.tick().is_break() {
                return;
            }
            std::thread::sleep(left.min(TICK));
        }
    }

    /// Ends a stream; without one, returns the response that is to be sent whole. An error whose head has left as a success ends
    /// as a broken response.
    pub(crate) fn end(self, response: Response) -> Option<(ResponseStarter, Response)> {
        let Some(stream) = self.stream.into_inner() else {
            return self.starter.take().map(|starter| (starter, response));
        };
        let is_events = self.filler.get() == COMMENT;
        if is_events || (response.status().is_success() && stream.send(response.body()).is_ok()) {
            stream.finish();
        }
        None
    }

    fn state(&self) -> ControlFlow<()> {
        if self.gone.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

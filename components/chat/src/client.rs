//! The client of one request. It gets a whole response or a streamed one; a streamed one is kept alive while there is nothing
//! to send.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use http_api::Response;
use spin_host::{ResponseStarter, ResponseStream};

/// After so many milliseconds without a byte a comment is sent: proxies cut silent connections.
const MAX_SILENCE: u64 = 15_000;

/// How often the connection is checked while waiting.
const TICK: Duration = Duration::from_secs(1);

/// The connection to the client.
pub(crate) struct ClientConnection {
    starter: Cell<Option<ResponseStarter>>,
    stream: RefCell<Option<ResponseStream>>,
    last_sent: Cell<u64>,
    gone: Cell<bool>,
}

impl ClientConnection {
    pub(crate) fn new(starter: ResponseStarter) -> Self {
        let (stream, last_sent) = (RefCell::default(), Cell::new(spin_host::now_ms()));
        Self { starter: Cell::new(Some(starter)), stream, last_sent, gone: Cell::new(false) }
    }

    /// Starts a streamed response.
    pub(crate) fn start_stream(&self, head: http::Response<()>) {
        if let Some(starter) = self.starter.take() {
            self.stream.replace(Some(starter.start(head)));
        }
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
        let is_silent = spin_host::now_ms().saturating_sub(self.last_sent.get()) >= MAX_SILENCE;
        if self.stream.borrow().is_some() && is_silent {
            return self.send(b": keepalive\n\n");
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

    /// Ends a stream; without one, returns the response that is to be sent whole.
    pub(crate) fn end(self, response: Response) -> Option<(ResponseStarter, Response)> {
        match self.stream.into_inner() {
            Some(stream) => {
                stream.finish();
                None
            }
            None => self.starter.take().map(|starter| (starter, response)),
        }
    }

    fn state(&self) -> ControlFlow<()> {
        if self.gone.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

//! The client of one request: it gets a whole response, or one that is streamed; a streamed one is kept alive while
//! nothing is said.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use http_api::Response;
use spin_host::{ResponseStarter, ResponseStream};

/// Silence after which something is sent, in milliseconds: proxies cut connections that say nothing.
const LONGEST_SILENCE: u64 = 15_000;

/// How long the client is not looked at.
const TICK: Duration = Duration::from_secs(1);

pub(crate) struct Client {
    starter: Cell<Option<ResponseStarter>>,
    stream: RefCell<Option<ResponseStream>>,
    last_sent: Cell<u64>,
    gone: Cell<bool>,
}

impl Client {
    pub(crate) fn new(starter: ResponseStarter) -> Self {
        let (stream, last_sent) = (RefCell::default(), Cell::new(spin_host::now_ms()));
        Self { starter: Cell::new(Some(starter)), stream, last_sent, gone: Cell::new(false) }
    }

    /// Begins to stream.
    pub(crate) fn begin(&self, head: http::Response<()>) {
        if let Some(starter) = self.starter.take() {
            self.stream.replace(Some(starter.start(head)));
        }
    }

    /// Sends the next piece of a stream; breaks when nobody takes it.
    pub(crate) fn send(&self, bytes: &[u8]) -> ControlFlow<()> {
        if let Some(stream) = self.stream.borrow().as_ref() {
            self.gone.set(self.gone.get() || stream.send(bytes).is_err());
            self.last_sent.set(spin_host::now_ms());
        }
        self.state()
    }

    /// To be called while waiting for something else; breaks when there is nobody to wait for.
    pub(crate) fn tick(&self) -> ControlFlow<()> {
        let silent = spin_host::now_ms().saturating_sub(self.last_sent.get()) >= LONGEST_SILENCE;
        if self.stream.borrow().is_some() && silent {
            return self.send(b": keepalive\n\n");
        }
        if let Some(stream) = self.stream.borrow().as_ref() {
            self.gone.set(self.gone.get() || !stream.is_open());
        }
        self.state()
    }

    /// Waits as long, unless there is nobody to wait for.
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

    /// Ends the stream; or answers what is to be sent as a whole.
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

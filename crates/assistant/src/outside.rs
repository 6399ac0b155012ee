//! What a turn needs from its host, as arguments: the network, a memory, the clock, a way to wait and a log.

use std::ops::ControlFlow;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

/// A request that brought no usable response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No connection: nothing was sent.
    #[error("{0}")]
    Unreached(String),
    /// No answer in time, or a body that ended early.
    #[error("{0}")]
    Failed(String),
    /// Whoever wanted the response does not want it any more.
    #[error("stopped")]
    Stopped,
}

/// How long to wait for a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For its first byte.
    pub first_byte: Duration,
    /// Between two pieces of its body.
    pub idle: Duration,
    /// For all of it.
    pub whole: Duration,
}

/// Sends one HTTP request and reads the whole response within the given time.
pub type Fetch<'a> = dyn Fn(http::Request<Vec<u8>>, Duration) -> Result<http::Response<Vec<u8>>, FetchError> + 'a;

/// Takes the pieces of a response as they come.
pub type Take<'a> = dyn FnMut(StatusCode, &[u8]) -> ControlFlow<()> + 'a;

/// Sends one HTTP request and hands over the body of its response piece by piece, to its end.
pub type Stream<'a> = dyn Fn(http::Request<Vec<u8>>, Patience, &mut Take<'_>) -> Result<StatusCode, FetchError> + 'a;

/// The world outside of a turn.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// The network, for whole responses.
    pub fetch: &'a Fetch<'a>,
    /// The network, for responses that come in pieces.
    pub stream: &'a Stream<'a>,
    /// What was remembered under a name, unless it was long ago.
    pub recall: &'a dyn Fn(&str) -> Option<String>,
    /// Remembers a text under a name.
    pub remember: &'a dyn Fn(&str, &str),
    /// Milliseconds since 1970.
    pub now_ms: &'a dyn Fn() -> u64,
    /// Waits; used only between two attempts at the model.
    pub sleep: &'a dyn Fn(Duration),
    /// Takes one event: names, numbers and codes, never what people or models wrote.
    pub log: &'a dyn Fn(Value),
}

impl Outside<'_> {
    /// What is left until `deadline_ms`, at most `longest`.
    pub(crate) fn time_until(&self, deadline_ms: u64, longest: Duration) -> Duration {
        longest.min(Duration::from_millis(deadline_ms.saturating_sub((self.now_ms)())))
    }
}

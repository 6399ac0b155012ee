//! What the host provides to a turn, as arguments: the network, a cache, the clock and a log.

use std::ops::ControlFlow;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use http::StatusCode;
use serde_json::Value;

/// A request that brought no usable response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection: nothing was sent.
    #[error("{0}")]
    Unreachable(String),
    /// No response in time, or a body that ended early.
    #[error("{0}")]
    Failed(String),
    /// The client that the response was for has gone.
    #[error("stopped")]
    Stopped,
}

/// How long to wait for a streamed response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamTimeouts {
    /// For its first byte.
    pub first_byte: Duration,
    /// Between two chunks of its body.
    pub idle: Duration,
    /// For all of it.
    pub whole: Duration,
}

/// A response that was read to its end.
pub type WholeResponse = Result<http::Response<Vec<u8>>, TransportError>;

/// Handles one chunk of a streamed response; breaks to stop the stream.
pub type ChunkHandler<'a> = dyn FnMut(StatusCode, &[u8]) -> ControlFlow<()> + 'a;

/// The network of a turn, and its waiting. A future that is dropped ends its request.
pub trait TurnNetwork {
    /// Sends one HTTP request and reads the whole response within the given time.
    fn fetch(&self, request: http::Request<Vec<u8>>, timeout: Duration) -> LocalBoxFuture<'_, WholeResponse>;

    /// Sends one HTTP request and passes on each chunk of its response until the response ends.
    fn stream<'a>(
        &'a self,
        request: http::Request<Vec<u8>>,
        timeouts: StreamTimeouts,
        take: &'a mut ChunkHandler<'_>,
    ) -> LocalBoxFuture<'a, Result<StatusCode, TransportError>>;

    /// Waits; used only between two attempts of a request.
    fn wait(&self, time: Duration) -> LocalBoxFuture<'_, ()>;
}

/// The environment of a turn.
#[derive(Clone, Copy)]
pub struct TurnEnv<'a> {
    /// The network.
    pub network: &'a dyn TurnNetwork,
    /// Returns the text cached under a name, unless it has expired.
    pub recall: &'a dyn Fn(&str) -> Option<String>,
    /// Caches a text under a name.
    pub remember: &'a dyn Fn(&str, &str),
    /// Milliseconds since 1970.
    pub now_ms: &'a dyn Fn() -> u64,
    /// Logs one event: names, numbers and codes, never what people or models wrote.
    pub log: &'a dyn Fn(Value),
}

impl TurnEnv<'_> {
    /// The time left until `deadline_ms`, at most `longest`.
    pub(crate) fn time_until(&self, deadline_ms: u64, longest: Duration) -> Duration {
        longest.min(Duration::from_millis(deadline_ms.saturating_sub((self.now_ms)())))
    }
}

//! What a turn needs from its host, as arguments: the network, the clock, a way to wait and a log.

use std::time::Duration;

use serde_json::Value;

/// A request that brought no usable response: no connection, no answer in time, or a body that ended early.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FetchError(pub String);

/// Sends one HTTP request and reads the whole response within the given time.
pub type Fetch<'a> = dyn Fn(http::Request<Vec<u8>>, Duration) -> Result<http::Response<Vec<u8>>, FetchError> + 'a;

/// The world outside of a turn.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// The network.
    pub fetch: &'a Fetch<'a>,
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

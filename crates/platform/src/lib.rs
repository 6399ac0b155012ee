//! The Spin host's functions as this project uses them: serving a request, variables, outbound HTTP, the clock,
//! a memory of users and of key sets. Used by the components' entries and by `db`; everything else takes these as arguments,
//! so that it compiles and tests natively.

mod access;
mod fetch;
mod keys;
mod memory;
mod notes;
mod serve;
mod store;
mod variables;

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

pub use fetch::{FetchError, Patience, fetch, fetch_stream};
pub use keys::{jwks, key_set};
pub use memory::{recall, remember};
pub use notes::{Left, TOKENS_KNOWN, left, note_left};
pub use serve::{Gone, Opening, Stream, serve, serve_api, serve_stream};
pub use store::store;
pub use variables::{origin, trusted_origins, variable};

/// Logs one line, by one write: `eprintln` makes two, each a call of the host's, and what collects lines may see pieces.
pub fn log(line: &str) {
    // Nobody listens: no reason to fail.
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap_or(());
}

/// Milliseconds since the epoch.
pub fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

/// Seconds since the epoch.
pub fn now() -> u64 {
    now_ms() / 1000
}

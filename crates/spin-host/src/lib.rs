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

use std::time::{SystemTime, UNIX_EPOCH};

pub use fetch::{FetchError, Patience, fetch, fetch_stream};
pub use keys::{jwks, key_set};
pub use memory::{recall, remember};
pub use notes::{Left, TOKENS_KNOWN, left, note_left};
pub use serve::{Gone, Opening, Stream, serve, serve_api, serve_stream};
pub use store::store;
pub use variables::{origin, trusted_origins, variable};

/// Logs one line. Spoken to the host directly: `eprintln` opens all three standard streams first, in a dozen calls of the
/// host's, and writes the line in two pieces.
pub fn log(line: &str) {
    let stderr = wasi::cli::stderr::get_stderr();
    for piece in format!("{line}\n").as_bytes().chunks(PIECE) {
        // Nobody listens: no reason to fail.
        stderr.blocking_write_and_flush(piece).unwrap_or(());
    }
}

/// What a stream takes at once.
const PIECE: usize = 4096;

/// Milliseconds since the epoch.
pub fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

/// Seconds since the epoch.
pub fn now() -> u64 {
    now_ms() / 1000
}

//! The Spin host's functions as this project uses them: serving a request, in an instance of its own or in one that serves others too
//! ([`service`]), variables, outbound HTTP, the clock, the log, and caches of users, texts and key sets. The components' entries use it, and the crate `rate-limit` and the component
//! `task-store`; all other code takes these functions as arguments, so that it compiles and tests natively.

mod clock;
mod current;
mod fetch;
mod head;
mod incoming;
mod instance_memory;
mod keys;
mod log;
mod outbound_error;
mod serve;
pub mod service;
mod store;
mod stream;
mod text_cache;
mod user_cache;
mod variables;

pub use clock::{now, now_ms};
pub use fetch::{fetch, fetch_all};
pub use instance_memory::{Waiting, set_connection_keeper};
pub use keys::{jwks, key_set};
pub use outbound_error::OutboundError;
pub use serve::{serve, serve_api};
pub use store::store;
pub use text_cache::{forget, recall, recall_kept, remember};
pub use user_cache::{RateState, TOKEN_CACHE, cache_rate, cached_rate};
pub use variables::{origin, trusted_origins, variable};

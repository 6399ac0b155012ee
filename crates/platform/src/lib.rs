//! The Spin host's functions as this project uses them: serving a request, variables, outbound HTTP, the clock
//! and the cached key set. Used by the components' entries and by `db`; everything else takes these as arguments,
//! so that it compiles and tests natively.

mod access;
mod fetch;
mod keys;
mod serve;

use std::time::{SystemTime, UNIX_EPOCH};

use edge::ApiError;

pub use fetch::{FetchError, Patience, fetch, fetch_stream};
pub use keys::jwks;
pub use serve::{Gone, Opening, Stream, serve, serve_stream};

/// The value of a Spin variable. One that is not set is a fault of the deployment, named in the log.
pub fn variable(name: &str) -> Result<String, ApiError> {
    spin_sdk::variables::get(name).map_err(|error| ApiError::internal(format!("variable {name}: {error}")))
}

/// The origin (`scheme://host[:port]`) of the URL in a Spin variable: what tokens of our own name as issuer.
pub fn origin(name: &str) -> Result<String, ApiError> {
    let url = variable(name)?;
    let origin = url.find("://").map(|scheme| {
        let host = scheme + 3;
        let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |path| host + path);
        url[..end].to_ascii_lowercase()
    });
    origin.ok_or_else(|| ApiError::internal(format!("variable {name} is not a URL")))
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

//! The Spin host's functions as this project uses them: serving a request, variables, outbound HTTP, the clock,
//! a memory and the cached key set. Used by the components' entries and by `db`; everything else takes these as arguments,
//! so that it compiles and tests natively.

mod access;
mod fetch;
mod keys;
mod memory;
mod serve;
mod signatures;
mod store;

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use edge::ApiError;
use origin::{Origin, TrustedOrigins};

pub use fetch::{FetchError, Patience, fetch, fetch_stream};
pub use keys::{jwks, key_set};
pub use memory::{recall, remember};
pub use serve::{Gone, Opening, Stream, serve, serve_api, serve_stream};
pub use signatures::SIGNATURES;
pub use store::store;

/// The value of a Spin variable. One that is not set is a fault of the deployment, named in the log.
pub fn variable(name: &str) -> Result<String, ApiError> {
    spin_sdk::variables::get(name).map_err(|error| ApiError::internal(format!("variable {name}: {error}")))
}

/// The origin (`scheme://host[:port]`) of the URL in a Spin variable: what tokens of our own name as issuer.
pub fn origin(name: &str) -> Result<String, ApiError> {
    parse_origin(name).map(|origin| origin.to_string())
}

/// The origins whose pages may call: that of `better_auth_url` and those in `trusted_origins`.
pub fn trusted_origins() -> Result<TrustedOrigins, ApiError> {
    let base = parse_origin("better_auth_url")?;
    TrustedOrigins::parse(&base, &variable("trusted_origins")?).map_err(|entry| {
        ApiError::internal(format!("variable trusted_origins: {entry:?} is no http or https origin or pattern"))
    })
}

fn parse_origin(name: &str) -> Result<Origin, ApiError> {
    let unusable = || ApiError::internal(format!("variable {name} is no http or https address"));
    Origin::parse(variable(name)?.trim()).ok_or_else(unusable)
}

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

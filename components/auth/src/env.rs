//! What the host provides: clock, randomness, the database, outbound HTTP and the key sets of other servers.

use better_auth::RandomSource;
use db::{Db, DbError};
use http_api::KeyFreshness;

use crate::session::kept_key::KeptSigningKey;

/// The host, as handlers see it.
pub struct Env<'a> {
    /// Unix time in seconds.
    pub now: u64,
    /// The source of tokens, salts and keys.
    pub random: RandomSource<'a>,
    /// Connects to the database at an address.
    pub connect: ConnectDatabase,
    /// Sends a request to another server; the error is for the log.
    pub fetch: Fetch<'a>,
    /// Sends a request after the response to this one; a failure is logged.
    pub send_later: &'a dyn Fn(http::Request<Vec<u8>>),
    /// The key set at an address, cached between requests; the error is for the log.
    pub key_set: KeySetFetch<'a>,
    /// The key that signed last.
    pub signing_key: &'a KeptSigningKey,
}

/// A connection, new or kept from another request.
pub type ConnectDatabase = fn(&str) -> Result<Db, DbError>;

/// Outbound HTTP.
pub type Fetch<'a> = &'a dyn Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String>;

/// Key sets (RFC 7517) as JSON.
pub type KeySetFetch<'a> = &'a dyn Fn(&str, KeyFreshness) -> Result<String, String>;

impl Env<'_> {
    /// Random bytes for a salt, a nonce or a key.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}

//! Sign-in with another provider: what clients send ([`SocialStartRequest`], [`AccountSelector`]), what is remembered while the browser
//! is away ([`SocialFlow`]), what Google is asked and answers ([`google`]), and the proof it gives ([`id_token`]).

mod flow;
pub mod google;
pub mod id_token;
mod input;

pub use flow::{AccountLink, LIFETIME_SECONDS, STATE_COOKIE_SECONDS, ServerContext, SocialFlow, identifier};
pub use input::{AccountSelector, CallbackParams, IdToken, SocialStartRequest, parse_unlink};

/// The id of the row of this account at Google. Whoever adds the account comes to the same id, so that it has one row.
pub fn account_id(secret: &crate::AuthSecret, subject: &str) -> String {
    secret.derive_id(&format!("google account {subject}"))
}

/// The alphabet of states and code verifiers.
const URL_SAFE: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
const STATE_CHARS: usize = 32;
const VERIFIER_CHARS: usize = 128;

/// A new `state`: what ties a callback to the browser that was sent away.
pub fn new_state(random: crate::RandomSource<'_>) -> String {
    crate::random_text(random, URL_SAFE, STATE_CHARS)
}

/// A new code verifier (RFC 7636).
pub fn new_verifier(random: crate::RandomSource<'_>) -> String {
    crate::random_text(random, URL_SAFE, VERIFIER_CHARS)
}

//! Sign-in with another provider: the requests of clients ([`SocialStartRequest`], [`AccountSelector`]), the state while
//! the browser is at the provider ([`SocialFlow`]), Google's endpoints ([`google`]) and its id tokens ([`id_token`]).

mod flow;
pub mod google;
pub mod id_token;
mod input;

use crate::id::{RandomSource, random_text};
use crate::secret::AuthSecret;

pub use flow::{AccountLink, LIFETIME_SECONDS, STATE_COOKIE_SECONDS, ServerContext, SocialFlow, state_identifier};
pub use input::{AccountSelector, CallbackParams, IdToken, SocialStartRequest, parse_unlink};

/// The row id of a Google account. It is derived, so that two requests that add the same account make one row.
pub fn account_id(secret: &AuthSecret, subject: &str) -> String {
    secret.derive_id(&format!("google account {subject}"))
}

/// The alphabet of states and code verifiers.
const URL_SAFE: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
const STATE_CHARS: usize = 32;
const VERIFIER_CHARS: usize = 128;

/// A new `state`, which ties a callback to the browser that started the flow.
pub fn new_state(random: RandomSource<'_>) -> String {
    random_text(random, URL_SAFE, STATE_CHARS)
}

/// A new code verifier (RFC 7636).
pub fn new_code_verifier(random: RandomSource<'_>) -> String {
    random_text(random, URL_SAFE, VERIFIER_CHARS)
}

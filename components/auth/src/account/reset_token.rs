//! Tokens for a new password: the secret in the link of a mail, and the row of `verification` behind it.

use better_auth::{ALPHANUMERIC, RandomSource, random_text};

const CHARS: usize = 24;
/// How long a token is good: an hour.
pub(crate) const TOKEN_SECONDS: u32 = 3600;

/// A new token.
pub(crate) fn generate(random: RandomSource<'_>) -> String {
    random_text(random, ALPHANUMERIC, CHARS)
}

/// The identifier of a token's row.
pub(crate) fn identifier(token: &str) -> String {
    format!("reset-password:{token}")
}

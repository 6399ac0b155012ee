//! The secret part of an address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use better_auth::{LOWER_ALPHANUMERIC, RandomSource, random_text};
use sha2::{Digest, Sha256};

/// How many characters it has: 206 bits.
const LENGTH: usize = 40;

/// A secret in clear. It has no `Debug`, so that no log can hold it.
pub struct CalendarSecret(String);

impl CalendarSecret {
    /// Makes a new secret.
    pub fn generate(random: RandomSource<'_>) -> Self {
        Self(random_text(random, LOWER_ALPHANUMERIC, LENGTH))
    }

    /// What a client sent. Nothing tells a mistyped secret from an unknown one: both are looked up.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, for its owner and once.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256 as base64url. The secret is random, so a slow hash would add nothing.
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_a_word_of_an_address_and_is_found_by_its_hash() {
        let secret = CalendarSecret::generate(&|bytes| bytes.fill(7));
        assert_eq!(secret.as_str().len(), LENGTH);
        assert!(secret.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        assert_eq!(CalendarSecret::sent(secret.as_str()).hash(), secret.hash());
        assert_ne!(CalendarSecret::sent("other").hash(), secret.hash());
    }
}

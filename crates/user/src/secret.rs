//! The server's secret (`BETTER_AUTH_SECRET`).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key behind cookie signatures and encrypted keys. Never printed.
#[derive(Clone)]
pub struct Secret(String);

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSecret;

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it must have at least {} characters", Secret::MIN_CHARS)
    }
}

impl std::error::Error for InvalidSecret {}

impl Secret {
    /// Anything shorter could be guessed.
    pub const MIN_CHARS: usize = 32;

    /// Takes the text as it is; nothing is trimmed, since the genuine server does not either.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidSecret> {
        let text = text.into();
        if text.chars().count() < Self::MIN_CHARS { Err(InvalidSecret) } else { Ok(Self(text)) }
    }

    /// The signature of a text: HMAC-SHA-256 in base64.
    pub fn signature(&self, text: &str) -> String {
        STANDARD.encode(self.mac(text).finalize().into_bytes())
    }

    /// Whether this is the signature of the text.
    pub fn verifies(&self, text: &str, signature: &str) -> bool {
        STANDARD.decode(signature).is_ok_and(|bytes| self.mac(text).verify_slice(&bytes).is_ok())
    }

    /// HMAC-SHA-256 of a text under the secret.
    pub(crate) fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(self.as_bytes()).expect("HMAC takes a key of any length");
        mac.chain_update(text)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_is_refused_and_none_is_printed() {
        assert_eq!(Secret::parse("x".repeat(31)).unwrap_err(), InvalidSecret);
        let secret = Secret::parse("x".repeat(32)).unwrap();
        assert!(!format!("{secret:?}").contains('x'));
    }
}

//! Symmetric encryption of stored values: XChaCha20-Poly1305 under SHA-256 of the secret, written as lower-case hex of
//! nonce, ciphertext and tag, with the prefix `$ba$<version>$` where secrets have versions.

use std::fmt;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use crate::secret::AuthSecret;

/// Bytes of a nonce, which must be used only once.
pub const NONCE_BYTES: usize = 24;

/// The text was encrypted under another secret, or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecryptionError;

impl fmt::Display for DecryptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not encrypted under this secret")
    }
}

impl std::error::Error for DecryptionError {}

const ENVELOPE: &str = "$ba$";

/// Encrypts a text under the current secret.
pub fn encrypt(secret: &AuthSecret, nonce: [u8; NONCE_BYTES], text: &str) -> String {
    let nonce = XNonce::from(nonce);
    let (version, key) = secret.current();
    let sealed = cipher(key).encrypt(&nonce, text.as_bytes()).expect("memory holds a short text and its tag");
    let hex = base16ct::lower::encode_string(&[nonce.as_slice(), &sealed].concat());
    version.map_or_else(|| hex.clone(), |version| format!("{ENVELOPE}{version}${hex}"))
}

/// Decrypts what [`encrypt`] made under any of the secrets.
pub fn decrypt(secret: &AuthSecret, text: &str) -> Result<String, DecryptionError> {
    let (version, hex) = match text.strip_prefix(ENVELOPE).and_then(|rest| rest.split_once('$')) {
        Some((version, hex)) => (Some(version.parse().map_err(|_| DecryptionError)?), hex),
        None => (None, text),
    };
    let bytes = base16ct::mixed::decode_vec(hex).map_err(|_| DecryptionError)?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(DecryptionError)?;
    let open = |key| cipher(key).decrypt(&XNonce::from(*nonce), sealed).ok();
    let text = secret.candidates(version).find_map(open).ok_or(DecryptionError)?;
    String::from_utf8(text).map_err(|_| DecryptionError)
}

fn cipher(key: &[u8]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Sha256::digest(key))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const SECRET: &str = "ref-secret-0123456789abcdefghijklmnopqrstuvwxyz";
    pub(crate) const SEALED: &str = "b14c4d65c3b71b4d02eb46ef142c46d57bfbaf30edb0ef05766c16e7742db4fdcb4866f0ed48b07da77fd63da7682083964edfbbfa6019b6d8db01c822e745423f96d5ca80e3866501fc7ad2421eafe19618cc3cb67e85c49ac3e0c6c5d53fedca7742583c2d643f902c869b4c8e8b30aa6c4ac441a26a639091f652c466653e23c4992c40a090c32fb8fa323a5b884f5a537324228bf26534a60d5826ef144e775354d2b51cb7c30d";
    pub(crate) const PRIVATE_JWK: &str = r#"{"crv":"Ed25519","d":"zG4TPwrn0EhfCivbtCEW8IeLxkYlyzWFFLDMEjVZX3w","x":"jKfGuaYX3R21LjAhmAfjEuZC9PFDiXKw29rENs6U09U","kty":"OKP"}"#;

    pub(crate) fn secret() -> AuthSecret {
        AuthSecret::parse(SECRET).unwrap()
    }

    #[test]
    fn texts_of_the_genuine_server_are_read_and_written_alike() {
        assert_eq!(decrypt(&secret(), SEALED).unwrap(), PRIVATE_JWK);
        let bytes = base16ct::lower::decode_vec(SEALED).unwrap();
        let nonce = *bytes.first_chunk::<NONCE_BYTES>().unwrap();
        assert_eq!(encrypt(&secret(), nonce, PRIVATE_JWK), SEALED);
    }

    #[test]
    fn an_older_secret_decrypts_what_it_encrypted() {
        let new = "n".repeat(32);
        let both = AuthSecret::parse_list(&format!("7:{new},1:{SECRET}"), "").unwrap();
        assert_eq!(decrypt(&both, SEALED).unwrap(), PRIVATE_JWK);
        assert_eq!(decrypt(&both, &format!("$ba$1${SEALED}")).unwrap(), PRIVATE_JWK);
        let sealed = encrypt(&both, [9; NONCE_BYTES], "text");
        assert!(sealed.starts_with("$ba$7$09"), "{sealed}");
        assert_eq!(decrypt(&both, &sealed).unwrap(), "text");
        for wrong in [format!("$ba$7${SEALED}"), format!("$ba$2${SEALED}"), format!("$ba$x${SEALED}")] {
            assert_eq!(decrypt(&both, &wrong), Err(DecryptionError));
        }
    }

    #[test]
    fn a_changed_short_or_foreign_text_is_rejected() {
        let other = AuthSecret::parse("another-secret-0123456789abcdefghijklmnopqrstuvwxyz").unwrap();
        assert_eq!(decrypt(&other, SEALED), Err(DecryptionError));
        let changed = SEALED.replacen("b14c", "b14d", 1);
        for hex in [changed.as_str(), "", "b14c", "xyz", "$ba$1$b14c"] {
            assert_eq!(decrypt(&secret(), hex), Err(DecryptionError), "{hex}");
        }
    }
}

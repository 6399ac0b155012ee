//! Backup codes: ten codes, each of which takes the place of the authenticator app once.

use subtle::ConstantTimeEq;

use crate::encryption::{self, DecryptionError, NONCE_BYTES};
use crate::id::{ALPHANUMERIC, RandomSource, random_text};
use crate::secret::AuthSecret;

const AMOUNT: usize = 10;
/// A code has two halves of this length with a hyphen between them.
const HALF_CHARS: usize = 5;

/// The codes of a user that were not used yet; never printed.
pub struct BackupCodes {
    codes: Vec<String>,
    /// Whether they are stored encrypted, as they are unless another server was told not to.
    is_encrypted: bool,
}

impl BackupCodes {
    /// New codes.
    pub fn generate(random: RandomSource<'_>) -> Self {
        let half = || random_text(random, ALPHANUMERIC, HALF_CHARS);
        Self { codes: (0..AMOUNT).map(|_| format!("{}-{}", half(), half())).collect(), is_encrypted: true }
    }

    /// Opens codes as they are stored.
    pub fn open(secret: &AuthSecret, stored: &str) -> Result<Self, DecryptionError> {
        if let Ok(codes) = serde_json::from_str(stored) {
            return Ok(Self { codes, is_encrypted: false });
        }
        let text = encryption::decrypt(secret, stored)?;
        let codes = serde_json::from_str(&text).map_err(|_| DecryptionError)?;
        Ok(Self { codes, is_encrypted: true })
    }

    /// The codes as they are stored.
    pub fn seal(&self, secret: &AuthSecret, nonce: [u8; NONCE_BYTES]) -> String {
        let text = serde_json::json!(self.codes).to_string();
        if self.is_encrypted { encryption::encrypt(secret, nonce, &text) } else { text }
    }

    /// The codes that are left when this one is used; none if it is no code of the user's.
    pub fn without(mut self, code: &str) -> Option<Self> {
        let before = self.codes.len();
        self.codes.retain(|own| !bool::from(own.as_bytes().ct_eq(code.as_bytes())));
        (self.codes.len() < before).then_some(self)
    }

    /// The codes, to be shown once.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    #[test]
    fn a_code_is_used_once_and_what_is_left_is_stored_as_it_was() {
        let made = BackupCodes::generate(&|bytes| bytes.fill(9));
        assert_eq!((made.codes().len(), made.codes()[0].as_str()), (10, "jjjjj-jjjjj"));
        let stored = encryption::encrypt(&secret(), [3; NONCE_BYTES], r#"["aaaaa-11111","bbbbb-22222"]"#);
        let left = BackupCodes::open(&secret(), &stored).ok().unwrap().without("aaaaa-11111").unwrap();
        let stored = left.seal(&secret(), [4; NONCE_BYTES]);
        let again = BackupCodes::open(&secret(), &stored).ok().unwrap();
        assert_eq!(again.codes(), ["bbbbb-22222"]);
        assert!(again.without("aaaaa-11111").is_none());

        let plain = BackupCodes::open(&secret(), r#"["aaaaa-11111","bbbbb-22222"]"#).ok().unwrap();
        assert_eq!(plain.without("bbbbb-22222").unwrap().seal(&secret(), [0; NONCE_BYTES]), r#"["aaaaa-11111"]"#);
        for bad in ["", "{}", "b14c"] {
            assert!(BackupCodes::open(&secret(), bad).is_err(), "{bad}");
        }
    }
}

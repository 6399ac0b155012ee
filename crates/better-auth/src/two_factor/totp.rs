//! Codes of an authenticator app (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds.

use base32ct::{Base32UpperUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

use crate::encryption::{self, DecryptionError, NONCE_BYTES};
use crate::id::{RandomSource, random_text};
use crate::secret::AuthSecret;
use crate::target::{component, query};

const STEP_SECONDS: u64 = 30;
const DIGITS: &str = "6";
/// One more than the greatest number of that many digits.
const CODES: u32 = 1_000_000;
/// A clock may be so many steps fast or slow.
const WINDOW: u64 = 1;
/// Marks a secret that came from another provider.
const IMPORTED: &str = "base32:";
const SECRET_CHARS: usize = 32;
/// The alphabet of the genuine server's secrets.
const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The secret that an authenticator app and the server share; never printed.
pub struct TotpSecret {
    text: String,
    key: Vec<u8>,
}

impl TotpSecret {
    /// A new secret.
    pub fn generate(random: RandomSource<'_>) -> Self {
        let text = random_text(random, ALPHABET, SECRET_CHARS);
        Self { key: text.clone().into_bytes(), text }
    }

    /// Opens a secret as it is stored.
    pub fn open(secret: &AuthSecret, stored: &str) -> Result<Self, DecryptionError> {
        let text = encryption::decrypt(secret, stored)?;
        let key = match text.strip_prefix(IMPORTED) {
            None => text.clone().into_bytes(),
            Some(encoded) => {
                let encoded = encoded.to_uppercase();
                Base32UpperUnpadded::decode_vec(encoded.trim_end_matches('=')).map_err(|_| DecryptionError)?
            }
        };
        Ok(Self { text, key })
    }

    /// The secret as it is stored.
    pub fn seal(&self, secret: &AuthSecret, nonce: [u8; NONCE_BYTES]) -> String {
        encryption::encrypt(secret, nonce, &self.text)
    }

    /// The step of time to which a code belongs; none if it is wrong, or not of this moment. `now` is Unix time in seconds.
    /// Wrong codes all take as long.
    pub fn matching_step(&self, code: &str, now: u64) -> Option<u64> {
        let current = now / STEP_SECONDS;
        let steps = current.saturating_sub(WINDOW)..=current + WINDOW;
        let mut matching = steps.filter(|step| self.code(*step).as_bytes().ct_eq(code.as_bytes()).into());
        matching.next_back()
    }

    /// The code of a moment. `now` is Unix time in seconds.
    pub fn code_at(&self, now: u64) -> String {
        self.code(now / STEP_SECONDS)
    }

    /// The address that an authenticator app reads from a picture.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let encoded = Base32UpperUnpadded::encode_string(&self.key);
        let period = STEP_SECONDS.to_string();
        let parameters = [("secret", &*encoded), ("issuer", issuer), ("digits", DIGITS), ("period", &period)];
        format!("otpauth://totp/{}:{}?{}", component(issuer), component(account), query(&parameters))
    }

    /// The code of a step (RFC 4226).
    fn code(&self, step: u64) -> String {
        let mac = Hmac::<Sha1>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        let hash = mac.chain_update(step.to_be_bytes()).finalize().into_bytes();
        let offset = usize::from(hash.last().copied().unwrap_or_default() & 15);
        let four = hash.iter().skip(offset).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:06}", (four & 0x7fff_ffff) % CODES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    /// The secret of the test values of RFC 6238.
    fn known() -> TotpSecret {
        let text = "12345678901234567890";
        TotpSecret { text: text.to_owned(), key: text.into() }
    }

    #[test]
    fn codes_equal_those_of_the_standard() {
        // The last six of the eight digits of appendix B.
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(known().matching_step(code, time), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn a_code_is_good_a_step_before_and_after_its_own() {
        for (now, good) in [(0, false), (29, false), (30, true), (119, true), (120, false)] {
            assert_eq!(known().matching_step(&known().code(2), now), good.then_some(2), "{now}");
        }
        for code in ["", "28708", "2870820", "287083", " 287082", "２８７０８２"] {
            assert_eq!(known().matching_step(code, 59), None, "{code}");
        }
    }

    #[test]
    fn a_secret_is_stored_sealed_and_one_of_another_provider_is_base32() {
        let made = TotpSecret::generate(&|bytes| bytes.fill(7));
        let stored = made.seal(&secret(), [1; NONCE_BYTES]);
        assert_eq!(TotpSecret::open(&secret(), &stored).ok().unwrap().key, made.key);
        for imported in ["base32:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "base32:gezdgnbvgy3tqojqgezdgnbvgy3tqojq===="] {
            let stored = encryption::encrypt(&secret(), [2; NONCE_BYTES], imported);
            assert_eq!(TotpSecret::open(&secret(), &stored).ok().unwrap().key, known().key, "{imported}");
        }
        assert!(TotpSecret::open(&secret(), "no hex").is_err());
    }

    #[test]
    fn the_address_for_an_app_names_the_issuer_and_the_account() {
        let uri = known().uri("To do", "ann+1@example.com");
        let parameters = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=To+do&digits=6&period=30";
        assert_eq!(uri, format!("otpauth://totp/To%20do:ann%2B1%40example.com?{parameters}"));
    }
}

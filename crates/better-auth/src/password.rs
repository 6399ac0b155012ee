//! Password hashes: `hex(salt):hex(key)` with scrypt over the NFKC form of the password. The salt is the hex *text*.

use scrypt::Params;
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;

/// Bytes of salt behind a hash.
pub const SALT_BYTES: usize = 16;
/// Fewest UTF-16 code units of a new password.
pub const MIN_UNITS: usize = 8;
/// Most UTF-16 code units of any password.
pub const MAX_UNITS: usize = 128;

const KEY_BYTES: usize = 64;
const LOG2_N: u8 = 14;
const R: u32 = 16;
const P: u32 = 1;

/// Length in UTF-16 code units, in which the limits are given.
pub fn units(password: &str) -> usize {
    password.encode_utf16().count()
}

/// Hashes a password. The cost of 0.1 s and 32 MiB is intended.
pub fn hash(password: &str, salt: [u8; SALT_BYTES]) -> String {
    let salt = base16ct::lower::encode_string(&salt);
    let key = derive(password, &salt);
    format!("{salt}:{key}")
}

/// Whether the hash is the password's. As slow as [`hash`], even if `stored` is not a hash.
pub fn verify(password: &str, stored: &str) -> bool {
    let (salt, expected) = stored.split_once(':').unwrap_or((stored, ""));
    let key = derive(password, salt);
    key.as_bytes().ct_eq(expected.as_bytes()).into()
}

fn derive(password: &str, salt: &str) -> String {
    let normal: String = password.nfkc().collect();
    let params = Params::new(LOG2_N, R, P).expect("constants within scrypt's limits");
    let mut key = [0; KEY_BYTES];
    scrypt::scrypt(normal.as_bytes(), salt.as_bytes(), &params, &mut key).expect("64 bytes is a valid length");
    base16ct::lower::encode_string(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: [u8; SALT_BYTES] = 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128.to_be_bytes();
    const STORED: &str = "00112233445566778899aabbccddeeff:267a33c2ae63f1c2d542f84d50b7d87c68900c8b9475f6a47ade71cf44b234822e0a34af1d226572b5caf52809319d4c486f3d209cc2fd022fb53bb4eaeb35b1";

    #[test]
    fn the_hash_equals_that_of_the_genuine_server() {
        assert_eq!(hash("correct horse battery", SALT), STORED);
    }

    #[test]
    fn only_the_right_password_matches() {
        assert!(verify("correct horse battery", STORED));
        assert!(!verify("correct horse batterx", STORED));
        assert!(!verify("correct horse battery", &STORED.to_uppercase()));
        assert!(!verify("", "") && !verify("x", "no hash"));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        let (composed, decomposed) = (hash("caf\u{e9}", SALT), hash("cafe\u{301}", SALT));
        assert_eq!(composed, decomposed);
        assert!(composed.contains(":0b9a60406df7ee65e6eba05dfdd3ef65"));
    }

    #[test]
    fn length_counts_utf16_units() {
        assert_eq!(units("😀😀😀😀"), MIN_UNITS);
        assert_eq!(units("é"), 1);
    }
}

//! Codes that come by mail. They are stored as signatures: six digits are too few for a hash.

use crate::secret::AuthSecret;

/// How long a code is good: three minutes.
pub const SECONDS: u32 = 180;
/// What it is made of.
pub const DIGITS: &[u8] = b"0123456789";
/// How long it is.
pub const CHARS: usize = 6;
/// What the identifiers of rows of codes begin with.
pub(super) const PREFIX: &str = "2fa-otp-";

/// The identifier of the row of a challenge's code.
pub fn identifier(challenge: &str) -> String {
    format!("{PREFIX}{challenge}")
}

/// What a code of a challenge is compared by.
pub fn signature(secret: &AuthSecret, challenge: &str, code: &str) -> String {
    secret.signature(&format!("{PREFIX}{challenge}:{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    #[test]
    fn a_code_is_good_for_its_challenge_alone() {
        let of = |challenge, code| signature(&secret(), challenge, code);
        assert_eq!(of("2fa-a", "123456"), of("2fa-a", "123456"));
        assert_ne!(of("2fa-a", "123456"), of("2fa-b", "123456"));
        assert_ne!(of("2fa-a", "123456"), of("2fa-a", "123457"));
    }
}

//! The second factor of Better Auth's two-factor plugin: codes of an authenticator app or by mail, backup codes, devices that are
//! trusted for a while, and the bodies of its routes.

pub mod backup_codes;
pub mod input;
pub mod mailed_code;
pub mod totp;
pub mod trusted_device;

/// The cookie that names a challenge: a sign-in that waits for the second factor.
pub const CHALLENGE_COOKIE: &str = "two_factor";
/// How long a challenge waits: ten minutes.
pub const CHALLENGE_SECONDS: u32 = 600;
/// What the identifiers of challenges begin with.
const CHALLENGE_PREFIX: &str = "2fa-";
/// What the identifiers of their counters begin with.
const ATTEMPTS_PREFIX: &str = "2fa-attempts-";

/// The identifier of a new challenge with this random text.
pub fn challenge(random: &str) -> String {
    format!("{CHALLENGE_PREFIX}{random}")
}

/// The identifier of the counter of a challenge.
pub fn attempts(challenge: &str) -> String {
    format!("{ATTEMPTS_PREFIX}{challenge}")
}

/// Whether a text is the identifier of a challenge. Cookies of other names are signed in the same way, so their content
/// could be sent as a challenge.
pub fn is_challenge(text: &str) -> bool {
    text.starts_with(CHALLENGE_PREFIX)
        && ![ATTEMPTS_PREFIX, mailed_code::PREFIX].iter().any(|other| text.starts_with(other))
        && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_another_cookie_is_no_challenge() {
        assert!(is_challenge(&challenge("abc")));
        for other in [
            "",
            "abc",
            "true",
            "2fa",
            &attempts(&challenge("abc")),
            &mailed_code::identifier(&challenge("abc")),
            "2fa-a 2fa-b",
            "trust-device-abc",
        ] {
            assert!(!is_challenge(other), "{other}");
        }
    }
}

//! Devices that need no second factor for 30 days. A cookie names a row of `verification`, and proves for which user.

use crate::secret::AuthSecret;

/// The cookie of a trusted device.
pub const TRUST_COOKIE: &str = "trust_device";
/// How long a device is trusted after its last sign-in: 30 days.
pub const TRUST_SECONDS: u32 = 2_592_000;

/// What the identifiers of rows begin with.
const PREFIX: &str = "trust-device-";
const SEPARATOR: char = '!';

/// The identifier of a new row with this random text.
pub fn identifier(random: &str) -> String {
    format!("{PREFIX}{random}")
}

/// The content of the cookie: `proof!identifier`, in which the proof is the HMAC-SHA-256 of user and identifier.
pub fn content(secret: &AuthSecret, user_id: &str, identifier: &str) -> String {
    let signature = secret.signature(&proven(user_id, identifier));
    let proof = signature.trim_end_matches('=').replace('+', "-").replace('/', "_");
    format!("{proof}{SEPARATOR}{identifier}")
}

/// The identifier in the content of a cookie, if it was made for this user.
pub fn identifier_for<'a>(secret: &AuthSecret, user_id: &str, content: &'a str) -> Option<&'a str> {
    let (proof, identifier) = content.split_once(SEPARATOR)?;
    if !identifier.starts_with(PREFIX) || identifier.contains([' ', SEPARATOR]) {
        return None;
    }
    let signature = format!("{}=", proof.replace('-', "+").replace('_', "/"));
    secret.verifies(&proven(user_id, identifier), &signature).then_some(identifier)
}

fn proven(user_id: &str, identifier: &str) -> String {
    format!("{user_id}{SEPARATOR}{identifier}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    #[test]
    fn a_cookie_is_good_for_its_own_user() {
        let made = content(&secret(), "ann", &identifier("abc"));
        assert_eq!(identifier_for(&secret(), "ann", &made), Some("trust-device-abc"));
        assert_eq!(identifier_for(&secret(), "bob", &made), None);
        let others = content(&secret(), "ann", "password-reset:x");
        for wrong in ["", "!", "trust-device-abc", "x!trust-device-abc", &made.replace("abc", "abd"), &others] {
            assert_eq!(identifier_for(&secret(), "ann", wrong), None, "{wrong}");
        }
    }
}

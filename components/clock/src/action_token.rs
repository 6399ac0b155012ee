//! The token in the address of a reminder's actions: it names the user, the task and when that is due, and is signed with the secret of the clock.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// How long a token is valid, in seconds: seven days.
const LIFETIME_SECONDS: u64 = 7 * 24 * 60 * 60;
/// What the signature is for, so that no other use of the secret makes a valid one.
const PURPOSE: &[u8] = b"todo reminder action 1\n";

/// Which reminder an action is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ActionToken {
    /// The user.
    #[serde(rename = "u")]
    pub(crate) owner: String,
    /// The number of the task.
    #[serde(rename = "t")]
    pub(crate) task: i64,
    /// When the task is due.
    #[serde(rename = "d")]
    pub(crate) due: String,
    /// When the token ends, in Unix seconds.
    #[serde(rename = "e")]
    expires: u64,
}

impl ActionToken {
    /// A token for a reminder that is sent at `now` (Unix seconds).
    pub(crate) fn new(owner: &str, task: i64, due: &str, now: u64) -> Self {
        Self { owner: owner.to_owned(), task, due: due.to_owned(), expires: now + LIFETIME_SECONDS }
    }

    /// The text: letters, digits, `-`, `_` and one `.`.
    pub(crate) fn sign(&self, secret: &str) -> String {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("a token is plain data"));
        let signature = mac(secret, &payload).finalize().into_bytes();
        format!("{payload}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// Reads a text that was signed with `secret` and is valid at `now`.
    pub(crate) fn verify(text: &str, secret: &str, now: u64) -> Option<Self> {
        let (payload, signature) = text.split_once('.')?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        mac(secret, payload).verify_slice(&signature).ok()?;
        let token: Self = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (now < token.expires).then_some(token)
    }
}

fn mac(secret: &str, payload: &str) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.chain_update(PURPOSE).chain_update(payload.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of the clock, forty characters!";
    const NOW: u64 = 1_800_000_000;

    fn token() -> ActionToken {
        ActionToken::new("ann", 7, "2026-12-01T17:00", NOW)
    }

    #[test]
    fn a_token_is_read_for_seven_days() {
        let text = token().sign(SECRET);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{text}");
        assert_eq!(ActionToken::verify(&text, SECRET, NOW), Some(token()));
        assert_eq!(ActionToken::verify(&text, SECRET, NOW + LIFETIME_SECONDS - 1), Some(token()));
        assert_eq!(ActionToken::verify(&text, SECRET, NOW + LIFETIME_SECONDS), None);
    }

    #[test]
    fn no_other_text_is_a_token() {
        let text = token().sign(SECRET);
        assert_eq!(ActionToken::verify(&text, "another secret of the clock, 40 letters!", NOW), None);
        let (payload, signature) = text.split_once('.').unwrap();
        let other = ActionToken::new("bob", 7, "2026-12-01T17:00", NOW).sign(SECRET);
        let forged = format!("{}.{signature}", other.split_once('.').unwrap().0);
        for bad in [
            "",
            ".",
            "x.y",
            payload,
            signature,
            &format!("{payload}."),
            &format!("{text}A"),
            &format!("{text}."),
            &forged,
        ] {
            assert_eq!(ActionToken::verify(bad, SECRET, NOW), None, "{bad}");
        }
    }
}

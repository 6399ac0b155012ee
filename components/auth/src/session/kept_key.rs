//! The key that signs, kept from one request to the next of an instance: to read and to open it takes as long as to sign.

use std::cell::RefCell;

use ed25519_dalek::SigningKey;

/// For how many seconds a key is kept. So long an instance may sign with the key before, when another replica makes the next one.
const KEPT_SECONDS: u64 = 5;

/// The key that signed last, with its id, and until when it is kept, in seconds since the epoch.
#[derive(Default)]
pub struct KeptSigningKey(RefCell<Option<(u64, (String, SigningKey))>>);

impl KeptSigningKey {
    /// No key yet.
    pub const fn new() -> Self {
        Self(RefCell::new(None))
    }

    pub(crate) fn get(&self, now: u64) -> Option<(String, SigningKey)> {
        self.0.borrow().as_ref().filter(|(until, _)| now < *until).map(|(_, key)| key.clone())
    }

    pub(crate) fn keep(&self, key: (String, SigningKey), now: u64) {
        self.0.replace(Some((now + KEPT_SECONDS, key)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_for_five_seconds() {
        let kept = KeptSigningKey::new();
        let id = |now| kept.get(now).map(|(id, _)| id);
        assert_eq!(id(100), None);
        kept.keep(("first".to_owned(), SigningKey::from_bytes(&[1; 32])), 100);
        assert_eq!((id(104), id(105)), (Some("first".to_owned()), None));
        kept.keep(("next".to_owned(), SigningKey::from_bytes(&[2; 32])), 105);
        assert_eq!(id(106), Some("next".to_owned()));
    }
}

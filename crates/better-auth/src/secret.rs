//! The server's secret (`BETTER_AUTH_SECRET`), and the ones before it (`BETTER_AUTH_SECRETS`).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The secret for signatures and encryption. The current version signs and encrypts; older versions still verify and
/// decrypt. `Debug` hides it.
#[derive(Clone)]
pub struct AuthSecret {
    current: SecretVersion,
    older: Vec<SecretVersion>,
}

#[derive(Clone)]
struct SecretVersion {
    /// `None` for `BETTER_AUTH_SECRET`.
    number: Option<u32>,
    text: String,
}

/// Why a text is not a secret. The error does not contain the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretError {
    /// It is short enough to be guessed.
    TooShort,
    /// It is not a list of `version:secret`.
    InvalidList,
    /// Two secrets have this version.
    RepeatedVersion(u32),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(f, "the current one must have at least {} characters", AuthSecret::MIN_CHARS),
            Self::InvalidList => {
                f.write_str("it must be a list such as 2:the-new-secret,1:the-old-secret, newest first")
            }
            Self::RepeatedVersion(version) => write!(f, "two secrets have the version {version}"),
        }
    }
}

impl std::error::Error for SecretError {}

const ID_CHARS: usize = 32;

impl AuthSecret {
    /// Fewest characters of the current secret.
    pub const MIN_CHARS: usize = 32;

    /// Takes the text as it is; like the genuine server it trims nothing.
    pub fn parse(text: impl Into<String>) -> Result<Self, SecretError> {
        Self::of(vec![SecretVersion { number: None, text: text.into() }])
    }

    /// The signature of a text: HMAC-SHA-256 in base64.
    pub fn signature(&self, text: &str) -> String {
        STANDARD.encode(self.mac(text).finalize().into_bytes())
    }

    /// Reads a list of `version:secret`, the current one first, followed by the secret without a version. An empty list
    /// makes that one the current secret.
    pub fn parse_list(list: &str, unnumbered: &str) -> Result<Self, SecretError> {
        if list.trim().is_empty() {
            return Self::parse(unnumbered);
        }
        let mut versions = Vec::new();
        for entry in list.split(',') {
            let (number, text) = entry.trim().split_once(':').ok_or(SecretError::InvalidList)?;
            let (number, text) = (number.parse().map_err(|_| SecretError::InvalidList)?, text.trim());
            if text.is_empty() {
                return Err(SecretError::InvalidList);
            }
            if versions.iter().any(|version: &SecretVersion| version.number == Some(number)) {
                return Err(SecretError::RepeatedVersion(number));
            }
            versions.push(SecretVersion { number: Some(number), text: text.to_owned() });
        }
        if !unnumbered.is_empty() {
            versions.push(SecretVersion { number: None, text: unnumbered.to_owned() });
        }
        Self::of(versions)
    }

    fn of(mut versions: Vec<SecretVersion>) -> Result<Self, SecretError> {
        let current = versions.remove(0);
        let long_enough = current.text.chars().count() >= Self::MIN_CHARS;
        if long_enough { Ok(Self { current, older: versions }) } else { Err(SecretError::TooShort) }
    }

    /// HMAC-SHA-256 of a text under the current secret.
    pub(crate) fn mac(&self, text: &str) -> Hmac<Sha256> {
        mac(self.current.text.as_bytes(), text.as_bytes())
    }

    /// Whether this is the signature of the text under the current secret or an older one. Compares in constant time.
    pub fn verifies(&self, text: &str, signature: &str) -> bool {
        let Ok(code) = STANDARD.decode(signature) else { return false };
        self.versions().any(|version| mac(version.text.as_bytes(), text.as_bytes()).verify_slice(&code).is_ok())
    }

    /// An id of 32 letters and digits, derived from the text; only a server with this secret can derive it.
    pub(crate) fn derive_id(&self, text: &str) -> String {
        let code = STANDARD.encode(self.mac(text).finalize().into_bytes());
        code.chars().take(ID_CHARS).map(|letter| if letter.is_ascii_alphanumeric() { letter } else { 'x' }).collect()
    }

    /// A secret for one purpose: HKDF-SHA-256 as hex, derived from each version.
    pub fn for_purpose(&self, purpose: &str) -> Self {
        let derive = |version: &SecretVersion| {
            let key = mac(b"better-auth:oauth-encryption:v1", version.text.as_bytes()).finalize().into_bytes();
            let block = mac(&key, format!("better-auth:{purpose}:v1\u{1}").as_bytes()).finalize().into_bytes();
            SecretVersion { number: version.number, text: base16ct::lower::encode_string(&block) }
        };
        Self { current: derive(&self.current), older: self.older.iter().map(derive).collect() }
    }

    /// The current version and its bytes.
    pub(crate) fn current(&self) -> (Option<u32>, &[u8]) {
        (self.current.number, self.current.text.as_bytes())
    }

    /// The secrets that can decrypt a text of this version, or a text without one.
    pub(crate) fn candidates(&self, number: Option<u32>) -> impl Iterator<Item = &[u8]> {
        let fits = move |version: &&SecretVersion| number.is_none() || version.number == number;
        self.versions().filter(fits).map(|version| version.text.as_bytes())
    }

    fn versions(&self) -> impl Iterator<Item = &SecretVersion> {
        std::iter::once(&self.current).chain(&self.older)
    }
}

fn mac(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length").chain_update(text)
}

impl fmt::Debug for AuthSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    fn list(list: &str, unnumbered: &str) -> Result<AuthSecret, SecretError> {
        AuthSecret::parse_list(list, unnumbered)
    }

    #[test]
    fn a_short_secret_is_rejected_and_no_secret_is_printed() {
        assert_eq!(AuthSecret::parse("x".repeat(31)).unwrap_err(), SecretError::TooShort);
        let secret = AuthSecret::parse("x".repeat(32)).unwrap();
        assert!(!format!("{secret:?}").contains('x'));
    }

    #[test]
    fn a_list_is_read_newest_first() {
        let (new, old) = ("n".repeat(32), "o".repeat(32));
        let secret = list(&format!("2:{new}, 1:{old}"), "legacy").unwrap();
        assert_eq!(secret.current(), (Some(2), new.as_bytes()));
        assert_eq!(secret.candidates(Some(1)).collect::<Vec<_>>(), [old.as_bytes()]);
        assert_eq!(secret.candidates(None).count(), 3);
        assert_eq!(list(" ", &old).unwrap().current(), (None, old.as_bytes()));
        for bad in [new.as_str(), "x:y", "-1:y", "1:", ",", &format!("1:{new},")] {
            assert_eq!(list(bad, &old).unwrap_err(), SecretError::InvalidList, "{bad}");
        }
        assert_eq!(list(&format!("1:{new},1:{old}"), "").unwrap_err(), SecretError::RepeatedVersion(1));
        assert_eq!(list("1:short", &old).unwrap_err(), SecretError::TooShort);
    }

    #[test]
    fn an_older_secret_verifies_but_does_not_sign() {
        let (new, old) = (AuthSecret::parse("n".repeat(32)).unwrap(), AuthSecret::parse("o".repeat(32)).unwrap());
        let both = list(&format!("2:{},1:{}", "n".repeat(32), "o".repeat(32)), "").unwrap();
        let code = |secret: &AuthSecret| secret.signature("text");
        assert!(both.verifies("text", &code(&old)) && both.verifies("text", &code(&new)));
        assert_eq!(code(&both), code(&new));
        assert!(!new.verifies("text", &code(&old)) && !both.verifies("other", &code(&old)));
    }

    #[test]
    fn a_purpose_has_the_key_of_the_genuine_server() {
        let derived = secret().for_purpose("oauth-link-session-token");
        assert_eq!(derived.current().1, b"ca5e863b441eddc7a71cf0649112190d6c9ca9a5da6ea32402fb81b609629204");
    }
}

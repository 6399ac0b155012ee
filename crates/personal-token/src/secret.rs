//! The form of a token: `tdo_`, 40 random characters of base62, and their CRC-32 as 6 characters. A mistyped token is found
//! out without the database, and scanners for leaked secrets need one pattern: `tdo_[0-9A-Za-z]{46}`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use better_auth::{ALPHANUMERIC, RandomSource, random_text};
use http_api::PERSONAL_TOKEN as PREFIX;
use sha2::{Digest, Sha256};

/// How many characters are random.
const RANDOM: usize = 40;
/// How many characters hold the check sum.
const CHECK: usize = 6;
/// How many random characters a list shows beside the prefix.
const SHOWN: usize = 4;

/// A token in clear. It has no `Debug`, so that no log can hold it.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalTokenSecret(String);

impl PersonalTokenSecret {
    /// Makes a new token.
    pub fn generate(random: RandomSource<'_>) -> Self {
        let body = random_text(random, ALPHANUMERIC, RANDOM);
        Self(format!("{PREFIX}{body}{}", check_sum(&body)))
    }

    /// The token that a client sent; `None` if it is mistyped.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix(PREFIX).filter(|body| body.len() == RANDOM + CHECK && body.is_ascii())?;
        let (body, check) = body.split_at(RANDOM);
        let is_good = body.bytes().all(|b| b.is_ascii_alphanumeric()) && check_sum(body) == check;
        is_good.then(|| Self(text.to_owned()))
    }

    /// The token itself, for its owner and once.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256 as base64url, the form in which Better Auth's plugin for API keys keeps its keys. The token
    /// is random, so a slow hash would add nothing.
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }

    /// The first characters, by which its owner tells it from others.
    pub fn start(&self) -> &str {
        &self.0[..PREFIX.len() + SHOWN]
    }
}

/// CRC-32 in base62, padded.
fn check_sum(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes());
    let base = ALPHANUMERIC.len() as u32;
    let mut digits = [0; CHECK].map(|_: u8| {
        let digit = ALPHANUMERIC[(rest % base) as usize];
        rest /= base;
        char::from(digit)
    });
    digits.reverse();
    digits.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(seed: u8) -> PersonalTokenSecret {
        PersonalTokenSecret::generate(&|bytes| bytes.fill(seed))
    }

    #[test]
    fn a_new_token_has_the_form_that_is_parsed() {
        let token = made(7);
        let text = token.as_str();
        assert!(text.starts_with("tdo_hhhh") && text.len() == 50, "{text}");
        assert!(text[4..].bytes().all(|b| b.is_ascii_alphanumeric()));
        assert!(PersonalTokenSecret::parse(text).is_some_and(|parsed| parsed == token));
        assert_eq!(token.start(), "tdo_hhhh");
    }

    #[test]
    fn a_mistyped_token_is_none() {
        let token = made(7).as_str().to_owned();
        for at in 4..token.len() {
            let mut typed = token.clone().into_bytes();
            typed[at] = if typed[at] == b'x' { b'y' } else { b'x' };
            assert!(PersonalTokenSecret::parse(std::str::from_utf8(&typed).unwrap()).is_none(), "{at}");
        }
        for text in ["", "tdo_", &token[..49], &format!("{token}x"), &token[4..], "tdo_ü", &"ü".repeat(25)] {
            assert!(PersonalTokenSecret::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_api_key_plugin() {
        let token = PersonalTokenSecret("abc".to_owned());
        assert_eq!(token.hash(), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
        assert!(!made(1).hash().contains(&made(1).as_str()[4..44]));
    }
}

//! Proof Key for Code Exchange (RFC 7636), with the method S256 alone.

use subtle::ConstantTimeEq;

use crate::error::OAuthError;
use crate::hash::sha256_base64url;
use crate::params::OAuthParams;

/// Length of an S256 challenge (RFC 7636 §4.2).
const CHALLENGE_CHARS: usize = 43;
/// Shortest and longest code verifier (RFC 7636 §4.1).
const VERIFIER_CHARS: std::ops::RangeInclusive<usize> = 43..=128;

/// Checks the challenge of an authorization request.
pub(crate) fn check_challenge(params: &OAuthParams) -> Result<(), OAuthError> {
    let method = params.get("code_challenge_method");
    if method.is_some_and(|method| method != "S256") {
        return Err(OAuthError::invalid_request("code_challenge_method must be one of: S256"));
    }
    let base64url = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    match (params.get("code_challenge"), method) {
        (None, _) => Err(OAuthError::invalid_request("pkce is required for public clients")),
        (Some(_), None) => {
            Err(OAuthError::invalid_request("code_challenge and code_challenge_method must both be provided"))
        }
        (Some(text), Some(_)) if text.len() == CHALLENGE_CHARS && base64url(text) => Ok(()),
        (Some(_), Some(_)) => Err(OAuthError::invalid_request("code_challenge must be the base64url of a SHA-256")),
    }
}

/// Whether the verifier belongs to the challenge.
pub fn challenge_matches(challenge: &str, verifier: &str) -> bool {
    let expected = sha256_base64url(verifier);
    VERIFIER_CHARS.contains(&verifier.len()) && bool::from(expected.as_bytes().ct_eq(challenge.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_matches_its_own_challenge_only() {
        // RFC 7636, appendix B
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(challenge_matches(challenge, verifier));
        assert!(!challenge_matches(challenge, &"x".repeat(43)));
        assert!(!challenge_matches(challenge, challenge), "the challenge is no verifier");
        assert!(!challenge_matches(&sha256_base64url("short"), "short"), "a verifier that could be guessed");
        assert!(!challenge_matches("", ""));
    }
}

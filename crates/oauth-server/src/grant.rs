//! The checks of the token endpoint: the verifier of a code, and the same answer again for a refresh token that
//! was used a moment ago (a client whose connection broke asks twice).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::sha256_base64url;

/// Shortest and longest code verifier (RFC 7636 §4.1).
const VERIFIER_CHARS: std::ops::RangeInclusive<usize> = 43..=128;

/// Whether the verifier belongs to the challenge (S256).
pub fn challenge_matches(challenge: &str, verifier: &str) -> bool {
    VERIFIER_CHARS.contains(&verifier.len())
        && bool::from(sha256_base64url(verifier).as_bytes().ct_eq(challenge.as_bytes()))
}

/// The answer to a refresh, kept (encrypted) with the token it used up.
#[derive(Serialize, Deserialize)]
pub struct RefreshReplay {
    /// What was asked for.
    pub request: RefreshRequest,
    /// What was answered.
    pub response: Value,
}

/// What a refresh asks for; only the same again gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshRequest {
    effective_scopes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requested_resources: Option<Vec<String>>,
}

impl RefreshRequest {
    /// The request in its normal form.
    pub fn new(scopes: &[String], resources: &[String]) -> Self {
        let normal = |values: &[String]| {
            let mut values = values.to_vec();
            values.sort_unstable();
            values.dedup();
            values
        };
        Self { effective_scopes: normal(scopes), requested_resources: Some(normal(resources)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_fits_its_challenge_alone() {
        // RFC 7636, appendix B
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(challenge_matches(challenge, verifier));
        assert!(!challenge_matches(challenge, &"x".repeat(43)));
        assert!(!challenge_matches(challenge, challenge), "the challenge is no verifier");
        assert!(!challenge_matches(&sha256_base64url("short"), "short"), "a verifier that could be guessed");
        assert!(!challenge_matches("", ""));
    }

    #[test]
    fn the_same_request_in_another_order_is_the_same() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let one = RefreshRequest::new(&texts(&["b", "a"]), &texts(&["r"]));
        assert_eq!(one, RefreshRequest::new(&texts(&["a", "b", "a"]), &texts(&["r"])));
        assert_ne!(one, RefreshRequest::new(&texts(&["a"]), &texts(&["r"])));
    }
}

//! The claims of an access token.

use serde::Deserialize;

/// The claims we use.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TokenClaims {
    #[serde(default)]
    pub(super) iss: String,
    #[serde(default)]
    pub(super) sub: String,
    #[serde(default)]
    pub(super) aud: Audience,
    pub(super) scope: Option<String>,
    pub(super) sid: Option<String>,
    pub(super) azp: Option<String>,
}

/// `aud` is a string or a list of strings.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Default for Audience {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Audience {
    pub(super) fn contains(&self, accepted: &str) -> bool {
        match self {
            Self::One(audience) => audience == accepted,
            Self::Many(audiences) => audiences.iter().any(|audience| audience == accepted),
        }
    }
}

//! What a token permits, as the database says it and as a replica remembers it for a while.

use db::{DbError, Row};
use serde::{Deserialize, Serialize};

/// The user and the scopes of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersonalTokenGrant {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) scopes: String,
    /// When the token ends, in seconds since the epoch.
    expires_at: Option<i64>,
}

impl PersonalTokenGrant {
    pub(crate) fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            user_id: row.text("user_id")?,
            scopes: row.text("scopes")?,
            expires_at: row.get("expires_at")?,
        })
    }

    /// The text that is remembered.
    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("plain data with string keys")
    }

    /// The grant of a remembered text, if the token lives at `now` (seconds since the epoch).
    pub(crate) fn parse(text: &str, now: u64) -> Option<Self> {
        let grant: Self = serde_json::from_str(text).ok()?;
        grant.expires_at.is_none_or(|end| u64::try_from(end).is_ok_and(|end| now < end)).then_some(grant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remembered_grant_ends_with_its_token() {
        let grant = |expires_at| PersonalTokenGrant {
            id: "t".to_owned(),
            user_id: "u".to_owned(),
            scopes: "tasks:read".to_owned(),
            expires_at,
        };
        let text = grant(Some(100)).to_text();
        assert_eq!(PersonalTokenGrant::parse(&text, 99), Some(grant(Some(100))));
        assert_eq!(PersonalTokenGrant::parse(&text, 100), None);
        assert!(PersonalTokenGrant::parse(&grant(None).to_text(), u64::MAX).is_some());
        assert_eq!(PersonalTokenGrant::parse("{}", 0), None);
    }
}

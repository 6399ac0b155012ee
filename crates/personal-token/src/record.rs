//! A token as its owner sees it.

use db::{DbError, Row};
use serde::Serialize;

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonalTokenRecord {
    /// Its id, which log lines name.
    pub id: String,
    /// What the owner calls it.
    pub name: String,
    /// Its first characters.
    pub start: String,
    /// What it permits.
    pub scopes: Vec<String>,
    /// When it was made (RFC 3339, UTC).
    pub created_at: String,
    /// When it ends; null for never.
    pub expires_at: Option<String>,
    /// When it was last used, to the minute; null for never.
    pub last_used_at: Option<String>,
}

impl PersonalTokenRecord {
    pub(crate) fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            name: row.text("name")?,
            start: row.text("start")?,
            scopes: row.text("scopes")?.split(' ').map(str::to_owned).collect(),
            created_at: row.time("created_at")?,
            expires_at: row.opt_time("expires_at")?,
            last_used_at: row.opt_time("last_used_at")?,
        })
    }
}

//! Users and sessions as the database stores them and responses show them.

use serde::Serialize;

/// How long a remembered session is valid from its last refresh: seven days.
pub const SESSION_SECONDS: u32 = 604_800;
/// How long a session is valid that is not remembered: one day.
pub const SHORT_SESSION_SECONDS: u32 = 86_400;
/// A session is refreshed at most once in this time: one day.
pub const REFRESH_AFTER_SECONDS: u32 = 86_400;
/// A session is fresh during its first day. Deleting a user without a password requires a fresh session.
pub const FRESH_SECONDS: u32 = 86_400;

/// A user; times are `YYYY-MM-DDTHH:MM:SS.mmmZ`.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are the columns")]
pub struct UserRecord {
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    pub image: Option<String>,
    pub created_at: String,
    pub updated_at: String,
    pub id: String,
    /// Responses have it where it is true: the column is a plugin's and may be missing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub two_factor_enabled: bool,
}

/// A session; times as in [`UserRecord`].
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are the columns")]
pub struct SessionRecord {
    pub expires_at: String,
    pub token: String,
    pub created_at: String,
    pub updated_at: String,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
    pub user_id: String,
    pub id: String,
}

//! Parameters and rows that several tables share.

use better_auth::{SessionRecord, UserRecord};
use db::{DbError, Param, Row};

/// A text parameter.
pub(super) fn text(value: &str) -> Param {
    Param::Str(value.to_owned())
}

/// A text parameter that may be null.
pub(super) fn opt_text(value: Option<&str>) -> Param {
    value.map_or(Param::DbNull, text)
}

/// A whole number of seconds.
pub(super) fn seconds(value: u32) -> Param {
    Param::Int64(value.into())
}

/// The user of a row.
pub(super) fn user(row: &Row) -> Result<UserRecord, DbError> {
    Ok(UserRecord {
        name: row.text("name")?,
        email: row.text("email")?,
        email_verified: row.bool("email_verified")?,
        image: row.opt_text("image")?,
        created_at: row.time("user_created_at")?,
        updated_at: row.time("user_updated_at")?,
        id: row.text("user_id")?,
        two_factor_enabled: row.bool("has_second_factor")?,
    })
}

/// The session of a row.
pub(super) fn session(row: &Row) -> Result<SessionRecord, DbError> {
    Ok(SessionRecord {
        expires_at: row.time("expires_at")?,
        token: row.text("token")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
        ip_address: row.opt_text("ip_address")?,
        user_agent: row.opt_text("user_agent")?,
        user_id: row.text("user_id")?,
        id: row.text("session_id")?,
    })
}

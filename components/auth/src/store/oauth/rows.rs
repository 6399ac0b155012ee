//! Parameters and columns of several tables.

use db::{DbError, Param, Row};
use oauth_server::RegisteredClient;
use serde_json::json;

use crate::store::rows::text;

/// A list as a JSON parameter.
pub(super) fn list(values: &[String]) -> Param {
    text(&json!(values).to_string())
}

/// A list in a JSON column; empty where that is null.
pub(super) fn texts(row: &Row, column: &str) -> Result<Vec<String>, DbError> {
    let unreadable = |error| DbError::Internal(format!("column {column}: {error}"));
    row.opt_text(column)?.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json).map_err(unreadable))
}

/// The client in a row.
pub(super) fn client(row: &Row) -> Result<Option<RegisteredClient>, DbError> {
    let unreadable = |error| DbError::Internal(format!("a row of \"oauthClient\" cannot be read: {error}"));
    row.opt_text("client")?.map(|json| serde_json::from_str(&json).map_err(unreadable)).transpose()
}

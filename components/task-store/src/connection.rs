//! The database of a call, and the settings of the component that uses the store.

use db::{Db, DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::StoreError;

/// Runs a statement that may store an idempotency key.
pub(crate) fn once(db: &Db, statement: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
    match db.query(statement, params) {
        // Another call with this key was faster: now its result can be read.
        Err(error) if error.violates("idempotency_key_pkey") => db.query(statement, params),
        rows => rows,
    }
}

/// The one row of a statement that may store an idempotency key.
pub(crate) fn once_row(db: &Db, statement: &str, params: &[Param]) -> Result<Row, DbError> {
    match db.query_row(statement, params) {
        Err(error) if error.violates("idempotency_key_pkey") => db.query_row(statement, params),
        row => row,
    }
}

/// Runs a statement that may find nothing.
pub(crate) fn rows(statement: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
    Ok(open()?.query(statement, params)?)
}

pub(crate) fn open() -> Result<Db, StoreError> {
    Ok(Db::kept(&variable("database_url")?)?)
}

/// The most tasks of one user.
pub(crate) fn limit() -> Result<u32, StoreError> {
    let text = variable("max_tasks_per_user")?;
    text.parse().map_err(|_| StoreError::Internal("variable max_tasks_per_user is not a number".to_owned()))
}

/// For how many days changes are kept.
pub(crate) fn days() -> Result<i64, StoreError> {
    let text = variable("history_days")?;
    text.parse().map_err(|_| StoreError::Internal("variable history_days is not a number".to_owned()))
}

fn variable(name: &str) -> Result<String, StoreError> {
    spin_host::variable(name).map_err(|error| StoreError::Internal(error.reason().to_owned()))
}

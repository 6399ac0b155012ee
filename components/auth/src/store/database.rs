//! The connection of one request.

use std::cell::OnceCell;

use db::{Db, DbError, Param};

use crate::env::ConnectDatabase;
use crate::settings::Settings;

/// The database; opened with the first statement.
pub(crate) struct Store<'a> {
    settings: &'a Settings,
    connect: ConnectDatabase,
    connection: OnceCell<Db>,
}

impl<'a> Store<'a> {
    pub(crate) fn new(settings: &'a Settings, connect: ConnectDatabase) -> Self {
        Self { settings, connect, connection: OnceCell::new() }
    }

    pub(super) fn db(&self) -> Result<&Db, DbError> {
        match self.connection.get() {
            Some(db) => Ok(db),
            None => {
                let url = self.settings.database_url();
                let url = url.map_err(|error| DbError::Internal(error.reason().to_owned()))?;
                let db = (self.connect)(&url)?;
                Ok(self.connection.get_or_init(|| db))
            }
        }
    }

    /// Runs a statement whose one row has one column, a boolean.
    pub(super) fn decide(&self, sql: &str, params: &[Param], column: &str) -> Result<bool, DbError> {
        self.db()?.query_row(sql, params)?.bool(column)
    }
}

//! An open connection.

use spin_host::Waiting;
use spin_sdk::pg4::{Connection, ParameterValue as Param};

use crate::error::{DbError, classify, is_deadlock};
use crate::kept::KeptConnection;
use crate::row::Row;
use crate::url;

/// How often a statement is sent again after a deadlock.
const DEADLOCK_RETRIES: usize = 3;

/// An open connection, from the host's pool.
pub struct Db(KeptConnection);

impl Db {
    /// Takes a connection to the database at `url` (`postgres://…`, also with what other drivers add to it), until it is dropped.
    pub fn open(url: &str) -> Result<Self, DbError> {
        let _waiting = Waiting::begin();
        Ok(Self(KeptConnection::new(connect(url)?, false)))
    }

    /// The connection that the instance keeps, or one that it keeps from now on.
    pub fn kept(url: &str) -> Result<Self, DbError> {
        match KeptConnection::take() {
            Some(kept) => Ok(Self(kept)),
            None => Ok(Self(KeptConnection::new(connect(url)?, true))),
        }
    }

    /// Runs one statement and reads its rows. Spin 4.0.0 to 4.0.2 never return from a query without rows
    /// (spinframework/spin#3671), and no component can stop waiting. So a statement that may find nothing is written to
    /// return one row then, with null in its column `found`; that row is left out here.
    pub fn query(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        self.run(|connection| connection.query(sql, params).map_err(classify)).map(Row::read_all)
    }

    /// Runs one statement and reads its first row, if there is one.
    pub fn query_one(&self, sql: &str, params: &[Param]) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Runs one statement that always returns a row.
    pub fn query_row(&self, sql: &str, params: &[Param]) -> Result<Row, DbError> {
        self.query(sql, params)?
            .into_iter()
            .next()
            .ok_or_else(|| DbError::Internal("a statement returned no row".to_owned()))
    }

    /// Runs one statement and returns the number of rows that it changed.
    pub fn execute(&self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        self.run(|connection| connection.execute(sql, params).map_err(classify))
    }

    /// Runs a statement. A connection on which one failed for the database's own reasons is not kept.
    fn run<T>(&self, statement: impl Fn(&Connection) -> Result<T, DbError>) -> Result<T, DbError> {
        let result = retried(|| statement(self.0.get()));
        if matches!(result, Err(DbError::Unavailable(_))) {
            self.0.discard();
        }
        result
    }
}

fn connect(url: &str) -> Result<Connection, DbError> {
    Connection::open(&url::to_runtime_url(url)).map_err(classify)
}

/// Each statement is a transaction of its own. What a deadlock ended has done nothing, and is sent again (PostgreSQL, 13.3.4).
fn retried<T>(statement: impl Fn() -> Result<T, DbError>) -> Result<T, DbError> {
    let mut retries = 0;
    loop {
        match statement() {
            Err(error) if is_deadlock(&error) && retries < DEADLOCK_RETRIES => retries += 1,
            result => return result,
        }
    }
}

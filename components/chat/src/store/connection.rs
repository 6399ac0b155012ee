//! How the store runs a statement.

use db::{Db, DbError, Param, Row};

use crate::error::ChatError;

/// The conversations of one user.
pub(crate) struct ConversationStore<'a> {
    /// The URL of the database.
    pub(crate) url: &'a str,
    /// The user's id.
    pub(crate) owner: &'a str,
}

impl ConversationStore<'_> {
    pub(super) fn open(&self) -> Result<Db, DbError> {
        Db::kept(self.url)
    }

    /// Runs a statement whose first parameter is the user, and returns its rows.
    pub(super) fn query(&self, statement: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        self.open()?.query(statement, &self.owned(params))
    }

    /// The same for a statement that returns one row at most.
    pub(super) fn query_one(&self, statement: &str, params: &[Param]) -> Result<Option<Row>, DbError> {
        Ok(self.query(statement, params)?.into_iter().next())
    }

    /// Runs a statement whose first parameter is the user, and returns how many rows it changed.
    pub(super) fn execute(&self, statement: &str, params: &[Param]) -> Result<u64, DbError> {
        self.open()?.execute(statement, &self.owned(params))
    }

    pub(super) fn owned(&self, params: &[Param]) -> Vec<Param> {
        std::iter::once(Param::Str(self.owner.to_owned())).chain(params.iter().cloned()).collect()
    }
}

/// A count as the database takes it.
pub(super) fn count(number: usize) -> Result<i64, ChatError> {
    i64::try_from(number).map_err(|error| DbError::Internal(error.to_string()).into())
}

pub(super) fn text_or_null(text: Option<&str>) -> Param {
    text.map_or(Param::DbNull, |text| Param::Str(text.to_owned()))
}

pub(super) fn number_or_null(number: Option<i64>) -> Param {
    number.map_or(Param::DbNull, Param::Int64)
}

//! Errors of the database client as components see them, with the SQLSTATE.

use std::error::Error as _;

use crate::runtime::bindings::postgres::{DbError, Error, QueryError};

/// The error of a failed statement.
pub(crate) fn query_error(error: tokio_postgres::Error) -> Error {
    let Some(server) = error.as_db_error() else { return text_error(to_text(&error)) };
    Error::QueryFailed(QueryError::DbError(DbError {
        as_text: to_text(&error),
        severity: server.severity().to_owned(),
        code: server.code().code().to_owned(),
        message: server.message().to_owned(),
        detail: server.detail().map(str::to_owned),
        extras: extras(server),
    }))
}

/// An error that does not come from the server.
pub(crate) fn text_error(text: String) -> Error {
    Error::QueryFailed(QueryError::Text(text))
}

/// An error and its causes in one line. The client's errors never contain the password.
pub(crate) fn to_text(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let part = error.to_string();
        if !text.contains(&part) {
            text = format!("{text}: {part}");
        }
        cause = error.source();
    }
    text
}

fn extras(server: &tokio_postgres::error::DbError) -> Vec<(String, String)> {
    let line = server.line().map(|line| line.to_string());
    let fields = [
        ("column", server.column()),
        ("constraint", server.constraint()),
        ("routine", server.routine()),
        ("hint", server.hint()),
        ("table", server.table()),
        ("datatype", server.datatype()),
        ("schema", server.schema()),
        ("file", server.file()),
        ("line", line.as_deref()),
        ("where_", server.where_()),
    ];
    let given = |(name, value): (&str, Option<&str>)| Some((name.to_owned(), value?.to_owned()));
    fields.into_iter().filter_map(given).collect()
}

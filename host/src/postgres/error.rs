//! Errors of the client in the shape that components see; the SQLSTATE is kept.

use std::error::Error as _;

use crate::bindings::postgres::{DbError, Error, QueryError};

/// A failed statement.
pub(crate) fn query_failed(error: tokio_postgres::Error) -> Error {
    let Some(server) = error.as_db_error() else { return text_failed(text(&error)) };
    Error::QueryFailed(QueryError::DbError(DbError {
        as_text: text(&error),
        severity: server.severity().to_owned(),
        code: server.code().code().to_owned(),
        message: server.message().to_owned(),
        detail: server.detail().map(str::to_owned),
        extras: extras(server),
    }))
}

/// A failure that is not an answer of the server.
pub(crate) fn text_failed(text: String) -> Error {
    Error::QueryFailed(QueryError::Text(text))
}

/// An error and its causes in one line. The client's errors never hold the password.
pub(crate) fn text(error: &tokio_postgres::Error) -> String {
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

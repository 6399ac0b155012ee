//! PostgreSQL over Spin's `spin:postgres@4.0.0`: one connection, single statements, rows read by column name.
//! The only crate that names Postgres. There is no transaction here and must never be one: a guest that traps
//! between BEGIN and COMMIT returns its connection to the pool with the transaction open, and the next request's
//! writes are lost with it. A write is one statement.

mod connection;
mod error;
mod kept;
mod row;
mod row_text;
mod timestamp;
mod url;

pub use connection::Db;
pub use error::{DbError, UNSTORABLE};
pub use kept::keep_connection;
pub use row::Row;
pub use row_text::RowText;
pub use url::url_warnings;

/// A value bound to `$n`. Bind with a cast (`$1::text`), so that a `NULL` has a type.
pub use spin_sdk::pg4::ParameterValue as Param;

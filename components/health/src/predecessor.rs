//! The tables of the service that people used before: copied once, and again on demand.

use db::{Db, DbError, Param, Row};
use serde::Serialize;

const COPY_PREDECESSOR: &str = include_str!("../sql/copy_predecessor.sql");
const PREDECESSOR_TABLES: &str = include_str!("../sql/predecessor_tables.sql");

/// The migration that makes the tables in which copies are noted.
pub const PREDECESSOR_MIGRATION: &str = "0020_predecessor";
/// Runs without our own tables, so it is apart from `sql/`.
const PREDECESSOR_PREVIEW: &str = include_str!("../migrate/predecessor_preview.sql");

/// What was copied from one table.
#[derive(Debug, Serialize)]
pub struct CopiedTable {
    table: String,
    /// `task`, `conversation` or `message`.
    kind: String,
    copied: i64,
    users: i64,
    /// The rows that were left, since no user has their `user_id`.
    unknown: i64,
}

/// Copies what was not copied yet; if `again`, also what was added since to tables that were copied. Returns whether something
/// was done.
pub fn copy_predecessor(db: &Db, again: bool) -> Result<bool, DbError> {
    db.query_row(COPY_PREDECESSOR, &[Param::Boolean(again)])?.bool("copied")
}

impl CopiedTable {
    /// All of them.
    pub fn all(db: &Db) -> Result<Vec<Self>, DbError> {
        db.query(PREDECESSOR_TABLES, &[])?.iter().map(Self::read).collect()
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let table = row.text("name")?;
        let (copied, users, unknown) = (row.i64("copied")?, row.i64("users")?, row.i64("unknown")?);
        Ok(Self { table, kind: row.text("kind")?, copied, users, unknown })
    }

    /// In words; `None` for a table without rows.
    pub fn in_words(&self) -> Option<String> {
        if (self.copied, self.unknown) == (0, 0) {
            return None;
        }
        let copied = counted(self.copied, &self.kind);
        let users = counted(self.users, "user");
        let left = match self.unknown {
            0 => String::new(),
            unknown => format!(
                " {} left, whose user is not known.",
                if unknown == 1 { "1 row is".to_owned() } else { format!("{unknown} rows are") }
            ),
        };
        Some(format!("{copied} of {users} came from the table {}.{left}", self.table))
    }
}

/// A table of the predecessor that is there.
#[derive(Debug)]
pub struct PredecessorTable {
    table: String,
    kind: String,
    rows: i64,
    users: i64,
    unknown: i64,
}

impl PredecessorTable {
    /// All of them.
    pub fn all(db: &Db) -> Result<Vec<Self>, DbError> {
        db.query(PREDECESSOR_PREVIEW, &[])?.iter().map(Self::read).collect()
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let (table, kind) = (row.text("name")?, row.text("kind")?);
        Ok(Self { table, kind, rows: row.i64("rows")?, users: row.i64("users")?, unknown: row.i64("unknown")? })
    }

    /// What a start will do with it, in words.
    pub fn in_words(&self) -> String {
        let (rows, users) = (counted(self.rows, "row"), counted(self.users, "user"));
        let (table, kind) = (&self.table, &self.kind);
        match (kind.as_str(), self.unknown) {
            ("message", _) => format!("The table {table} has {rows}: they are copied with their conversations."),
            (_, 0) => format!("The table {table} has {rows}, {kind}s of {users}: they are copied."),
            (_, unknown) => format!(
                "The table {table} has {rows}, {kind}s of {users}: they are copied, without {} whose user is not known.",
                counted(unknown, "row")
            ),
        }
    }
}

fn counted(number: i64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;

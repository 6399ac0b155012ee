//! Better Auth's tables, as other servers made them: whether they can be used.

use db::{Db, DbError, Row};

const TABLE_FAULTS: &str = include_str!("../migrate/table_faults.sql");
const COMPLETE_TABLES: &str = include_str!("../migrate/complete_tables.sql");
const SET_UTC: &str = include_str!("../migrate/set_utc.sql");
const END_CONNECTION: &str = include_str!("../migrate/end_connection.sql");

/// Something about Better Auth's tables because of which they cannot be used.
#[derive(Debug)]
pub struct TableFault {
    /// It names the column or table.
    pub sentence: String,
    /// What a start does about it.
    pub cure: Option<FaultCure>,
}

/// What a start can do about a fault, without harm to the genuine server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultCure {
    /// Adds the columns that only newer versions of Better Auth have.
    AddColumns,
    /// Makes the connections to the database be in UTC.
    SetUtc,
}

impl TableFault {
    /// All of them, by one look into the catalogue.
    pub fn all(db: &Db) -> Result<Vec<Self>, DbError> {
        db.query(TABLE_FAULTS, &[])?.iter().map(Self::read).collect()
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let cure = match row.opt_text("cure")?.as_deref() {
            Some("columns") => Some(FaultCure::AddColumns),
            Some(_) => Some(FaultCure::SetUtc),
            None => None,
        };
        Ok(Self { sentence: row.text("fault")?, cure })
    }
}

/// Does what can be done about these faults; returns a connection that knows of it.
pub fn cure(db: Db, url: &str, faults: &[TableFault]) -> Result<Db, DbError> {
    let needs = |cure| faults.iter().any(|fault| fault.cure == Some(cure));
    if needs(FaultCure::AddColumns) {
        db.execute(COMPLETE_TABLES, &[])?;
    }
    if !needs(FaultCure::SetUtc) {
        return Ok(db);
    }
    db.execute(SET_UTC, &[])?;
    // This connection ends, so the statement fails.
    db.execute(END_CONNECTION, &[]).unwrap_or_default();
    drop(db);
    Db::open(url)
}

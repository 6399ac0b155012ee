//! Deletes what is kept for a time only. Probes request `/ready` regularly, so it is done there.

use db::{Db, DbError};

const SWEEP: &str = include_str!("../sql/sweep.sql");

/// Deletes what has served its time.
pub fn sweep(db: &Db) -> Result<(), DbError> {
    db.execute(SWEEP, &[]).map(|_| ())
}

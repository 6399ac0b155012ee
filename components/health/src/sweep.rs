//! Deletes what is kept for a time only. Probes request `/ready` regularly, so it is done there.

use db::{Db, DbError, Param};

const SWEEP: &str = include_str!("../sql/sweep.sql");

/// Deletes what has served its time; changes of tasks after `history_days`. Returns whether reminders wait for the clock for too long.
pub fn sweep(db: &Db, history_days: i64) -> Result<bool, DbError> {
    db.query_row(SWEEP, &[Param::from(history_days)])?.bool("is_clock_late")
}

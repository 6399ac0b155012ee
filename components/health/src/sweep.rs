//! What is kept for a time only. Probes ask `/ready` all the time, so it is the one regular occasion there is.

use db::{Db, DbError};

const OUTDATED: &str = "with
      deleted as (delete from deleted_task where deleted_at < now() - interval '24 hours'),
      keys as (delete from idempotency_key where created_at < now() - interval '24 hours')
    delete from rate_limit where resets_at < now() - interval '1 hour'";

/// Removes deleted tasks and idempotency keys of more than 24 hours ago, and counts of past windows.
pub fn sweep(db: &Db) -> Result<(), DbError> {
    db.execute(OUTDATED, &[]).map(|_| ())
}

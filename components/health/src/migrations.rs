//! The migrations, embedded, and how they are applied.

use db::{Db, DbError};

/// One file of `migrations/`.
#[derive(Debug)]
pub struct Migration {
    /// The file's name without `.sql`; its leading number is the order.
    pub name: &'static str,
    sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+) => {
        /// Every migration in the order of application.
        pub const MIGRATIONS: &[Migration] = &[$(Migration {
            name: $name,
            sql: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }),+];
    };
}

migrations!(
    "0001_initial",
    "0002_rate_limit",
    "0003_oauth",
    "0004_task_lifetime",
    "0005_chat",
    "0006_begin_turn",
    "0007_dead_turns",
    "0008_task_functions",
    "0009_take_tokens",
    "0010_list_tasks",
    "0011_signing_key",
    "0012_chat_functions",
    "0013_long_descriptions",
    "0014_task_members",
    "0015_take_back",
    "0016_better_auth_versions",
    "0017_task_history",
    "0018_task_details",
    "0019_personal_tokens",
    "0020_predecessor",
    "0021_imported_file",
    "0022_task_changes",
    "0023_task_order",
    "0024_predecessor_copy",
    "0025_reminders",
    "0026_history_of_lists",
    "0027_account_safety",
    "0028_calendar_feed",
    "0029_earlier_messages",
    "0030_one_change_at_a_time",
    "0031_bulk_places",
    "0032_moved_subscriptions",
    "0033_reminder_times",
    "0034_mailed_code",
    "0035_cheaper_changes",
    "0036_live_session",
    "0037_planned_sweep",
    "0038_planned_lists",
    "0039_planned_writes",
    "0040_planned_turns",
    "0041_kept_signing_key",
    "0042_tasks_as_text",
    "0043_cheaper_writes",
    "0044_valid_tasks",
    "0045_cheaper_sweep",
    "0046_moved_series",
    "0047_local_clock"
);

/// The statements that apply migrations. They are apart from `sql/`, since they run without the schema.
const IS_TRACKED: &str = include_str!("../migrate/is_tracked.sql");
const APPLIED: &str = include_str!("../migrate/applied.sql");
const APPLIED_OUTSIDE: &str = include_str!("../migrate/applied_outside.sql");
const PREPARE_SCHEMA: &str = include_str!("../migrate/prepare_schema.sql");
const APPLY: &str = include_str!("../migrate/apply.sql");

impl Migration {
    /// The migrations that are not applied yet, in order.
    pub fn missing(db: &Db) -> Result<Vec<&'static Self>, DbError> {
        let tracked = db.query_row(IS_TRACKED, &[])?;
        let rows = match (tracked.bool("is_tracked")?, tracked.bool("is_tracked_outside")?) {
            (true, _) => db.query(APPLIED, &[])?,
            (false, true) => db.query(APPLIED_OUTSIDE, &[])?,
            (false, false) => Vec::new(),
        };
        let applied: Vec<String> = rows.iter().map(|row| row.text("name")).collect::<Result<_, _>>()?;
        Ok(MIGRATIONS.iter().filter(|migration| !applied.iter().any(|name| name == migration.name)).collect())
    }

    /// Applies these migrations in order. Each is one statement, so it is applied wholly or not at all; replicas wait for
    /// each other.
    pub fn apply(db: &Db, missing: &[&Self]) -> Result<(), DbError> {
        if !missing.is_empty() {
            db.execute(PREPARE_SCHEMA, &[])?;
        }
        missing.iter().try_for_each(|Self { name, sql }| {
            db.execute(APPLY, &[(*name).to_owned().into(), (*sql).to_owned().into()]).map(|_| ())
        })
    }
}

#[cfg(test)]
mod tests;

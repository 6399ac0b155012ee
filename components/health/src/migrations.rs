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
    "0016_better_auth_versions"
);

/// The statements that apply migrations. They are apart from `sql/`, since they run without the schema.
const IS_TRACKED: &str = include_str!("../migrate/is_tracked.sql");
const APPLIED: &str = include_str!("../migrate/applied.sql");
const DEFINE_APPLY: &str = include_str!("../migrate/define_apply.sql");
const APPLY: &str = include_str!("../migrate/apply.sql");

impl Migration {
    /// The migrations that are not applied yet, in order.
    pub fn missing(db: &Db) -> Result<Vec<&'static Self>, DbError> {
        let applied: Vec<String> = match db.query_row(IS_TRACKED, &[])?.bool("is_tracked")? {
            true => db.query(APPLIED, &[])?.iter().map(|row| row.text("name")).collect::<Result<_, _>>()?,
            false => Vec::new(),
        };
        Ok(MIGRATIONS.iter().filter(|migration| !applied.iter().any(|name| name == migration.name)).collect())
    }

    /// Applies these migrations in order. Each is one statement, so it is applied wholly or not at all; replicas wait for
    /// each other.
    pub fn apply(db: &Db, missing: &[&Self]) -> Result<(), DbError> {
        if !missing.is_empty() {
            db.execute(DEFINE_APPLY, &[])?;
        }
        missing.iter().try_for_each(|Self { name, sql }| {
            db.execute(APPLY, &[(*name).to_owned().into(), (*sql).to_owned().into()]).map(|_| ())
        })
    }
}

#[cfg(test)]
mod tests;

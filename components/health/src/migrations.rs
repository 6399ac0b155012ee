//! The migrations, embedded, and how one is applied: one `DO` block, so wholly or not at all.

use db::{Db, DbError, Param};

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
    "0011_signing_key"
);

/// Any number will do, as long as nothing else on this database uses it: "todo" in ASCII.
const ADVISORY_LOCK: i64 = 0x746f_646f;

impl Migration {
    /// Those not applied yet, in order.
    pub fn missing(db: &Db) -> Result<Vec<&'static Self>, DbError> {
        let known = db.query_row("select to_regclass('schema_migration') is not null as known", &[])?;
        let applied: Vec<String> = match known.bool("known")? {
            true => {
                let rows = db.query("select name from schema_migration", &[])?;
                rows.iter().map(|row| row.text("name")).collect::<Result<_, _>>()?
            }
            false => Vec::new(),
        };
        Ok(MIGRATIONS.iter().filter(|migration| !applied.iter().any(|name| name == migration.name)).collect())
    }

    /// Applies it unless another replica did so first; waits for one that is at it.
    pub fn apply(&self, db: &Db) -> Result<(), DbError> {
        let params: [Param; 0] = [];
        db.execute(&self.statement(), &params).map(|_| ())
    }

    fn statement(&self) -> String {
        let Self { name, sql } = self;
        format!(
            "do $migration$
             begin
               perform pg_advisory_xact_lock({ADVISORY_LOCK});
               create table if not exists schema_migration (
                 name text not null,
                 applied_at timestamptz not null default now(),
                 constraint schema_migration_pkey primary key (name)
               );
               if exists (select from schema_migration where name = '{name}') then
                 return;
               end if;
               {sql}
               insert into schema_migration (name) values ('{name}');
             end
             $migration$"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_files_stay_inside_their_block() {
        let names: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
        assert!(names.is_sorted());
        for Migration { name, sql } in MIGRATIONS {
            assert!(!sql.contains("$migration$"), "{name}");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{name}");
        }
    }

    #[test]
    fn every_file_is_listed() {
        let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../migrations";
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        assert_eq!(files.filter(|file| file.ends_with(".sql")).count(), MIGRATIONS.len());
    }
}

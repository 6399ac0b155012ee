//! The schema of a database, as statements that make it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result};
use tokio::sync::OnceCell;
use tokio_postgres::Client;

use crate::database::{connect, create, create_database};

const DESCRIBE: &str = include_str!("describe_schema.sql");
/// How the health component applies a migration.
const PREPARE_SCHEMA: &str = include_str!("../../components/health/migrate/prepare_schema.sql");
const APPLY: &str = include_str!("../../components/health/migrate/apply.sql");
const HEAD: &str = "\
-- The schema that the migrations make, to read and to check statements against. `make schema` writes this file, and the tests
-- compare it with the migrations. Nothing runs it.
create schema todo;
set check_function_bodies = off;
";

/// The project's folder.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The schema of this database, as `migrations/schema.sql` has it.
pub async fn describe_schema(client: &Client) -> Result<String> {
    client.batch_execute("set search_path to public").await?;
    let objects: String = client.query_one(DESCRIBE, &[]).await?.get(0);
    Ok(format!("{HEAD}\n{objects}\n"))
}

/// The files of `migrations/` in the order in which they are applied.
pub fn migration_files() -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(project().join("migrations"))?.collect::<Result<Vec<_>, _>>()?;
    let numbered = |file: &Path| file.file_name().is_some_and(|name| name.as_encoded_bytes()[0].is_ascii_digit());
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(|file| numbered(file)).collect();
    files.sort();
    Ok(files)
}

/// Applies them to the database at `url`, without the app.
pub async fn run_migrations(url: &str) -> Result<()> {
    let client = connect(url).await?;
    client.batch_execute(PREPARE_SCHEMA).await?;
    for file in migration_files()? {
        let name = file.file_stem().and_then(|name| name.to_str()).context("a name of a migration")?;
        let sql = std::fs::read_to_string(&file)?;
        client.execute(APPLY, &[&name, &sql]).await.with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// Creates a database with the schema that the migrations make: a copy of one that the first call in this process migrates.
pub async fn create_migrated_database() -> Result<String> {
    static MIGRATED: OnceCell<String> = OnceCell::const_new();
    let make = async || {
        let url = create_database().await?;
        run_migrations(&url).await?;
        Ok::<_, Error>(url.rsplit('/').next().unwrap_or_default().to_owned())
    };
    create(MIGRATED.get_or_try_init(make).await?).await
}

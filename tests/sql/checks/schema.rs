//! `migrations/schema.sql` is what the migrations make.

use anyhow::Result;
use sql_checks::{connect, create_database, describe_schema, project, run_migrations};

#[tokio::test]
async fn the_schema_file_is_what_the_migrations_make() -> Result<()> {
    let (migrated, empty) = (create_database().await?, create_database().await?);
    run_migrations(&migrated).await?;
    let made = describe_schema(&connect(&migrated).await?).await?;
    let file = project().join("migrations/schema.sql");
    if std::env::var_os("WRITE_SCHEMA").is_some() {
        std::fs::write(&file, &made)?;
    }
    let schema = std::fs::read_to_string(&file)?;
    assert!(schema == made, "migrations/schema.sql is old: run `make schema`");
    // Without `todo` in the search path, so that functions of SQL are checked to name their tables.
    let client = connect(&empty).await?;
    client.batch_execute(&format!("set search_path to public; {schema}")).await?;
    assert!(describe_schema(&client).await? == schema, "the file makes another schema");
    Ok(())
}

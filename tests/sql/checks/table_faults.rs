//! What the health component says about Better Auth's tables while another replica makes them.

use anyhow::Result;
use sql_checks::{connect, create_database, project, run_migrations};

#[tokio::test]
async fn tables_that_are_made_meanwhile_are_no_faults() -> Result<()> {
    let url = create_database().await?;
    let table_faults = std::fs::read_to_string(project().join("components/health/migrate/table_faults.sql"))?;
    let client = connect(&url).await?;
    // From here on, this transaction sees no row of the catalogue that is made later.
    client.batch_execute("begin isolation level repeatable read; select from pg_class").await?;
    run_migrations(&url).await?;
    let faults = client.query(&table_faults, &[]).await?;
    let sentences: Vec<String> = faults.iter().filter_map(|row| row.get("fault")).collect();
    assert!(sentences.is_empty(), "{sentences:?}");
    Ok(())
}

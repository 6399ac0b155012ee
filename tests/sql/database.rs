//! A fresh database for each app.

use anyhow::{Context, Result, anyhow};
use tokio_postgres::{Client, NoTls};

/// Creates an empty database on the server of `TEST_DATABASE_URL` and returns its URL. `scripts/test.sh` starts that
/// server and throws it away, so nothing is dropped here.
pub async fn create_database() -> Result<String> {
    create("template1").await
}

/// Creates a copy of a database on that server.
pub(crate) async fn create(template: &str) -> Result<String> {
    let server = std::env::var("TEST_DATABASE_URL")
        .context("TEST_DATABASE_URL is not set; run the tests by `make test` or `scripts/test.sh rust_tests`")?;
    let name = format!("todo_{:016x}", getrandom::u64().map_err(|error| anyhow!("{error}"))?);
    execute(&server, &format!("create database {name} template {template}")).await.context("TEST_DATABASE_URL")?;
    let (address, _) = server.rsplit_once('/').context("TEST_DATABASE_URL names no database")?;
    Ok(format!("{address}/{name}"))
}

/// Runs statements on the database at `url`: what only time or an operator would do.
pub async fn execute(url: &str, sql: &str) -> Result<()> {
    Ok(connect(url).await?.batch_execute(sql).await?)
}

/// A connection to the database at `url`; it ends when it is dropped. Tests name our tables without their schema.
pub async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute("set search_path to public, todo").await?;
    Ok(client)
}

//! A PostgreSQL server of one test, which may restart it.

use anyhow::{Result, ensure};
use tempfile::TempDir;
use tokio::process::Command;

use crate::project::root;

/// A running server; it is removed when it is dropped.
pub struct OwnPostgres {
    /// Its database.
    pub url: String,
    folder: TempDir,
}

impl OwnPostgres {
    /// Starts a server with an empty database.
    pub async fn start() -> Result<Self> {
        let mut server = Self { url: String::new(), folder: tempfile::tempdir()? };
        server.run("start").await?;
        server.url = server.run("url").await?;
        Ok(server)
    }

    /// Ends all connections, and the server.
    pub async fn stop(&self) -> Result<()> {
        self.run("stop").await.map(drop)
    }

    /// Starts the server again, at the same address.
    pub async fn start_again(&self) -> Result<()> {
        self.run("start").await.map(drop)
    }

    /// Runs the script and returns what it prints.
    async fn run(&self, verb: &str) -> Result<String> {
        let output = self.command(verb).output().await?;
        ensure!(output.status.success(), "postgres.sh {verb}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(root().join("scripts/postgres.sh"));
        command.arg(verb).env("POSTGRES_DIR", self.folder.path().join("postgres"));
        command
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        self.command("remove").into_std().output().ok();
    }
}

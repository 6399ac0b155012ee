//! A stand-in for Gemini that others wrote: aimock (npm `@copilotkit/aimock`), answering from fixtures.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::root;

/// The variables that point the chat at a Gemini at `url`.
pub fn gemini_variables(url: &str) -> Vec<(&str, &str)> {
    vec![("gemini_url", url), ("gemini_api_version", "v1beta"), ("gemini_api_key", "test-key")]
}

/// A running aimock; it ends when it is dropped.
pub struct Aimock {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    _process: Child,
}

impl Aimock {
    /// Starts it on the fixtures of `tests/fixtures/gemini`.
    pub async fn start() -> Result<Self> {
        let program = root().join("tests/node_modules/@copilotkit/aimock/dist/cli.js");
        ensure!(program.exists(), "aimock is missing; run the tests by `make test`, or `npm --prefix tests ci`");
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let mut process = Command::new("node")
            .arg(program)
            .args(["-h", "127.0.0.1", "-p", &port.to_string(), "--strict", "--validate-on-load", "-f"])
            .arg(root().join("tests/fixtures/gemini"))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .context("node")?;
        let mut lines = BufReader::new(process.stdout.take().context("stdout")?).lines();
        let url = format!("http://127.0.0.1:{port}");
        let listening = async {
            while let Some(line) = lines.next_line().await? {
                if line.contains(&port.to_string()) {
                    return Ok(());
                }
            }
            bail!("aimock ended")
        };
        timeout(Duration::from_secs(30), listening).await.context("aimock does not listen")??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { url, _process: process })
    }
}

//! The app under `spin up`, as a process of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use host::InstanceReuse;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::log_lines::LogLines;
use crate::project::root;

/// A running `spin up`; it ends when it is dropped.
pub(crate) struct SpinProcess(Child);

impl SpinProcess {
    /// Starts it at `base` (`http://127.0.0.1:PORT`) and waits until `/health` responds.
    pub(crate) async fn start(
        base: &str,
        variables: &BTreeMap<String, String>,
        state: &Path,
        reuse: &InstanceReuse,
        log: LogLines,
    ) -> Result<Self> {
        let environment =
            variables.iter().map(|(name, value)| (format!("SPIN_VARIABLE_{}", name.to_uppercase()), value));
        let mut child = Command::new("spin")
            .args(["up", "-f", "spin.toml", "--listen", base.trim_start_matches("http://"), "--state-dir"])
            .arg(state)
            .args(["--max-instance-reuse-count", &reuse.requests.to_string()])
            .args(["--max-instance-concurrent-reuse-count", &reuse.concurrent.to_string()])
            .args(["--idle-instance-timeout", &reuse.idle_time.as_secs().to_string()])
            .envs(environment)
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("spin is not on PATH")?;
        tokio::spawn(collect(child.stdout.take().context("stdout")?, log.clone()));
        tokio::spawn(collect(child.stderr.take().context("stderr")?, log.clone()));
        let mut spin = Self(child);
        let healthy = spin.await_health(base);
        timeout(Duration::from_secs(120), healthy).await.context("spin up does not respond")?.with_context(|| {
            log.lock().expect("no writer panics").join("\n") // why it ended
        })?;
        Ok(spin)
    }

    async fn await_health(&mut self, base: &str) -> Result<()> {
        loop {
            if let Some(status) = self.0.try_wait()? {
                bail!("spin up ended with {status}");
            }
            if reqwest::get(format!("{base}/health")).await.is_ok_and(|response| response.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for SpinProcess {
    /// `spin up` has children: the signal goes to its process group.
    fn drop(&mut self) {
        if let Some(id) = self.0.id() {
            std::process::Command::new("kill").args(["-INT", "--", &format!("-{id}")]).status().ok();
        }
    }
}

async fn collect(output: impl AsyncRead + Unpin, log: LogLines) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        log.lock().expect("no writer panics").push(line);
    }
}

//! Runs a command against a fresh app: `BASE_URL` is where it answers. For the suites of other languages.

use std::process::exit;

use anyhow::{Context, Result};
use tests::TestApp;
use tokio::process::Command;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().context("usage: with-app COMMAND [ARGUMENT…]")?;
    let app = TestApp::start().await?;
    let status = Command::new(program).args(arguments).env("BASE_URL", &app.base).status().await?;
    if !status.success() {
        eprintln!("{}", app.log());
    }
    exit(status.code().unwrap_or(1))
}

//! Runs a command against a fresh app: `BASE_URL` is where it answers, `DATABASE_URL` its database. For the suites of
//! other languages; a stand-in takes Google's place. Variables of the app may come first: `with-app NAME=VALUE… -- COMMAND [ARGUMENT…]`.

use std::process::exit;

use anyhow::{Context, Result};
use tests::{GoogleServer, TestApp};
use tokio::process::Command;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let variables: Vec<String> = match arguments.iter().position(|argument| argument == "--") {
        Some(end) => arguments.drain(..=end).take(end).collect(),
        None => Vec::new(),
    };
    let given: Option<Vec<(&str, &str)>> = variables.iter().map(|argument| argument.split_once('=')).collect();
    let (program, arguments) =
        arguments.split_first().context("usage: with-app [NAME=VALUE… --] COMMAND [ARGUMENT…]")?;
    let google = GoogleServer::start().await?;
    let mut variables = google.variables();
    variables.extend(given.context("before -- there are only variables: NAME=VALUE")?);
    let app = TestApp::with(&variables).await?;
    let command = Command::new(program)
        .args(arguments)
        .env("BASE_URL", &app.base)
        .env("DATABASE_URL", &app.database_url)
        .status();
    let status = command.await?;
    if !status.success() {
        eprintln!("{}", app.log());
    }
    drop((app, google)); // `exit` drops nothing
    exit(status.code().unwrap_or(1))
}

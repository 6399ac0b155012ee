//! Runs a command against a fresh app: `BASE_URL` is where it listens, `DATABASE_URL` its database. For the suites of
//! other languages; a stand-in takes Google's place. Variables of the app may come first: `with-app NAME=VALUE… -- COMMAND [ARGUMENT…]`.
//! If the command fails, the app's log follows, and then the end of the command's output again: it says what failed.

use std::io::{IsTerminal, Write};
use std::process::{Stdio, exit};

use anyhow::{Context, Result};
use tests::{GoogleServer, TestApp};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

/// So much of the output is printed again.
const END_BYTES: usize = 6000;

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
    let mut command = Command::new(program);
    command.args(arguments).env("BASE_URL", &app.base).env("DATABASE_URL", &app.database_url);
    // On a terminal the command draws as it likes.
    if !std::io::stdout().is_terminal() {
        command.stdout(Stdio::piped());
    }
    let mut running = command.spawn()?;
    let end = match running.stdout.take() {
        Some(output) => pass_on(output).await?,
        None => Vec::new(),
    };
    let status = running.wait().await?;
    if !status.success() {
        eprintln!("{}\nThe end of what `{program}` printed:\n{}", app.log(), String::from_utf8_lossy(&end));
    }
    drop((app, google)); // `exit` drops nothing
    exit(status.code().unwrap_or(1))
}

/// Prints the output as it comes and returns the end of it, from the beginning of a line.
async fn pass_on(mut output: impl AsyncRead + Unpin) -> Result<Vec<u8>> {
    let (mut end, mut buffer) = (Vec::new(), [0; 8192]);
    loop {
        let count = output.read(&mut buffer).await?;
        let read = buffer.get(..count).unwrap_or_default();
        if read.is_empty() {
            return Ok(end);
        }
        std::io::stdout().write_all(read)?;
        end.extend_from_slice(read);
        if end.len() > END_BYTES {
            end.drain(..end.len() - END_BYTES);
            let line = end.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            end.drain(..line);
        }
    }
}

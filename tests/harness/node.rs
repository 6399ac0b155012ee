//! Stand-ins that run in Node.

use std::ffi::OsStr;
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Starts a program of these arguments, and returns it with the lines that it prints. It is ended when it is dropped, and its
/// standard input ends with this process, however that goes.
pub(crate) fn start(arguments: &[&OsStr]) -> Result<(Child, Lines<BufReader<ChildStdout>>)> {
    let mut process = Command::new("node")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .context("node")?;
    let output = process.stdout.take().context("stdout")?;
    Ok((process, BufReader::new(output).lines()))
}

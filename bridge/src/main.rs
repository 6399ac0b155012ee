//! `todo-mcp`: a stdio transport for an MCP server that is reached by HTTP, for hosts that can only start programs. Each
//! line of stdin is one JSON message, which is posted to the server; each response is written as one line to stdout.
//! Responses are written as they arrive, not in the order of the requests.
//!
//! The program stores nothing, connects with the first message, and writes nothing but messages to stdout.

mod headers;
mod message;
mod response;
mod server;
mod settings;

use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;
use std::sync::{Condvar, Mutex};
use std::thread;

use message::ClientMessage;
use server::RemoteServer;

/// The longest line, in bytes. The server allows 1 MiB and rejects longer messages itself.
const LINE_LIMIT: u64 = 4 * 1024 * 1024;
/// Requests at the same time; further ones wait.
const CONCURRENT_REQUESTS: usize = 16;

fn main() -> ExitCode {
    let server = RemoteServer::new(settings::read());
    if let Err(reason) = &server.settings {
        eprintln!("todo-mcp: {reason}");
    }
    match serve(&mut io::stdin().lock(), &server) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("todo-mcp: cannot read from stdin: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Handles every line. Returns when the input ends and the last response is written.
fn serve(input: &mut dyn BufRead, server: &RemoteServer) -> io::Result<()> {
    let slots = RequestSlots { free: Mutex::new(CONCURRENT_REQUESTS), freed: Condvar::new() };
    thread::scope(|scope| {
        while let Some(line) = next_line(input)? {
            for message in ClientMessage::parse_line(&line) {
                match message {
                    Ok(message) => {
                        slots.take();
                        scope.spawn(|| {
                            server.forward(message, &mut write_line);
                            slots.give_back();
                        });
                    }
                    Err(error) => write_line(&error),
                }
            }
        }
        Ok(())
    })
}

/// The next line. A line that is too long is skipped and replaced by one that is not JSON.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(LINE_LIMIT).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if !line.ends_with(b"\n") && line.len() as u64 == LINE_LIMIT {
        line = b"{".to_vec();
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

/// Writes one message. If stdout is closed the host has ended, so the program ends too.
fn write_line(message: &str) {
    let mut out = io::stdout().lock();
    if writeln!(out, "{message}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// The number of requests that may still start.
struct RequestSlots {
    free: Mutex<usize>,
    freed: Condvar,
}

impl RequestSlots {
    fn take(&self) {
        let free = self.free.lock().expect("no holder panics");
        let mut free = self.freed.wait_while(free, |free| *free == 0).expect("no holder panics");
        *free -= 1;
    }

    fn give_back(&self) {
        *self.free.lock().expect("no holder panics") += 1;
        self.freed.notify_one();
    }
}

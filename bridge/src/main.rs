//! `todo-mcp`: the stdio end of an MCP server that is reached by HTTP, for hosts that only start programs. One JSON
//! message per line comes in, each is posted, and each answer goes out as one line. Requests are answered as they
//! finish, not in the order in which they came.
//!
//! Keeps nothing, does nothing before the first message, and writes nothing but messages to stdout.

mod answer;
mod headers;
mod message;
mod remote;
mod settings;

use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;
use std::sync::{Condvar, Mutex};
use std::thread;

use message::Message;
use remote::Remote;

/// The longest line, in bytes: the server takes 1 MiB and says so itself.
const LINE_LIMIT: u64 = 4 * 1024 * 1024;
/// Requests under way at the same time; further ones wait.
const CONCURRENT: usize = 16;

fn main() -> ExitCode {
    let remote = Remote::new(settings::read());
    if let Err(reason) = &remote.settings {
        eprintln!("todo-mcp: {reason}");
    }
    match serve(&mut io::stdin().lock(), &remote) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("todo-mcp: cannot read from stdin: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers every line; returns when the input ends and the last answer is written.
fn serve(input: &mut dyn BufRead, remote: &Remote) -> io::Result<()> {
    let slots = Slots { free: Mutex::new(CONCURRENT), freed: Condvar::new() };
    thread::scope(|scope| {
        while let Some(line) = next_line(input)? {
            match Message::read(line) {
                Ok(None) => {}
                Ok(Some(message)) => {
                    slots.take();
                    scope.spawn(|| {
                        remote.forward(message, &mut write_line);
                        slots.give_back();
                    });
                }
                Err(refusal) => write_line(&refusal),
            }
        }
        Ok(())
    })
}

/// The next line without its end; one that is too long comes cut, so that it is no JSON, and the rest is skipped.
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

/// Writes one message. A host that no longer reads has gone: there is nobody left to answer.
fn write_line(message: &str) {
    let mut out = io::stdout().lock();
    if writeln!(out, "{message}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// How many more requests may be under way.
struct Slots {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Slots {
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

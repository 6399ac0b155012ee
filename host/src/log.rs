//! One line of JSON per event: a request served, something the operator should know. Output of components passes
//! through unchanged, a whole line at a time. Never a query string, a header or a value of a variable.

use std::fmt;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde::Serialize;
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};

/// The longest piece of a component's output that is kept together.
const LINE_BYTES: usize = 16 << 10;

/// Where lines go.
#[derive(Clone)]
pub enum Log {
    /// To standard output.
    Stdout,
    /// To standard error.
    Stderr,
    /// Nowhere.
    Nowhere,
    /// To a function, which gets each line without its end.
    Sink(Arc<dyn Fn(&str) + Send + Sync>),
}

impl Log {
    /// Writes one line.
    pub fn line(&self, line: &str) {
        // One write each, so that lines of several processes do not mix. A log that nobody reads any more is no reason to stop.
        let whole = || [line.as_bytes(), b"\n"].concat();
        match self {
            Self::Stdout => std::io::stdout().lock().write_all(&whole()).unwrap_or(()),
            Self::Stderr => std::io::stderr().lock().write_all(&whole()).unwrap_or(()),
            Self::Nowhere => {}
            Self::Sink(sink) => sink(line),
        }
    }

    /// Writes something the operator should know about a component.
    pub(crate) fn message(&self, level: &str, component: &str, request_id: &str, message: &str) {
        self.json(&Message { ts: now(), level, component, request_id, message });
    }

    /// Writes one line of JSON.
    pub(crate) fn json(&self, line: &impl Serialize) {
        // Lines are plain structs of texts and numbers: they can always be written as JSON.
        if let Ok(line) = serde_json::to_string(line) {
            self.line(&line);
        }
    }
}

#[derive(Serialize)]
struct Message<'a> {
    ts: String,
    level: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    component: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    request_id: &'a str,
    message: &'a str,
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stdout => "Stdout",
            Self::Stderr => "Stderr",
            Self::Nowhere => "Nowhere",
            Self::Sink(_) => "Sink",
        })
    }
}

/// The time as RFC 3339 in UTC with milliseconds.
pub(crate) fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// Standard output or error of a component.
#[derive(Clone)]
pub(crate) struct GuestOutput(pub(crate) Log);

impl IsTerminal for GuestOutput {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for GuestOutput {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(Lines { log: self.0.clone(), pending: Vec::new() })
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(Lines { log: self.0.clone(), pending: Vec::new() })
    }
}

/// Cuts what is written into lines.
struct Lines {
    log: Log,
    pending: Vec<u8>,
}

impl Lines {
    fn push(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ended) = piece.strip_suffix(b"\n").map_or((piece, false), |text| (text, true));
            for part in text.chunks(LINE_BYTES) {
                if self.pending.len() + part.len() > LINE_BYTES {
                    self.end_line();
                }
                self.pending.extend_from_slice(part);
            }
            if ended {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        self.log.line(&String::from_utf8_lossy(&self.pending));
        self.pending.clear();
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        if !self.pending.is_empty() {
            self.end_line();
        }
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Lines {
    async fn ready(&mut self) {}
}

#[wasmtime_wasi::async_trait]
impl OutputStream for Lines {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.push(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(64 << 10)
    }
}

impl AsyncWrite for Lines {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.push(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn output_is_cut_into_whole_lines() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = seen.clone();
        let log = Log::Sink(Arc::new(move |line: &str| sink.lock().unwrap().push(line.to_owned())));
        let mut lines = Lines { log, pending: Vec::new() };
        lines.push(b"one\ntw");
        lines.push(b"o\nthree");
        drop(lines);
        assert_eq!(*seen.lock().unwrap(), ["one", "two", "three"]);
    }
}

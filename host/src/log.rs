//! The host's own log: one line of JSON for each event. Never a query string, a header or the value of a variable.

use std::fmt;
use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

/// Where lines go.
#[derive(Clone)]
pub enum LogSink {
    /// To standard output.
    Stdout,
    /// To standard error.
    Stderr,
    /// Nowhere.
    Nowhere,
    /// To a function, which gets each line without its end.
    Function(Arc<dyn Fn(&str) + Send + Sync>),
}

impl LogSink {
    /// Writes one line.
    pub fn line(&self, line: &str) {
        // One write a line, so that the lines of several processes do not mix. A closed log does not stop the host.
        let whole = || [line.as_bytes(), b"\n"].concat();
        match self {
            Self::Stdout => std::io::stdout().lock().write_all(&whole()).unwrap_or(()),
            Self::Stderr => std::io::stderr().lock().write_all(&whole()).unwrap_or(()),
            Self::Nowhere => {}
            Self::Function(write) => write(line),
        }
    }

    /// Writes a message for the operator; `component` and `request_id` may be empty.
    pub(crate) fn message(&self, level: &str, component: &str, request_id: &str, message: &str) {
        self.json(&LogMessage { ts: now(), level, component, request_id, message });
    }

    /// Writes one line of JSON.
    pub(crate) fn json(&self, line: &impl Serialize) {
        // Lines are plain structs of strings and numbers, which can always be written as JSON.
        if let Ok(line) = serde_json::to_string(line) {
            self.line(&line);
        }
    }
}

impl fmt::Debug for LogSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stdout => "Stdout",
            Self::Stderr => "Stderr",
            Self::Nowhere => "Nowhere",
            Self::Function(_) => "Function",
        })
    }
}

#[derive(Serialize)]
struct LogMessage<'a> {
    ts: String,
    level: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    component: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    request_id: &'a str,
    message: &'a str,
}

/// The time as RFC 3339 in UTC with milliseconds.
pub(crate) fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

//! The log: one JSON line an event, made by serde alone. Who writes it is set by [`set_log_writer`]; without that it is
//! the standard error stream, for tests.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::json;

use crate::error::ApiError;
use crate::request::{Request, request_id};

static WRITER: OnceLock<fn(&str)> = OnceLock::new();

/// Sets who writes the lines. Only the first call counts.
pub fn set_log_writer(writer: fn(&str)) {
    WRITER.get_or_init(|| writer);
}

/// Logs an event as one line of JSON. Never of what users wrote, nor tokens, keys or e-mail addresses.
pub fn log<T: Serialize + ?Sized>(event: &T) {
    let line = serde_json::to_string(event).expect("an event is plain data with string keys");
    match WRITER.get() {
        Some(write) => write(&line),
        None => eprintln!("{line}"),
    }
}

/// Logs a failure that does not fail the request.
pub fn log_warning(request: &Request, event: &'static str, cause: &str) {
    log(&json!({"level": "warn", "request_id": request_id(request), "event": event, "cause": cause}));
}

/// Logs a failure that comes after the response has begun.
pub fn log_late_error(request: &Request, cause: &str) {
    log_error(request, &ApiError::internal(cause));
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    level: &'static str,
    request_id: &'a str,
    method: &'a str,
    status: u16,
    code: &'a str,
    cause: &'a str,
}

/// Logs an error that is our own fault; those of clients are in the line of their request.
pub(crate) fn log_error(request: &Request, error: &ApiError) {
    if !error.status.is_server_error() {
        return;
    }
    log(&ErrorLine {
        level: "error",
        request_id: request_id(request),
        method: request.method().as_str(),
        status: error.status.as_u16(),
        code: error.code,
        cause: error.reason(),
    });
}

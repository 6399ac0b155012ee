//! The Model Context Protocol over Streamable HTTP, the part a stateless server with tools needs, in both of its eras:
//! modern (2026-07-28: version and capabilities in every request) and legacy (2025-11-25 and older: `initialize` first).
//!
//! Pure functions: [`read`] turns a body and its headers into a [`Request`] or a [`Failure`] with its HTTP status;
//! [`Request::reply`] renders a result as that request's era wants it. Knows no tool by name, does no I/O, checks no token.

mod era;
mod message;
mod method;
mod reply;

use serde::Serialize;

pub use era::{Era, LEGACY_VERSIONS, MODERN_VERSIONS};
pub use message::Id;
pub use method::{Method, Request, ToolCall, read};
pub use reply::{Answer, Called, Failure, Hints, Tool, ToolOutcome, code};

/// Who the server says it is.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ServerInfo {
    /// Its name for programs.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its version.
    pub version: &'static str,
}

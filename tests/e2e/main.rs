//! The suites: each test starts its own app on its own database and speaks HTTP to it.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod auth;
mod chat;
mod clock;
mod exchange;
mod mcp;
mod oauth;
mod platform;
mod problem;
mod tasks;

//! Runs the app of a `spin.toml` where Spin is not installed: an HTTP server on wasmtime with the interfaces that the
//! components import. Routing, variables, `allowed_outbound_hosts`, service chaining, key-value and PostgreSQL behave as
//! in Spin 4.0; what is not emulated is refused at load. For development and tests, never the production runtime.

mod access;
mod answer;
mod app;
mod bindings;
mod compose;
mod config;
mod engine;
mod guest;
mod headers;
mod key_value;
mod log;
mod manifest;
mod outbound;
mod outgoing;
mod postgres;
mod routes;
mod server;
mod variables;

pub use app::{App, Body};
pub use config::{Config, Limits};
pub use log::Log;
pub use variables::Value;

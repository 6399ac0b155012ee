//! Runs the app of a `spin.toml` where Spin is not installed: an HTTP server on wasmtime with the interfaces that the
//! components import. Routing, variables, `allowed_outbound_hosts`, service chaining, key-value and PostgreSQL behave as
//! in Spin 4.0; a manifest that asks for anything else is rejected at load. For development and tests, never the
//! production runtime.

mod capabilities;
mod config;
mod http;
mod log;
mod manifest;
mod minutes;
mod runtime;

pub use config::{HostConfig, HostLimits, InstanceReuse};
pub use log::LogSink;
pub use manifest::variables::VariableValue;
pub use minutes::MinuteTimer;
pub use runtime::app::LoadedApp;

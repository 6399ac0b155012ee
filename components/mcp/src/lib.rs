//! The MCP server: `/mcp` over Streamable HTTP, stateless, and the metadata that tells a client where to sign in
//! (RFC 9728). An OAuth resource server only: it verifies access tokens and never issues one. It keeps no session
//! and reaches tasks through [`ToolStore`] alone. The names and arguments of tools are defined in `task::tool`.

mod access;
mod cors;
#[cfg(target_arch = "wasm32")]
mod entry;
mod env;
mod error;
mod host_guard;
mod host_name;
mod line_text;
mod metadata;
mod routes;
mod rpc;
mod settings;
#[cfg(test)]
mod testing;
mod tools;
mod user_request;

pub use env::{McpEnv, ToolStore};
pub use routes::handle;
pub use settings::{McpSettings, body_limit};

//! The MCP server: `/mcp` over Streamable HTTP, stateless, and the metadata that tells a client where to sign in
//! (RFC 9728). An OAuth resource server only: it verifies access tokens and never issues one. It keeps no session
//! and reaches tasks through `task::TaskStore` alone; what a tool is called and takes is defined in `task::tool`.

mod access;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod guard;
mod routes;
mod settings;
#[cfg(test)]
mod tests;
mod tools;

pub use routes::{Tools, handle};
pub use settings::{Settings, body_limit};

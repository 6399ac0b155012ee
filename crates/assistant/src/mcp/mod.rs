//! The client of the MCP server that has the tools. The server takes the user from the bearer token; no request names one.

mod client;
mod rpc;
mod tools;

pub use client::{CallOptions, McpClient, McpClientError, McpServer};

#[cfg(test)]
mod tests;

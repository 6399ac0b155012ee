//! The Model Context Protocol over Streamable HTTP, the part that a stateless server with tools needs, in both of its
//! eras: modern (2026-07-28: version and capabilities in every request) and legacy (2025-11-25 and older: `initialize`
//! first).
//!
//! Pure functions: [`parse_request`] turns a body and its headers into an [`McpRequest`] or an [`RpcError`] with its
//! HTTP status. The `…_result` methods of [`McpRequest`] build the response in the form of that request's era. The crate
//! knows no tool by name, does no I/O and checks no token.

mod error;
mod headers;
mod id;
mod json_rpc;
mod json_text;
mod request;
mod response;
mod tool;
mod version;

pub use error::{RpcError, code};
pub use id::RequestId;
pub use request::{CallToolParams, EmptyList, McpMethod, McpRequest, parse_request};
pub use response::{CacheScope, CallToolResult, RpcResponse, ServerInfo};
pub use tool::{McpTool, ToolAnnotations, ToolOutcome};
pub use version::{Era, LEGACY_VERSIONS, MODERN_VERSIONS};

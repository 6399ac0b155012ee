//! The MCP server at `/mcp`.

mod challenges;
mod isolation;
mod transcripts;
mod transport;

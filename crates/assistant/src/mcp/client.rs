//! The client of one MCP server for one user.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use crate::env::TurnEnv;

/// The MCP server, for one user.
pub struct McpClient<'a> {
    pub(super) server: McpServer<'a>,
    pub(super) env: TurnEnv<'a>,
    pub(super) session: RefCell<Option<McpSession>>,
}

/// The server of the tools, and the user who calls it.
#[derive(Debug, Clone, Copy)]
pub struct McpServer<'a> {
    /// URL of its endpoint.
    pub url: &'a str,
    /// The user's access token.
    pub token: &'a str,
    /// Names of the tools that may be used; all if empty.
    pub allowed: &'a [String],
    /// The turn that makes the calls: conversation and number, such as `12-3`. Our own server keeps it with each change.
    pub turn: &'a str,
    /// The user; the list of tools and the session are cached under this id.
    pub user_id: &'a str,
}

/// How a call is sent.
#[derive(Debug, Clone, Copy)]
pub struct CallOptions<'a> {
    /// By this key the server recognizes a call that it has done already; empty for none.
    pub idempotency_key: &'a str,
    /// Whether the call is sent again when its response got lost.
    pub repeatable: bool,
}

/// A session, for servers that insist on one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct McpSession {
    pub(super) id: Option<String>,
    pub(super) protocol: String,
}

/// Why a request has no result. Its text is for the log and holds nothing that the server wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum McpClientError {
    /// The server cannot be reached, or its response is not MCP.
    #[error("MCP server: {0}")]
    Unusable(String),
    /// The server responded with a JSON-RPC error.
    #[error("MCP server: {method} returned error {code}")]
    Rejected {
        /// Method of the request.
        method: &'static str,
        /// Code of the error.
        code: i64,
        /// The server's explanation.
        message: String,
    },
}

impl<'a> McpClient<'a> {
    /// A client that has sent no request yet.
    pub fn new(server: McpServer<'a>, env: TurnEnv<'a>) -> Self {
        Self { server, env, session: RefCell::default() }
    }
}

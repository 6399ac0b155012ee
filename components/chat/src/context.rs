//! What a handler works with: the verified user, their conversations and the environment.

use assistant::{McpClient, McpServer};
use http_api::User;

use crate::env::ChatEnv;
use crate::settings::ToolSettings;
use crate::store::ConversationStore;

/// The context of one request. It exists only for a verified user.
#[derive(Clone, Copy)]
pub(crate) struct ChatContext<'a> {
    pub(crate) user: &'a User,
    pub(crate) store: &'a ConversationStore<'a>,
    pub(crate) env: &'a ChatEnv<'a>,
}

impl<'a> ChatContext<'a> {
    /// A client of the MCP server that calls tools for this user, in this turn.
    pub(crate) fn mcp_client<'b>(&self, settings: &'b ToolSettings, turn: &'b str) -> McpClient<'b>
    where
        'a: 'b,
    {
        let ToolSettings { url, allowed } = settings;
        let server = McpServer { url, token: &self.user.token, allowed, turn, user_id: &self.user.id };
        McpClient::new(server, self.env.turn)
    }
}

//! What the operator sets.

use assistant::GeminiSettings;
use edge::ApiError;

/// The component's variables, except those that verify tokens.
pub struct Settings {
    /// The database.
    pub database_url: String,
    /// The MCP server's endpoint.
    pub mcp_server_url: String,
    /// Gemini; `None` without a key, and the offline assistant answers.
    pub gemini: Option<GeminiSettings>,
}

impl Settings {
    /// Reads every variable once.
    pub fn load(variable: impl Fn(&str) -> Result<String, ApiError>) -> Result<Self, ApiError> {
        let key = variable("gemini_api_key")?.trim().to_owned();
        let gemini = GeminiSettings {
            url: variable("gemini_url")?,
            version: variable("gemini_api_version")?,
            model: variable("gemini_model")?,
            fallback: variable("gemini_fallback_model")?,
            key,
        };
        Ok(Self {
            database_url: variable("database_url")?,
            mcp_server_url: variable("mcp_server_url")?,
            gemini: Some(gemini).filter(|gemini| !gemini.key.is_empty()),
        })
    }
}

//! What an OAuth client is told (RFC 6749 §5.2).

use serde::Serialize;

/// An error code of the protocol and a sentence for the developer of the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OAuthError {
    /// The code, such as `invalid_grant`.
    pub error: &'static str,
    /// What is wrong.
    #[serde(rename = "error_description")]
    pub description: String,
}

impl OAuthError {
    /// An error with its sentence.
    pub fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into() }
    }

    /// `invalid_request`.
    pub fn request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// `invalid_grant`: the code or refresh token is not good, or not for this client.
    pub fn grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    /// `invalid_client`: the client did not prove who it is.
    pub fn client(description: impl Into<String>) -> Self {
        Self::new("invalid_client", description)
    }

    /// `invalid_client_metadata`: a registration that cannot be accepted.
    pub fn metadata(description: impl Into<String>) -> Self {
        Self::new("invalid_client_metadata", description)
    }
}

//! Errors of the protocol (RFC 6749 §5.2).

use serde::Serialize;

/// An error code and a sentence for the developer of the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OAuthError {
    /// The code, such as `invalid_grant`.
    pub error: &'static str,
    /// The sentence.
    #[serde(rename = "error_description")]
    pub description: String,
}

impl OAuthError {
    /// An error with any code.
    pub fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into() }
    }

    /// `invalid_request`.
    pub fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// `invalid_grant`: the code or refresh token is not valid, or belongs to another client.
    pub fn invalid_grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    /// `invalid_client`: the client is unknown or did not authenticate.
    pub fn invalid_client(description: impl Into<String>) -> Self {
        Self::new("invalid_client", description)
    }

    /// `invalid_client`: no client has this id (any more).
    pub fn unknown_client() -> Self {
        let text = "This app's registration is not known here any more. Remove the server in the app and add it again.";
        Self::invalid_client(text)
    }

    /// `invalid_client_metadata`: a registration that cannot be accepted.
    pub fn invalid_metadata(description: impl Into<String>) -> Self {
        Self::new("invalid_client_metadata", description)
    }
}

/// The part of a client's text that an error message may repeat.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && *c != '"').take(64).collect()
}

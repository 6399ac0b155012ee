//! The user of a request, or why there is none.

use crate::error::ApiError;

/// A verified user. Only [`crate::Verifier`] makes one.
#[derive(Clone)]
pub struct User {
    /// The user's id (`sub`).
    pub id: String,
    /// The scopes of an OAuth access token; `None` for a first-party token, which may do everything.
    pub scope: Option<String>,
    /// The session in which an OAuth access token was granted, if it is tied to one.
    pub session: Option<String>,
    /// The token itself, to call our own MCP server for the user.
    pub token: String,
}

/// Why there is no user.
#[derive(Debug)]
pub enum Rejection {
    /// No bearer credentials.
    Missing,
    /// The token is not accepted; the reason has no quotes, so that a challenge can hold it.
    Invalid(&'static str),
    /// The keys cannot be read, so the token cannot be verified.
    KeysUnavailable(String),
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Missing => Self::unauthenticated("Sign in first: send an access token in Authorization."),
            Rejection::Invalid(reason) => Self::invalid_token(reason),
            Rejection::KeysUnavailable(cause) => {
                Self::unavailable("Sign-in cannot be checked at the moment.", 5).because(cause)
            }
        }
    }
}

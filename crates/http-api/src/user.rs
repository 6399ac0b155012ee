//! The user of a request, or why there is none.

use crate::error::ApiError;
use crate::rate::Allowance;

/// The scope that allows to read tasks.
pub const READ_SCOPE: &str = "tasks:read";
/// The scope that allows to read and change tasks.
pub const WRITE_SCOPE: &str = "tasks:write";

/// A verified user. Only [`crate::Verifier`] and what it asks make one.
#[derive(Clone)]
pub struct User {
    /// The user's id (`sub`).
    pub id: String,
    /// The scopes of an OAuth access token or a personal one; `None` for a first-party token, which may do everything.
    pub scope: Option<String>,
    /// The OAuth client to which an access token was issued.
    pub client: Option<String>,
    /// The session in which an OAuth access token was granted, if it is tied to one.
    pub session: Option<String>,
    /// The token itself, to call our own MCP server for the user.
    pub token: String,
}

impl User {
    /// Whether the token permits to read tasks.
    pub fn may_read(&self) -> bool {
        self.has(READ_SCOPE) || self.may_write()
    }

    /// Whether the token permits to change tasks.
    pub fn may_write(&self) -> bool {
        self.has(WRITE_SCOPE)
    }

    /// 403 unless the token permits to read tasks, and to change them if `writes`.
    pub fn require_tasks(&self, writes: bool) -> Result<(), ApiError> {
        match writes {
            true if !self.may_write() => Err(ApiError::insufficient_scope(WRITE_SCOPE)),
            false if !self.may_read() => Err(ApiError::insufficient_scope(READ_SCOPE)),
            _ => Ok(()),
        }
    }

    /// 403 unless the token is the one of the page, which permits everything.
    pub fn require_first_party(&self) -> Result<(), ApiError> {
        match self.scope {
            None => Ok(()),
            Some(_) => {
                Err(ApiError::forbidden("Only the signed-in page may do this, with the token of /api/auth/token."))
            }
        }
    }

    fn has(&self, scope: &str) -> bool {
        self.scope.as_ref().is_none_or(|scopes| scopes.split(' ').any(|granted| granted == scope))
    }
}

/// Why there is no user.
#[derive(Debug)]
pub enum Rejection {
    /// No bearer credentials.
    Missing,
    /// The token is not accepted; the reason has no quotes, so that a challenge can hold it.
    Invalid(&'static str),
    /// Too many wrong tokens came from this client.
    Limited(Box<Allowance>),
    /// The keys or the tokens cannot be read, so the token cannot be verified.
    KeysUnavailable(String),
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Missing => Self::unauthenticated("Sign in first: send an access token in Authorization."),
            Rejection::Invalid(reason) => Self::invalid_token(reason),
            Rejection::Limited(allowance) => Self::rate_limited(&allowance),
            Rejection::KeysUnavailable(cause) => {
                Self::unavailable("Sign-in cannot be checked at the moment.", 5).because(cause)
            }
        }
    }
}

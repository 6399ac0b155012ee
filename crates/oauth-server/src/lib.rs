//! OAuth 2.1 for AI clients, as Better Auth's oauth-provider 1.7 speaks it: the rules of an authorization
//! server and the formats of its rows. Which client may register, where a browser may be sent, what a request
//! asks for, what a signed query, a code, an access token and a refresh answer look like. Plain functions: the
//! clock, keys and random bytes are arguments; no I/O, no HTTP status codes, no SQL.

mod authorization;
mod client;
mod code;
mod document;
mod error;
mod grant;
mod metadata;
mod query;
mod redirect;
mod registration;
mod scope;
mod token;

pub use authorization::{AuthorizationRequest, RedirectError, RequestedPrompts};
pub use client::{ClientAuthMethod, ClientCredentials, RegisteredClient};
pub use code::{AuthorizationCode, sha256_base64url};
pub use document::{DocumentPolicy, document_error, is_document_url, parse_document};
pub use error::OAuthError;
pub use grant::{RefreshReplay, RefreshRequest, challenge_matches};
pub use metadata::{issuer_url, resource_url, server_metadata, userinfo_url};
pub use query::OAuthParams;
pub use registration::ClientRegistration;
pub use scope::{OFFLINE_ACCESS, OPENID, SCOPES, covers_scopes, split_scopes};
pub use token::{ACCESS_SECONDS, TokenGrant, TokenMaterial, issue_tokens};

/// How long an authorization code, and the query a login page is given, are good for.
pub const CODE_SECONDS: u64 = 600;
/// How long a refresh token is good for; each use begins anew.
pub const REFRESH_SECONDS: u32 = 2_592_000;
/// How long a refresh token that was used already gets the same answer again.
pub const REPLAY_SECONDS: u32 = 30;

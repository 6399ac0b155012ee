//! OAuth 2.1 for AI clients, as Better Auth's oauth-provider 1.7 speaks it: the rules of an authorization server and
//! the formats of its rows. Which clients may register, where a browser may be redirected, what an authorization request
//! asks for, and the form of signed queries, codes, access tokens and token responses. Plain functions: the clock, keys
//! and random bytes are arguments; no I/O, no HTTP status codes, no SQL.

mod authorization;
mod authorization_code;
mod client;
mod document;
mod error;
mod hash;
mod lifetime;
mod metadata;
mod params;
mod pkce;
mod redirect_error;
mod redirect_uri;
mod registration;
mod replay;
mod scope;
mod token;

pub use authorization::{AuthorizationRequest, RequestedPrompts};
pub use authorization_code::AuthorizationCode;
pub use client::{ClientAuthMethod, ClientCredentials, RegisteredClient};
pub use document::{DocumentPolicy, document_error, is_document_url, parse_document};
pub use error::OAuthError;
pub use hash::sha256_base64url;
pub use lifetime::{ACCESS_SECONDS, CODE_SECONDS, GRACE_SECONDS, REFRESH_SECONDS, REPLAY_SECONDS};
pub use metadata::{issuer_url, names_resource, resource_url, server_metadata, userinfo_url};
pub use params::OAuthParams;
pub use pkce::challenge_matches;
pub use redirect_error::RedirectError;
pub use registration::ClientRegistration;
pub use replay::{RefreshReplay, RefreshRequest};
pub use scope::{OFFLINE_ACCESS, OPENID, SCOPES, covers_scopes, split_scopes};
pub use token::{TokenGrant, TokenMaterial, issue_tokens};

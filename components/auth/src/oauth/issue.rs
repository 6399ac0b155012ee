//! Issuing tokens.

use better_auth::random_id;
use oauth_server::{TokenGrant, TokenMaterial};
use serde_json::Value;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::session::keys;
use crate::store::SigningKeyRow;

/// The user, the client and the session of tokens, and the key that signs them.
pub(super) struct TokenSubject<'a> {
    pub(super) client_id: &'a str,
    pub(super) user_id: &'a str,
    pub(super) session_id: Option<&'a str>,
    /// Unix seconds.
    pub(super) auth_time: Option<u64>,
    pub(super) nonce: Option<&'a str>,
    pub(super) key: Option<&'a SigningKeyRow>,
}

/// The response of the token endpoint, with its tokens.
pub(super) fn issue(
    context: &Context<'_>,
    subject: &TokenSubject<'_>,
    scopes: &[String],
    resources: &[String],
    refresh_token: Option<&str>,
) -> Result<Value, AuthError> {
    let base = &context.settings.base;
    let grant = TokenGrant {
        issuer: &oauth_server::issuer_url(base),
        userinfo: &oauth_server::userinfo_url(base),
        client_id: subject.client_id,
        user_id: subject.user_id,
        session_id: subject.session_id,
        scopes,
        resources,
        auth_time: subject.auth_time,
        nonce: subject.nonce,
    };
    let (kid, key) = keys::signing_key(context, subject.key)?;
    let jti = random_id(context.env.random);
    let tokens = TokenMaterial { now: context.env.now, kid: &kid, key: &key, jti: &jti, refresh_token };
    Ok(oauth_server::issue_tokens(&grant, &tokens))
}

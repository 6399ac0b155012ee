//! `POST /oauth2/token` and `POST /oauth2/revoke`: codes for tokens, new refresh tokens for old ones, and their end.

use better_auth::random_id;
use http::StatusCode;
use http_api::Response;
use oauth_server::{AuthorizationCode, OAuthError, RegisteredClient, challenge_matches, split_scopes};
use serde_json::Value;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::oauth::issue::{TokenSubject, issue};
use crate::oauth::refresh;
use crate::oauth::request::TokenRequest;
use crate::oauth::response::{allow_any_origin, private_json};
use crate::store::SigningKeyRow;
use crate::store::oauth::{CodeGrant, NewRefreshToken};

/// Reads the form of a client.
pub(crate) fn read(context: &Context<'_>, input: &Input<'_>) -> Result<TokenRequest, AuthError> {
    TokenRequest::read(context, input)
}

/// `POST /oauth2/token`.
pub(crate) fn token(context: &Context<'_>, request: TokenRequest) -> Result<Response, AuthError> {
    let body = match request.require("grant_type")? {
        "authorization_code" => exchange(context, &request)?,
        "refresh_token" => refresh::refresh(context, &request)?,
        other => {
            let text = format!("unsupported grant_type {}", other.chars().take(64).collect::<String>());
            return Err(request.error(OAuthError::new("unsupported_grant_type", text)));
        }
    };
    Ok(private_json(StatusCode::OK, &body))
}

/// A code for tokens.
fn exchange(context: &Context<'_>, request: &TokenRequest) -> Result<Value, AuthError> {
    let client_id = &request.require_credentials()?.client_id;
    let code = request.form.get("code").unwrap_or_default();
    let stored = context.store.code_grant(code, client_id, context.settings.key_max_age()?)?;
    let client = request.authenticate(stored.client.as_ref())?;
    let code = request.require("code")?;
    let Some(value) = stored.code.as_deref() else { return Err(revoke_used_code(context, request, code)?) };
    let value = AuthorizationCode::parse(value)
        .ok_or_else(|| request.error(OAuthError::invalid_grant("malformed verification value")))?;
    let grant = match check_code(request, client, &stored, value) {
        Ok(grant) => grant,
        Err(CodeError::Kept(error)) => return Err(request.error(error)),
        Err(CodeError::Spent(error)) => {
            context.store.delete_code(code)?;
            return Err(request.error(error));
        }
    };
    match use_code(context, code, &grant)? {
        Some(tokens) => Ok(tokens),
        None => Err(revoke_used_code(context, request, code)?),
    }
}

/// Why a code is not exchanged.
enum CodeError {
    /// The request is wrong in its form or comes from another client: the code stays good for its owner.
    Kept(OAuthError),
    /// Whoever asks does not know what the code is bound to, or the grant is over: the code ends.
    Spent(OAuthError),
}

/// A code that passed every check.
struct CheckedCode<'a> {
    client: &'a RegisteredClient,
    session_id: &'a str,
    value: AuthorizationCode,
    resources: Vec<String>,
    key: Option<&'a SigningKeyRow>,
}

/// Checks everything that a code is bound to.
fn check_code<'a>(
    request: &TokenRequest,
    client: &'a RegisteredClient,
    stored: &'a CodeGrant,
    value: AuthorizationCode,
) -> Result<CheckedCode<'a>, CodeError> {
    if value.parameter("client_id") != Some(client.client_id.as_str()) {
        return Err(CodeError::Kept(OAuthError::invalid_grant("invalid client_id")));
    }
    let redirect_uri = request.form.get("redirect_uri");
    if redirect_uri.is_some() && redirect_uri != value.parameter("redirect_uri") {
        return Err(CodeError::Spent(OAuthError::invalid_grant("redirect_uri mismatch")));
    }
    let resources = request.resources(&value.resource).map_err(CodeError::Kept)?;
    let Some(verifier) = request.form.get("code_verifier") else {
        return Err(CodeError::Kept(OAuthError::invalid_request("code_verifier is required")));
    };
    let spent = |text: &str| CodeError::Spent(OAuthError::invalid_grant(text));
    if !challenge_matches(value.parameter("code_challenge").unwrap_or_default(), verifier) {
        return Err(spent("code verification failed"));
    }
    let session_id = stored.session_id.as_deref().filter(|id| *id == value.session_id);
    let session_id = session_id.ok_or_else(|| spent("session no longer exists"))?;
    match stored.consented {
        true => Ok(CheckedCode { client, session_id, value, resources, key: stored.key.as_ref() }),
        false => Err(spent("the user has taken the consent back")),
    }
}

/// Deletes the code and issues the tokens; none if another request was faster.
fn use_code(context: &Context<'_>, code: &str, checked: &CheckedCode<'_>) -> Result<Option<Value>, AuthError> {
    let CheckedCode { client, session_id, value, resources, key } = checked;
    let scopes = split_scopes(value.parameter("scope").unwrap_or_default());
    let refresh_token = client.allows_grant("refresh_token").then(|| random_id(context.env.random));
    let auth_time = value.auth_time.map(|milliseconds| milliseconds / 1000);
    let new = NewRefreshToken {
        id: &random_id(context.env.random),
        token: refresh_token.as_deref(),
        client_id: &client.client_id,
        session_id,
        user_id: &value.user_id,
        resources: &value.resource,
        scopes: &scopes,
        auth_time,
    };
    if !context.store.exchange_code(code, &new)? {
        return Ok(None);
    }
    let subject = TokenSubject {
        client_id: &client.client_id,
        user_id: &value.user_id,
        session_id: Some(session_id),
        auth_time,
        nonce: value.parameter("nonce"),
        key: *key,
    };
    Ok(Some(issue(context, &subject, &scopes, resources, refresh_token.as_deref())?))
}

/// A code that is not there, or not any more: the tokens that were issued for it end, since one of its two users is not
/// the client. Returns the error for this one.
fn revoke_used_code(context: &Context<'_>, request: &TokenRequest, code: &str) -> Result<AuthError, AuthError> {
    context.store.revoke_tokens_of_code(code)?;
    Ok(request.error(OAuthError::invalid_grant("invalid code")))
}

/// `POST /oauth2/revoke` (RFC 7009): a token that is not known counts as revoked.
pub(crate) fn revoke(context: &Context<'_>, request: TokenRequest) -> Result<Response, AuthError> {
    let client = context.store.oauth_client(&request.require_credentials()?.client_id)?;
    let client = request.authenticate(client.as_ref())?;
    let token = request.require("token")?;
    if token.split('.').count() == 3 {
        let text = "JWT access tokens are self-contained and cannot be revoked server-side";
        return Err(request.error(OAuthError::new("unsupported_token_type", text)));
    }
    context.store.revoke_token(token, &client.client_id)?;
    let mut response = http_api::empty(StatusCode::OK);
    allow_any_origin(&mut response);
    Ok(response)
}

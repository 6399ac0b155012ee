//! `POST /oauth2/token` and `POST /oauth2/revoke`: codes for tokens, new refresh tokens for old ones, and their end.

use better_auth::random_id;
use http::StatusCode;
use http_api::Response;
use oauth_server::{
    AuthorizationCode, ClientCredentials, OAuthError, RegisteredClient, challenge_matches, split_scopes,
};
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

/// A code for tokens. A failed attempt deletes the code.
fn exchange(context: &Context<'_>, request: &TokenRequest) -> Result<Value, AuthError> {
    let credentials = request.require_credentials()?;
    let code = request.require("code")?;
    if request.form.get("code_verifier").is_none() && credentials.secret.is_none() {
        return Err(request.error(OAuthError::invalid_request("Either code_verifier or client_secret is required")));
    }
    let stored = context.store.code_grant(code, &credentials.client_id, context.settings.key_max_age()?)?;
    let Some(value) = stored.code.as_deref() else { return Err(revoke_used_code(context, request, code)?) };
    let value =
        AuthorizationCode::parse(value).ok_or_else(|| OAuthError::invalid_grant("malformed verification value"));
    let grant = value.and_then(|value| check_code(request, credentials, &stored, value));
    let grant = match grant {
        Ok(grant) => grant,
        Err(error) => {
            context.store.delete_code(code)?;
            return Err(request.error(error));
        }
    };
    match use_code(context, code, &grant)? {
        Some(tokens) => Ok(tokens),
        None => Err(revoke_used_code(context, request, code)?),
    }
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
    credentials: &ClientCredentials,
    stored: &'a CodeGrant,
    value: AuthorizationCode,
) -> Result<CheckedCode<'a>, OAuthError> {
    if value.parameter("client_id") != Some(credentials.client_id.as_str()) {
        return Err(OAuthError::invalid_grant("invalid client_id"));
    }
    match request.form.get("redirect_uri") {
        None => return Err(OAuthError::invalid_request("redirect_uri is required")),
        given if given != value.parameter("redirect_uri") => {
            return Err(OAuthError::invalid_grant("redirect_uri mismatch"));
        }
        Some(_) => {}
    }
    let resources = request.resources(&value.resource)?;
    let client = stored.client.as_ref().ok_or_else(|| OAuthError::invalid_client("missing client"))?;
    client.authenticate(credentials)?;
    let verifier =
        request.form.get("code_verifier").ok_or_else(|| OAuthError::invalid_request("code_verifier is required"))?;
    if !challenge_matches(value.parameter("code_challenge").unwrap_or_default(), verifier) {
        return Err(OAuthError::invalid_grant("code verification failed"));
    }
    let session_id = stored.session_id.as_deref().filter(|id| *id == value.session_id);
    let session_id = session_id.ok_or_else(|| OAuthError::invalid_grant("session no longer exists"))?;
    match stored.consented {
        true => Ok(CheckedCode { client, session_id, value, resources, key: stored.key.as_ref() }),
        false => Err(OAuthError::invalid_grant("the user has taken the consent back")),
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
    let token = request.require("token")?;
    let credentials = request.require_credentials()?;
    let client = context.store.oauth_client(&credentials.client_id)?;
    let client = client.ok_or_else(|| request.error(OAuthError::invalid_client("missing client")))?;
    client.authenticate(credentials).map_err(|error| request.error(error))?;
    if token.split('.').count() == 3 {
        let text = "JWT access tokens are self-contained and cannot be revoked server-side";
        return Err(request.error(OAuthError::new("unsupported_token_type", text)));
    }
    context.store.revoke_token(token, &client.client_id)?;
    let mut response = http_api::empty(StatusCode::OK);
    allow_any_origin(&mut response);
    Ok(response)
}

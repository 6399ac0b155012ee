//! The grant `refresh_token`: each token is good once. The same token again within a moment comes from a client whose
//! connection broke, and gets the same response. Within half an hour it comes from another window of the same host, and
//! begins a family of its own. Later than that it was stolen: its family ends, and those that came from it.

use better_auth::{encryption, random_id};
use http_api::pseudonym;
use oauth_server::{OAuthError, RefreshReplay, RefreshRequest, split_scopes};
use serde_json::{Value, json};

use crate::context::Context;
use crate::http::error::AuthError;
use crate::oauth::issue::{TokenSubject, issue};
use crate::oauth::request::TokenRequest;
use crate::store::oauth::RefreshGrant;

/// Two requests with one token may meet; the slower one reads the token again.
const ATTEMPTS: usize = 2;

/// The next tokens for a refresh token.
pub(super) fn refresh(context: &Context<'_>, request: &TokenRequest) -> Result<Value, AuthError> {
    for _ in 0..ATTEMPTS {
        let token = request.form.get("refresh_token").unwrap_or_default();
        let stored = context.store.refresh_grant(token, context.settings.key_max_age()?)?;
        let client_id = &request.require_credentials()?.client_id;
        let Some(stored) = stored.filter(|stored| stored.client.client_id == *client_id) else {
            return Err(no_grant(context, request, client_id)?);
        };
        request.authenticate(Some(&stored.client))?;
        let (scopes, resources) = check_grant(request, &stored)?;
        let replay_request = RefreshRequest::new(&scopes, &resources);
        match &stored.replay {
            Some(encrypted) => return replay(context, request, encrypted, &replay_request),
            None if stored.used_recently => return fork(context, request, &stored, &scopes, &resources),
            None if stored.used => return Err(end_family(context, request, &stored)?),
            None => {}
        }
        if let Some(response) = rotate(context, &stored, &scopes, &resources, replay_request)? {
            return Ok(response);
        }
    }
    Err(request.error(OAuthError::invalid_grant("invalid refresh token")))
}

/// The error of a client that has no such token, or of one that does not exist.
fn no_grant(context: &Context<'_>, request: &TokenRequest, client_id: &str) -> Result<AuthError, AuthError> {
    let client = context.store.oauth_client(client_id)?;
    request.authenticate(client.as_ref())?;
    request.require("refresh_token")?;
    Ok(request.error(OAuthError::invalid_grant("session not found")))
}

/// Checks what the client asks for: scopes and resources may be fewer than were granted.
fn check_grant(request: &TokenRequest, stored: &RefreshGrant) -> Result<(Vec<String>, Vec<String>), AuthError> {
    let invalid = || request.error(OAuthError::invalid_grant("invalid refresh token"));
    if stored.expired || !stored.consented {
        return Err(invalid());
    }
    let resources = request.resources(&stored.resources).map_err(|error| request.error(error))?;
    let wanted = request.form.get("scope").map_or_else(|| stored.scopes.clone(), split_scopes);
    match wanted.iter().find(|scope| !stored.scopes.contains(scope)) {
        None => Ok((wanted, resources)),
        Some(wider) => {
            let text = format!("unable to issue scope {}", wider.chars().take(64).collect::<String>());
            Err(request.error(OAuthError::new("invalid_scope", text)))
        }
    }
}

/// Uses the token up for new ones, which keep the scopes of the grant; none if another request was faster.
fn rotate(
    context: &Context<'_>,
    stored: &RefreshGrant,
    scopes: &[String],
    resources: &[String],
    request: RefreshRequest,
) -> Result<Option<Value>, AuthError> {
    let next = random_id(context.env.random);
    let response = next_tokens(context, stored, scopes, resources, &next)?;
    let replay = RefreshReplay { request, response };
    let json = serde_json::to_string(&replay).expect("a response is plain data");
    let encrypted = encryption::encrypt(&context.settings.secret, context.env.bytes(), &json);
    let id = random_id(context.env.random);
    let rotated = context.store.rotate_refresh_token(&stored.id, &id, &next, &encrypted)?;
    Ok(rotated.then_some(replay.response))
}

/// The tokens of a response whose refresh token is `next`.
fn next_tokens(
    context: &Context<'_>,
    stored: &RefreshGrant,
    scopes: &[String],
    resources: &[String],
    next: &str,
) -> Result<Value, AuthError> {
    let subject = TokenSubject {
        client_id: &stored.client.client_id,
        user_id: &stored.user_id,
        session_id: stored.session_id.as_deref(),
        auth_time: stored.auth_time,
        nonce: None,
        key: stored.key.as_ref(),
    };
    issue(context, &subject, scopes, resources, Some(next))
}

/// The response of a token that was used a moment ago, for the same request.
fn replay(
    context: &Context<'_>,
    request: &TokenRequest,
    encrypted: &str,
    replay_request: &RefreshRequest,
) -> Result<Value, AuthError> {
    let invalid = || request.error(OAuthError::invalid_grant("invalid refresh token"));
    let json = encryption::decrypt(&context.settings.secret, encrypted).map_err(|_| invalid())?;
    let replay: RefreshReplay = serde_json::from_str(&json).map_err(|_| invalid())?;
    if replay.request == *replay_request { Ok(replay.response) } else { Err(invalid()) }
}

/// New tokens for a used one, in a family of their own.
fn fork(
    context: &Context<'_>,
    request: &TokenRequest,
    stored: &RefreshGrant,
    scopes: &[String],
    resources: &[String],
) -> Result<Value, AuthError> {
    let next = random_id(context.env.random);
    let response = next_tokens(context, stored, scopes, resources, &next)?;
    match context.store.fork_refresh_token(&stored.id, &random_id(context.env.random), &next)? {
        true => Ok(response),
        false => Err(request.error(OAuthError::invalid_grant("invalid refresh token"))),
    }
}

/// Ends the family of a token that was used long ago, and those that came from it.
fn end_family(context: &Context<'_>, request: &TokenRequest, stored: &RefreshGrant) -> Result<AuthError, AuthError> {
    context.store.delete_token_family(stored)?;
    let client = &stored.client.client_id;
    http_api::log(&json!({
        "level": "warn", "event": "refresh_token_reused", "client": client, "user": pseudonym(&stored.user_id),
    }));
    Ok(request.error(OAuthError::invalid_grant("invalid refresh token")))
}

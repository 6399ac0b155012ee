//! The grant `refresh_token`: each token is good once. The same again a moment later is a client whose connection
//! broke and gets the same answer; later than that somebody stole it, and the whole family ends.

use better_auth::{encryption, random_id};
use oauth_server::{OAuthError, OFFLINE_ACCESS, RefreshReplay, RefreshRequest, split_scopes};
use serde_json::Value;

use super::token::{Asked, Subject, tokens};
use crate::context::Call;
use crate::http::response::Failure;
use crate::store::oauth::Refresh;

/// Two requests with one token may meet; the slower one looks again.
const ATTEMPTS: usize = 2;

/// The next tokens for a refresh token.
pub(super) fn refresh(call: &Call<'_>, asked: &Asked) -> Result<Value, Failure> {
    let presented = asked.require("refresh_token")?;
    for _ in 0..ATTEMPTS {
        let found = call.store.refresh(presented, call.settings.key_max_age()?)?;
        let old = found.ok_or_else(|| asked.refuse(OAuthError::invalid_grant("session not found")))?;
        let (scopes, resources) = accept(asked, &old)?;
        let request = RefreshRequest::new(&scopes, &resources);
        if old.used {
            return repeated(call, asked, &old, &request);
        }
        if let Some(answer) = rotate(call, &old, &scopes, &resources, request)? {
            return Ok(answer);
        }
    }
    Err(asked.refuse(OAuthError::invalid_grant("invalid refresh token")))
}

/// Checks who asks and for what: scopes and resources may be fewer than were granted.
fn accept(asked: &Asked, old: &Refresh) -> Result<(Vec<String>, Vec<String>), Failure> {
    let credentials = asked.named()?;
    let bad = || asked.refuse(OAuthError::invalid_grant("invalid refresh token"));
    if old.client.client_id != credentials.client_id {
        return Err(bad());
    }
    old.client.authenticate(credentials).map_err(|error| asked.refuse(error))?;
    let outlives_session = old.scopes.iter().any(|scope| scope == OFFLINE_ACCESS);
    if old.expired || !old.consented || (old.session_id.is_none() && !outlives_session) {
        return Err(bad());
    }
    let resources = asked.resources(&old.resources).map_err(|error| asked.refuse(error))?;
    let wanted = asked.form.get("scope").map_or_else(|| old.scopes.clone(), split_scopes);
    match wanted.iter().find(|scope| !old.scopes.contains(scope)) {
        None => Ok((wanted, resources)),
        Some(wider) => {
            let text = format!("unable to issue scope {}", wider.chars().take(64).collect::<String>());
            Err(asked.refuse(OAuthError::new("invalid_scope", text)))
        }
    }
}

/// Uses the token up for new ones, which keep the scopes of the grant; none if somebody else was faster.
fn rotate(
    call: &Call<'_>,
    old: &Refresh,
    scopes: &[String],
    resources: &[String],
    request: RefreshRequest,
) -> Result<Option<Value>, Failure> {
    let next = random_id(call.random);
    let subject = Subject {
        client_id: &old.client.client_id,
        user_id: &old.user_id,
        session_id: old.session_id.as_deref(),
        auth_time: old.auth_time,
        nonce: None,
        key: old.key.as_ref(),
    };
    let response = tokens(call, &subject, scopes, resources, Some(&next))?;
    let replay = RefreshReplay { request, response };
    let json = serde_json::to_string(&replay).expect("an answer is plain data");
    let sealed = encryption::encrypt(&call.settings.secret, call.bytes(), &json);
    let rotated = call.store.rotate(&old.id, &random_id(call.random), &next, &sealed)?;
    Ok(rotated.then_some(replay.response))
}

/// A token that was used before.
fn repeated(call: &Call<'_>, asked: &Asked, old: &Refresh, request: &RefreshRequest) -> Result<Value, Failure> {
    let refusal = || asked.refuse(OAuthError::invalid_grant("invalid refresh token"));
    let Some(sealed) = &old.replay else {
        call.store.delete_family(old)?;
        return Err(refusal());
    };
    let json = encryption::decrypt(&call.settings.secret, sealed).map_err(|_| refusal())?;
    let replay: RefreshReplay = serde_json::from_str(&json).map_err(|_| refusal())?;
    if replay.request == *request { Ok(replay.response) } else { Err(refusal()) }
}

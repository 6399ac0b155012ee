//! Adding a Google account to a signed-in user.

use better_auth::encryption;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use better_auth::social::{AccountLink, IdToken, account_id};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use super::proof;
use crate::context::Call;
use crate::http::response::{Code, Failure, Refusal, json as answer};
use crate::settings::google::Google;
use crate::store::{Linked, Live, NewAccount};

/// What the key is for that hides the session token in a flow.
pub(super) const PURPOSE: &str = "oauth-link-session-token";

const ALREADY_LINKED: Code = ("SOCIAL_ACCOUNT_ALREADY_LINKED", "Social account already linked");
const NOT_ALLOWED: Code = ("LINKING_NOT_ALLOWED", "Account not linked - linking not allowed");
const OTHER_EMAIL: Code = ("LINKING_DIFFERENT_EMAILS_NOT_ALLOWED", "Account not linked - different emails not allowed");
const FAILED: Code = ("LINKING_FAILED", "Account not linked - unable to create account");

/// After the way over Google: the user and the session that began it must still be there.
pub(super) fn after_callback(
    call: &Call<'_>,
    link: &AccountLink,
    identity: &GoogleIdentity,
    tokens: &GoogleTokens,
) -> Result<Result<(), &'static str>, Failure> {
    let key = call.settings.secret.for_purpose(PURPOSE);
    let session_token = link.encrypted_session_token.as_deref().and_then(|text| encryption::decrypt(&key, text).ok());
    let Some(session_token) = session_token.filter(|_| identity.email_verified) else {
        return Ok(Err("unable_to_link_account"));
    };
    if identity.email.as_deref() != Some(&link.email.to_lowercase()) {
        return Ok(Err("email_does_not_match"));
    }
    Ok(match add(call, identity, tokens, &link.user_id, &session_token)? {
        Linked::Done => Ok(()),
        Linked::Foreign => Err("account_already_linked_to_different_user"),
        Linked::Failed => Err("unable_to_link_account"),
    })
}

/// At once, for who brings an id token.
pub(super) fn by_proof(call: &Call<'_>, google: &Google, given: &IdToken, live: &Live) -> Result<Response, Failure> {
    let refuse = |status, code| Err(Refusal::new(status, code).into());
    let (identity, email) = proof::identity(call, google, given)?;
    let tokens = proof::tokens(given);
    if call.store.owner_of_account(&identity.subject)?.as_deref() != Some(&live.user.id) {
        if !identity.email_verified {
            return refuse(StatusCode::UNAUTHORIZED, NOT_ALLOWED);
        }
        if email != live.user.email.to_lowercase() {
            return refuse(StatusCode::UNAUTHORIZED, OTHER_EMAIL);
        }
    }
    match add(call, &identity, &tokens, &live.user.id, &live.session.token)? {
        Linked::Done => Ok(answer(StatusCode::OK, &json!({"url": "", "status": true, "redirect": false}))),
        Linked::Foreign => refuse(StatusCode::CONFLICT, ALREADY_LINKED),
        Linked::Failed => refuse(StatusCode::EXPECTATION_FAILED, FAILED),
    }
}

fn add(
    call: &Call<'_>,
    identity: &GoogleIdentity,
    tokens: &GoogleTokens,
    user_id: &str,
    session_token: &str,
) -> Result<Linked, Failure> {
    let id = account_id(&call.settings.secret, &identity.subject);
    let account = NewAccount { id: &id, subject: &identity.subject, tokens };
    Ok(call.store.link_account(&account, user_id, session_token)?)
}

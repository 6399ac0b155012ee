//! Adding a Google account to a signed-in user.

use better_auth::encryption;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use better_auth::social::{AccountLink, IdToken, account_id};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response;
use crate::settings::google::GoogleSettings;
use crate::social::error_page::ErrorPage;
use crate::social::proof;
use crate::store::{LinkOutcome, LiveSession, NewAccount};

/// The purpose of the key that encrypts the session token in a flow.
const KEY_PURPOSE: &str = "oauth-link-session-token";

const ALREADY_LINKED: ErrorCode = ("SOCIAL_ACCOUNT_ALREADY_LINKED", "Social account already linked");
const NOT_ALLOWED: ErrorCode = ("LINKING_NOT_ALLOWED", "Account not linked - linking not allowed");
const OTHER_EMAIL: ErrorCode =
    ("LINKING_DIFFERENT_EMAILS_NOT_ALLOWED", "Account not linked - different emails not allowed");
const FAILED: ErrorCode = ("LINKING_FAILED", "Account not linked - unable to create account");

/// What a flow keeps of the user and the session that begin it.
pub(super) fn new_link(context: &Context<'_>, live: &LiveSession) -> AccountLink {
    let key = context.settings.secret.for_purpose(KEY_PURPOSE);
    AccountLink {
        user_id: live.user.id.clone(),
        email: live.user.email.clone(),
        encrypted_session_token: Some(encryption::encrypt(&key, context.env.bytes(), &live.session.token)),
    }
}

/// Adds the account of a flow that comes back from Google: the user and the session that began it must still be there.
pub(super) fn after_callback(
    context: &Context<'_>,
    link: &AccountLink,
    identity: &GoogleIdentity,
    tokens: &GoogleTokens,
    page: &ErrorPage,
) -> Result<(), AuthError> {
    let key = context.settings.secret.for_purpose(KEY_PURPOSE);
    let session_token = link.encrypted_session_token.as_deref().and_then(|text| encryption::decrypt(&key, text).ok());
    let session_token = session_token.filter(|_| identity.email_verified);
    let session_token = session_token.ok_or_else(|| page.error("unable_to_link_account"))?;
    if identity.email.as_deref() != Some(&link.email.to_lowercase()) {
        return Err(page.error("email_does_not_match"));
    }
    match add(context, identity, tokens, &link.user_id, &session_token)? {
        LinkOutcome::Done => Ok(()),
        LinkOutcome::Foreign => Err(page.error("account_already_linked_to_different_user")),
        LinkOutcome::Failed => Err(page.error("unable_to_link_account")),
    }
}

/// Adds the account that an id token proves, without a flow.
pub(super) fn with_id_token(
    context: &Context<'_>,
    google: &GoogleSettings,
    given: &IdToken,
    live: &LiveSession,
) -> Result<Response, AuthError> {
    let (identity, email) = proof::identity(context, google, given)?;
    let tokens = proof::tokens(given);
    if context.store.owner_of_account(&identity.subject)?.as_deref() != Some(&live.user.id) {
        if !identity.email_verified {
            return Err(AuthError::new(StatusCode::UNAUTHORIZED, NOT_ALLOWED));
        }
        if email != live.user.email.to_lowercase() {
            return Err(AuthError::new(StatusCode::UNAUTHORIZED, OTHER_EMAIL));
        }
    }
    match add(context, &identity, &tokens, &live.user.id, &live.session.token)? {
        LinkOutcome::Done => Ok(response::json(StatusCode::OK, &json!({"url": "", "status": true, "redirect": false}))),
        LinkOutcome::Foreign => Err(AuthError::new(StatusCode::CONFLICT, ALREADY_LINKED)),
        LinkOutcome::Failed => Err(AuthError::new(StatusCode::EXPECTATION_FAILED, FAILED)),
    }
}

fn add(
    context: &Context<'_>,
    identity: &GoogleIdentity,
    tokens: &GoogleTokens,
    user_id: &str,
    session_token: &str,
) -> Result<LinkOutcome, AuthError> {
    let id = account_id(&context.settings.secret, &identity.subject);
    let account = NewAccount { id: &id, subject: &identity.subject, tokens };
    Ok(context.store.link_account(&account, user_id, session_token)?)
}

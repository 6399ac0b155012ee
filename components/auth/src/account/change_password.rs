//! `POST /change-password` and `POST /verify-password`, which both need the current password.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::password;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{self, status_true};
use crate::notices;
use crate::session::cookie;
use crate::store::LiveSession;

const INVALID: ErrorCode = ("INVALID_PASSWORD", "Invalid password");
const NO_CREDENTIAL: ErrorCode = ("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found");

/// The body of `/change-password`.
pub(crate) struct PasswordChange {
    new: String,
    current: String,
    revoke_other_sessions: bool,
}

/// Reads the body of `/change-password`.
pub(crate) fn read_change(_: &Context<'_>, input: &Input<'_>) -> Result<PasswordChange, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let change = PasswordChange {
        new: members.text("newPassword", any).to_owned(),
        current: members.text("currentPassword", any).to_owned(),
        revoke_other_sessions: members.optional_bool("revokeOtherSessions").unwrap_or(false),
    };
    members.finish(change).map_err(AuthError::invalid)
}

/// Sets a new password. With `revokeOtherSessions` every session ends, and a new one begins for the caller.
pub(crate) fn change(context: &Context<'_>, live: LiveSession, change: PasswordChange) -> Result<Response, AuthError> {
    password::check_length(&change.new)?;
    let stored = password::check(context, &live.user.id, &change.current)?;
    let stored = stored.ok_or_else(|| AuthError::bad_request(NO_CREDENTIAL))?;
    let hash = password::hash(context, &change.new)?;
    let remember = !cookie::is_not_remembered(context);
    let session = change.revoke_other_sessions.then(|| cookie::new_session(context, remember)).transpose()?;
    if !context.store.change_password(&live.session, &stored, &hash, session.as_ref())? {
        return Err(AuthError::bad_request(INVALID)); // another request changed it meanwhile
    }
    notices::password_changed(context, &live.user.id, &live.user.email);
    if let Some(session) = &session {
        cookie::begin(context, &session.token, None);
    }
    let token = session.map(|session| session.token);
    Ok(response::json(StatusCode::OK, &json!({"token": token, "user": live.user})))
}

/// Reads the body of `/verify-password`.
pub(crate) fn read_password(_: &Context<'_>, input: &Input<'_>) -> Result<String, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let password = members.text("password", any).to_owned();
    members.finish(password).map_err(AuthError::invalid)
}

/// Says whether a password is the caller's.
pub(crate) fn verify(context: &Context<'_>, live: LiveSession, given: String) -> Result<Response, AuthError> {
    password::require(context, &live.user.id, &given)?;
    Ok(status_true())
}

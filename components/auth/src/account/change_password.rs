//! `POST /change-password` and `POST /verify-password`: for those who know the current one.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::password as hashing;
use crate::account::sign_up::{check_length, check_not_too_long};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done, json as answer};
use crate::session::current as session;
use crate::store::NewSession;

const INVALID: Code = ("INVALID_PASSWORD", "Invalid password");
const NO_CREDENTIAL: Code = ("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found");

/// Sets a new password. With `revokeOtherSessions` every session ends, and a new one begins for the caller.
pub(crate) fn change(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let (new, current) = (members.text("newPassword", any), members.text("currentPassword", any));
    let revoke = members.optional_bool("revokeOtherSessions").unwrap_or(false);
    members.finish(()).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    check_length(new)?;
    let stored = check(call, &live.user.id, current)?;
    let stored = stored.ok_or_else(|| Refusal::bad_request(NO_CREDENTIAL))?;
    let hash = hashing::hash(call, new)?;
    let session = revoke.then(|| NewSession::begin(call, !call.is_not_remembered())).transpose()?;
    if !call.store.change_password(&live.user.id, &stored, &hash, session.as_ref())? {
        return Err(Refusal::bad_request(INVALID).into()); // another request changed it meanwhile
    }
    if let Some(session) = &session {
        call.begin_session(&session.token, None);
    }
    let token = session.map(|session| session.token);
    Ok(answer(StatusCode::OK, &json!({"token": token, "user": live.user})))
}

/// Says whether a password is the caller's.
pub(crate) fn verify(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let text = members.text("password", any);
    members.finish(()).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    match check(call, &live.user.id, text)? {
        Some(_) => Ok(done()),
        None => Err(Refusal::bad_request(INVALID).into()),
    }
}

/// The stored hash of a user's password, after the given one was found to be right; none without a password.
pub(crate) fn check(call: &Call<'_>, user_id: &str, given: &str) -> Result<Option<String>, Failure> {
    check_not_too_long(given)?;
    let Some(stored) = call.store.password_of(user_id)? else { return Ok(None) };
    match hashing::verify(call, given, Some(&stored))? {
        true => Ok(Some(stored)),
        false => Err(Refusal::bad_request(INVALID).into()),
    }
}

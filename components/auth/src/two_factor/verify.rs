//! `POST /two-factor/verify-totp` and `/verify-backup-code`: a code ends a sign-in that waits for it, or is checked for a
//! user who is signed in.

use better_auth::UserRecord;
use better_auth::cookie::DONT_REMEMBER;
use better_auth::two_factor::input::CodeRequest;
use better_auth::two_factor::trusted_device::TRUST_SECONDS;
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode, ErrorResponse};
use crate::http::response;
use crate::notices;
use crate::oauth::resume;
use crate::oauth::user::SignedInUser;
use crate::session::{cookie, current};
use crate::store::{CodeOutcome, CodeProof, LiveSession, PendingChallenge, SecondFactor};
use crate::two_factor::{
    EXHAUSTED, INVALID_BACKUP_CODE, INVALID_CODE, INVALID_COOKIE, LOCKED, NO_APP, NO_BACKUP_CODES, OTP_EXPIRED,
    challenge, stored, unauthorized,
};

const LOST: &str = "Failed to verify backup code. Please try again.";

/// A code, and the authorization request that the sign-in is part of, if it is.
type CodeInput = (Option<OAuthParams>, CodeRequest);

/// Reads a code.
pub(crate) fn read(context: &Context<'_>, input: &Input<'_>) -> Result<CodeInput, AuthError> {
    let authorization = resume::read_request(context, input)?;
    Ok((authorization, CodeRequest::parse(input.json()).map_err(AuthError::invalid)?))
}

/// `/verify-totp`: a code of an authenticator app. The first one of a signed-in user confirms the set-up.
pub(crate) fn verify_totp(context: &Context<'_>, (authorization, mut given): CodeInput) -> Result<Response, AuthError> {
    given.disable_session = false;
    if let Some(live) = current::find(context)? {
        return confirm(context, &live, &given.code);
    }
    let pending = challenge::find(context)?;
    let factor = pending.factor.as_ref().filter(|factor| factor.is_verified);
    let factor = unlocked(factor.ok_or_else(|| AuthError::bad_request(NO_APP))?)?;
    let proof = stored::app_proof(context, factor, &given.code)?;
    finish(context, &pending, &proof, &given, authorization, INVALID_CODE)
}

/// `/verify-backup-code`: a code that is good once.
pub(crate) fn verify_backup_code(
    context: &Context<'_>,
    (authorization, given): CodeInput,
) -> Result<Response, AuthError> {
    if let Some(live) = current::find(context)? {
        return spend_backup_code(context, &live, &given.code);
    }
    let pending = challenge::find(context)?;
    let factor = pending.factor.as_ref().ok_or_else(|| AuthError::bad_request(NO_BACKUP_CODES))?;
    let proof = stored::backup_proof(context, unlocked(factor)?, &given.code)?;
    finish(context, &pending, &proof, &given, authorization, INVALID_BACKUP_CODE)
}

fn unlocked(factor: &SecondFactor) -> Result<&SecondFactor, AuthError> {
    match factor.is_locked {
        true => Err(AuthError::new(StatusCode::TOO_MANY_REQUESTS, LOCKED)),
        false => Ok(factor),
    }
}

/// Counts the code, and begins the session if it is right.
pub(super) fn finish(
    context: &Context<'_>,
    pending: &PendingChallenge,
    proof: &CodeProof,
    given: &CodeRequest,
    authorization: Option<OAuthParams>,
    wrong: ErrorCode,
) -> Result<Response, AuthError> {
    let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
    let session = (!given.disable_session).then_some(&session);
    let marker = (given.trust_device && session.is_some()).then(|| challenge::new_trust(context));
    match context.store.prove_second_factor(pending, proof, session, marker.as_ref(), TRUST_SECONDS)? {
        CodeOutcome::Passed => {}
        CodeOutcome::Wrong => return Err(unauthorized(wrong)),
        CodeOutcome::Lost => return Err(ErrorResponse::uncoded(StatusCode::CONFLICT, LOST.to_owned()).into()),
        CodeOutcome::Expired => return Err(AuthError::bad_request(OTP_EXPIRED)),
        CodeOutcome::Locked => return Err(AuthError::new(StatusCode::TOO_MANY_REQUESTS, LOCKED)),
        CodeOutcome::Exhausted => {
            challenge::end(context);
            return Err(AuthError::bad_request(EXHAUSTED));
        }
        CodeOutcome::Gone => return Err(unauthorized(INVALID_COOKIE)),
    }
    let user = &pending.user;
    let Some(session) = session else { return Ok(response::json(StatusCode::OK, &json!({"user": user}))) };
    cookie::begin(context, &session.token, None);
    challenge::end(context);
    notices::signed_in(context, &user.id, &user.email);
    if let Some(marker) = &marker {
        challenge::trust(context, &user.id, marker);
        context.set_cookie(context.settings.cookies.clear(&context.settings.cookies.name(DONT_REMEMBER)));
    }
    match authorization {
        Some(request) => resume::resume(context, request, &SignedInUser::now(context, &user.id, &session.id)),
        None => Ok(verified(&session.token, user)),
    }
}

/// Checks a code of a signed-in user. If it confirms the set-up, the session is replaced by another one.
fn confirm(context: &Context<'_>, live: &LiveSession, code: &str) -> Result<Response, AuthError> {
    let factor = context.store.second_factor(&live.user.id)?.ok_or_else(|| AuthError::bad_request(NO_APP))?;
    if matches!(stored::app_proof(context, &factor, code)?, CodeProof::None) {
        return Err(unauthorized(INVALID_CODE));
    }
    if factor.is_verified && live.user.two_factor_enabled {
        return Ok(verified(&live.session.token, &live.user));
    }
    let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
    let token = match context.store.confirm_second_factor(&live.user.id, &live.session.id, &session)? {
        true => {
            cookie::begin(context, &session.token, None);
            &session.token
        }
        false => &live.session.token,
    };
    Ok(verified(token, &UserRecord { two_factor_enabled: true, ..live.user.clone() }))
}

/// Uses a backup code of a signed-in user up.
fn spend_backup_code(context: &Context<'_>, live: &LiveSession, code: &str) -> Result<Response, AuthError> {
    let factor = context.store.second_factor(&live.user.id)?;
    let factor = factor.ok_or_else(|| AuthError::bad_request(NO_BACKUP_CODES))?;
    let CodeProof::BackupCode { codes, left } = stored::backup_proof(context, &factor, code)? else {
        return Err(unauthorized(INVALID_BACKUP_CODE));
    };
    match context.store.spend_backup_code(&live.user.id, &codes, &left)? {
        true => Ok(verified(&live.session.token, &live.user)),
        false => Err(ErrorResponse::uncoded(StatusCode::CONFLICT, LOST.to_owned()).into()),
    }
}

fn verified(token: &str, user: &UserRecord) -> Response {
    response::json(StatusCode::OK, &json!({"token": token, "user": user}))
}

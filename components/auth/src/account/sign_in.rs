//! `POST /sign-in/email`: a session for a password.

use better_auth::credentials::SignInRequest;
use better_auth::{EmailAddress, UserRecord};
use db::DbError;
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use crate::account::password;
use crate::account::proof_mail::send_proof_mail;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{self, add_location};
use crate::notices;
use crate::oauth::resume;
use crate::oauth::user::SignedInUser;
use crate::session::cookie;
use crate::store::{NewSession, PasswordCredential};
use crate::two_factor::challenge;

const INVALID_EMAIL: ErrorCode = ("INVALID_EMAIL", "Invalid email");
const WRONG: ErrorCode = ("INVALID_EMAIL_OR_PASSWORD", "Invalid email or password");
const NOT_VERIFIED: ErrorCode = ("EMAIL_NOT_VERIFIED", "Email not verified");
/// The user is banned.
pub(crate) const BANNED: ErrorCode = ("BANNED_USER", "You have been banned from this application");
const NO_SESSION: ErrorCode = ("FAILED_TO_CREATE_SESSION", "Failed to create session");

/// Reads the credentials, and the authorization request that the sign-in is part of, if it is.
pub(crate) fn read(
    context: &Context<'_>,
    input: &Input<'_>,
) -> Result<(Option<OAuthParams>, SignInRequest), AuthError> {
    let authorization = resume::read_request(context, input)?;
    Ok((authorization, SignInRequest::parse(input.json()).map_err(AuthError::invalid)?))
}

/// Begins a session, if the password is right; or asks for the second factor of a user who has one.
pub(crate) fn sign_in(
    context: &Context<'_>,
    (authorization, input): (Option<OAuthParams>, SignInRequest),
) -> Result<Response, AuthError> {
    let PasswordCredential { user, account_id, .. } = authenticate(context, &input)?;
    if !user.email_verified && context.settings.require_email_verification()? {
        let resumed = authorization.map(resume::authorize_path);
        let target = resumed.as_deref().or(input.callback_url.as_deref());
        send_proof_mail(context, &user, account_id.as_deref(), target)?;
        return Err(AuthError::new(StatusCode::FORBIDDEN, NOT_VERIFIED));
    }
    if user.two_factor_enabled
        && let Some(mut asking) = challenge::ask(context, &user.id, input.remember)?
    {
        next_page(&input).into_iter().for_each(|url| add_location(&mut asking, url));
        return Ok(asking);
    }
    let session = cookie::new_session(context, input.remember)?;
    context.store.add_session(&user.id, &session).map_err(session_error)?;
    cookie::begin(context, &session.token, Some(input.remember));
    notices::signed_in(context, &user.id, &user.email);
    match authorization {
        Some(request) => resume::resume(context, request, &SignedInUser::now(context, &user.id, &session.id)),
        None => Ok(signed_in_response(&input, &user, &session)),
    }
}

/// The user with this address and password. It takes the same time when there is no such user.
fn authenticate(context: &Context<'_>, input: &SignInRequest) -> Result<PasswordCredential, AuthError> {
    let email = EmailAddress::parse_existing(&input.email).ok_or_else(|| AuthError::bad_request(INVALID_EMAIL))?;
    password::check_not_too_long(&input.password)?;
    let found = context.store.credential(&email)?;
    let stored = found.as_ref().and_then(|found| found.password_hash.as_deref());
    let right = password::verify(context, &input.password, stored)?;
    let found = found.filter(|_| right).ok_or_else(|| AuthError::new(StatusCode::UNAUTHORIZED, WRONG))?;
    match found {
        PasswordCredential { is_banned: true, .. } => Err(AuthError::new(StatusCode::FORBIDDEN, BANNED)),
        found => Ok(found),
    }
}

/// The page after the sign-in.
fn next_page(input: &SignInRequest) -> Option<&str> {
    input.callback_url.as_deref().filter(|url| !url.is_empty())
}

fn signed_in_response(input: &SignInRequest, user: &UserRecord, session: &NewSession) -> Response {
    let target = next_page(input);
    let mut body = json!({"redirect": target.is_some(), "token": session.token, "user": user});
    if let Some(url) = &input.callback_url {
        body["url"] = url.as_str().into();
    }
    let mut response = response::json(StatusCode::OK, &body);
    if let Some(url) = target {
        add_location(&mut response, url);
    }
    response
}

/// A user who was deleted meanwhile is a broken constraint.
fn session_error(error: DbError) -> AuthError {
    match error {
        DbError::Constraint { name } if name.contains("user") => AuthError::new(StatusCode::UNAUTHORIZED, NO_SESSION),
        other => other.into(),
    }
}

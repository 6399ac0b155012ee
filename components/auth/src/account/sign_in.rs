//! `POST /sign-in/email`: a password for a session.

use better_auth::credentials::SignInRequest;
use better_auth::{EmailAddress, UserRecord};
use db::DbError;
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::sign_up::check_not_too_long;
use crate::account::{password as hashing, verify_email};
use crate::context::Call;
use crate::guard::origin;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, json as answer, locate};
use crate::oauth::{self, Visitor};
use crate::store::NewSession;

const INVALID_EMAIL: Code = ("INVALID_EMAIL", "Invalid email");
const WRONG: Code = ("INVALID_EMAIL_OR_PASSWORD", "Invalid email or password");
const NOT_VERIFIED: Code = ("EMAIL_NOT_VERIFIED", "Email not verified");
const NO_SESSION: Code = ("FAILED_TO_CREATE_SESSION", "Failed to create session");

/// Begins a session for whoever knows the password.
pub(crate) fn with_email(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::FormOrJson)?;
    let request = oauth::resumed(call, body.as_ref())?;
    let input = SignInRequest::parse(body.as_ref()).map_err(Refusal::invalid)?;
    origin::check_sign_in(call)?;
    let user = authenticate(call, &input)?;
    if !user.email_verified && call.settings.require_email_verification()? {
        let later = request.map(oauth::later);
        verify_email::post(call, &user, later.as_deref().or(input.callback_url.as_deref()))?;
        return Err(Refusal::new(StatusCode::FORBIDDEN, NOT_VERIFIED).into());
    }
    let session = NewSession::begin(call, input.remember)?;
    call.store.add_session(&user.id, &session).map_err(|error| match error {
        DbError::Constraint { .. } => Refusal::new(StatusCode::UNAUTHORIZED, NO_SESSION).into(),
        other => Failure::from(other),
    })?;
    call.begin_session(&session.token, Some(input.remember));
    if let Some(request) = request {
        return oauth::resume(call, request, &Visitor::new(call, &user.id, &session.id));
    }
    let target = input.callback_url.as_deref().filter(|url| !url.is_empty());
    let mut body = json!({"redirect": target.is_some(), "token": session.token, "user": user});
    if let Some(url) = &input.callback_url {
        body["url"] = url.as_str().into();
    }
    let mut response = answer(StatusCode::OK, &body);
    if let Some(url) = target {
        locate(&mut response, url);
    }
    Ok(response)
}

/// The user with this address and password. It takes the same time when there is no such user.
fn authenticate(call: &Call<'_>, input: &SignInRequest) -> Result<UserRecord, Failure> {
    let email = EmailAddress::parse(&input.email).ok_or_else(|| Refusal::bad_request(INVALID_EMAIL))?;
    check_not_too_long(&input.password)?;
    let wrong = || Refusal::new(StatusCode::UNAUTHORIZED, WRONG);
    let found = call.store.credential(&email)?;
    let stored = found.as_ref().and_then(|(_, stored)| stored.as_deref());
    let right = hashing::verify(call, &input.password, stored)?;
    found.filter(|_| right).map(|(user, _)| user).ok_or_else(|| wrong().into())
}

//! `POST /sign-up/email`: a new user with a password, signed in at once.

use better_auth::credentials::SignUpRequest;
use better_auth::{password, random_id};
use db::DbError;
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use crate::account::{password as hashing, verify_email};
use crate::context::Call;
use crate::guard::origin;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, json as answer};
use crate::oauth::{self, Visitor};
use crate::store::{NewSession, NewUser};

const TOO_SHORT: Code = ("PASSWORD_TOO_SHORT", "Password too short");
const TOO_LONG: Code = ("PASSWORD_TOO_LONG", "Password too long");
const TAKEN: Code = ("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists. Use another email.");
const FAILED: Code = ("FAILED_TO_CREATE_USER", "Failed to create user");

/// Registers the user and begins a session.
pub(crate) fn with_email(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::FormOrJson)?;
    let request = oauth::resumed(call, body.as_ref())?;
    let input = SignUpRequest::parse(body.as_ref()).map_err(Refusal::invalid)?;
    origin::check_sign_in(call)?;
    check_length(&input.password)?;
    let new = NewUser {
        id: random_id(call.random),
        account_id: random_id(call.random),
        password_hash: hashing::hash(call, &input.password)?,
        name: input.name,
        email: input.email,
        image: input.image,
    };
    if call.settings.require_email_verification()? {
        let later = request.map(oauth::later);
        return register(call, &new, later.as_deref().or(input.callback_url.as_deref()));
    }
    let session = NewSession::begin(call, input.remember)?;
    let user = call.store.add_user(&new, &session).map_err(explain)?;
    call.begin_session(&session.token, Some(input.remember));
    match request {
        Some(request) => oauth::resume(call, request, &Visitor::new(call, &user.id, &session.id)),
        None => Ok(answer(StatusCode::OK, &json!({"token": session.token, "user": user}))),
    }
}

/// Registers a user who has to prove the address first. Nobody learns whether it was registered before.
fn register(call: &Call<'_>, new: &NewUser, target: Option<&str>) -> Result<Response, Failure> {
    let registered = call.store.register(new).map_err(explain)?;
    if registered.added {
        verify_email::post(call, &registered.user, target)?;
    }
    Ok(answer(StatusCode::OK, &json!({"token": Value::Null, "user": registered.user})))
}

/// The length of a password that is about to be set.
pub(crate) fn check_length(text: &str) -> Result<(), Refusal> {
    match password::units(text) < password::MIN_UNITS {
        true => Err(Refusal::bad_request(TOO_SHORT)),
        false => check_not_too_long(text),
    }
}

/// No password is longer than this, and a hash of more costs more.
pub(crate) fn check_not_too_long(text: &str) -> Result<(), Refusal> {
    match password::units(text) > password::MAX_UNITS {
        true => Err(Refusal::bad_request(TOO_LONG)),
        false => Ok(()),
    }
}

fn explain(error: DbError) -> Failure {
    let refuse = |code| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code).into();
    match error {
        DbError::Constraint { name } if name.contains("email") => refuse(TAKEN),
        DbError::Constraint { .. } => refuse(FAILED),
        other => other.into(),
    }
}

//! `POST /sign-up/email`: a new user with a password, signed in at once.

use better_auth::credentials::SignUpRequest;
use better_auth::random_id;
use db::DbError;
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::{Value, json};

use crate::account::password;
use crate::account::proof_mail::prepare_proof_mail;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response;
use crate::notices;
use crate::oauth::resume;
use crate::oauth::user::SignedInUser;
use crate::session::cookie;
use crate::store::NewUser;

const TAKEN: ErrorCode = ("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists. Use another email.");

/// Reads the new user, and the authorization request that the sign-up is part of, if it is.
pub(crate) fn read(
    context: &Context<'_>,
    input: &Input<'_>,
) -> Result<(Option<OAuthParams>, SignUpRequest), AuthError> {
    let authorization = resume::read_request(context, input)?;
    Ok((authorization, SignUpRequest::parse(input.json()).map_err(AuthError::invalid)?))
}

/// Adds the user and begins a session.
pub(crate) fn sign_up(
    context: &Context<'_>,
    (authorization, input): (Option<OAuthParams>, SignUpRequest),
) -> Result<Response, AuthError> {
    password::check_length(&input.password)?;
    let new = NewUser {
        id: random_id(context.env.random),
        account_id: random_id(context.env.random),
        password_hash: password::hash(context, &input.password)?,
        name: input.name,
        email: input.email,
        image: input.image,
    };
    if context.settings.require_email_verification()? {
        let resumed = authorization.map(resume::authorize_path);
        return add_unverified(context, &new, resumed.as_deref().or(input.callback_url.as_deref()));
    }
    let session = cookie::new_session(context, input.remember)?;
    let user = context.store.add_user(&new, &session).map_err(sign_up_error)?;
    cookie::begin(context, &session.token, Some(input.remember));
    notices::signed_up(context, &user.id);
    match authorization {
        Some(request) => resume::resume(context, request, &SignedInUser::now(context, &user.id, &session.id)),
        None => Ok(response::json(StatusCode::OK, &json!({"token": session.token, "user": user}))),
    }
}

/// Adds a user who has to prove the address first, in the place of one who did not. The response does not tell whether the
/// address had an account.
fn add_unverified(context: &Context<'_>, new: &NewUser, target: Option<&str>) -> Result<Response, AuthError> {
    let (user, owner_id) = context.store.add_unverified_user(new).map_err(sign_up_error)?;
    // The same work where no mail is sent.
    let id = owner_id.as_ref().unwrap_or(&user.id);
    let mail = prepare_proof_mail(context, &user.email, id, Some(&new.account_id), target)?;
    if owner_id.is_some() {
        mail.send(context)?;
    }
    Ok(response::json(StatusCode::OK, &json!({"token": Value::Null, "user": user})))
}

fn sign_up_error(error: DbError) -> AuthError {
    match error {
        DbError::Constraint { name } if name.contains("email") => {
            AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, TAKEN)
        }
        other => other.into(),
    }
}

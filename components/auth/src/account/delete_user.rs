//! `POST /delete-user` and `GET /delete-user/callback`: deletes an account with everything in it, where that is allowed.

use better_auth::target::component;
use better_auth::validation::{InputReader, any};
use better_auth::{LOWER_ALPHANUMERIC, random_id, random_text};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::email_link::EmailLink;
use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::{outbox, password};
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{self, empty_json, redirect};
use crate::session::{cookie, current};
use crate::settings::values::DeleteUser;
use crate::store::LiveSession;

const NO_CREDENTIAL: ErrorCode = ("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found");
const EXPIRED: ErrorCode = ("SESSION_EXPIRED", "Session expired. Re-authenticate to perform this action.");
const INVALID_TOKEN: ErrorCode = ("INVALID_TOKEN", "Invalid token");
const NOT_FOUND: ErrorCode = ("NOT_FOUND", "Not found");
const NO_USER: ErrorCode = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");

const TOKEN_CHARS: usize = 32;
const TOKEN_SECONDS: u32 = 86_400;

/// The body of `/delete-user`; an empty member counts as missing.
pub(crate) struct Deletion {
    target: Option<String>,
    password: Option<String>,
    token: Option<String>,
}

/// Reads the body of `/delete-user`.
pub(crate) fn read(_: &Context<'_>, input: &Input<'_>) -> Result<Deletion, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let mut text = |name| members.optional_text(name, any).filter(|text| !text.is_empty()).map(str::to_owned);
    let deletion = Deletion { target: text("callbackURL"), password: text("password"), token: text("token") };
    members.finish(deletion).map_err(AuthError::invalid)
}

/// Deletes the caller, or sends the mail whose link does.
pub(crate) fn delete(context: &Context<'_>, live: LiveSession, deletion: Deletion) -> Result<Response, AuthError> {
    let allowed = context.settings.delete_user()?;
    if allowed == DeleteUser::Off {
        return Ok(empty_json(StatusCode::NOT_FOUND));
    }
    if let Some(password) = &deletion.password {
        let stored = password::check(context, &live.user.id, password)?;
        stored.ok_or_else(|| AuthError::bad_request(NO_CREDENTIAL))?;
    }
    if let Some(token) = &deletion.token {
        return delete_with_token(context, &live.user.id, token);
    }
    if allowed == DeleteUser::Confirm {
        send_link(context, &live, deletion.target.as_deref())?;
        return Ok(response::json(StatusCode::OK, &json!({"success": true, "message": "Verification email sent"})));
    }
    if deletion.password.is_none() && !live.fresh {
        return Err(AuthError::bad_request(EXPIRED));
    }
    context.store.delete_user(&live.user.id)?;
    Ok(end_of_account(context))
}

fn send_link(context: &Context<'_>, live: &LiveSession, target: Option<&str>) -> Result<(), AuthError> {
    let token = random_text(context.env.random, LOWER_ALPHANUMERIC, TOKEN_CHARS);
    let id = random_id(context.env.random);
    context.store.add_verification(&id, &identifier(&token), &live.user.id, TOKEN_SECONDS)?;
    let link = format!("/delete-user/callback?token={token}&callbackURL={}", component(target.unwrap_or("/")));
    outbox::send(context, &LinkMail::new(MailKind::DeleteAccount, &live.user.email, &link, &token))
}

/// The link in the mail: deletes the caller and sends the browser on.
pub(crate) fn follow_link(context: &Context<'_>) -> Result<Response, AuthError> {
    let link = EmailLink::read(context)?;
    let not_found = |code| AuthError::new(StatusCode::NOT_FOUND, code);
    if context.settings.delete_user()? == DeleteUser::Off {
        return Err(not_found(NOT_FOUND));
    }
    let live = current::find(context)?.ok_or_else(|| not_found(NO_USER))?;
    let response = delete_with_token(context, &live.user.id, &link.token)?;
    Ok(link.target.map_or(response, |target| redirect(&target)))
}

fn delete_with_token(context: &Context<'_>, user_id: &str, token: &str) -> Result<Response, AuthError> {
    match context.store.delete_user_with(user_id, &identifier(token))? {
        true => Ok(end_of_account(context)),
        false => Err(AuthError::new(StatusCode::NOT_FOUND, INVALID_TOKEN)),
    }
}

fn end_of_account(context: &Context<'_>) -> Response {
    cookie::end(context);
    response::json(StatusCode::OK, &json!({"success": true, "message": "User deleted"}))
}

fn identifier(token: &str) -> String {
    format!("delete-account-{token}")
}

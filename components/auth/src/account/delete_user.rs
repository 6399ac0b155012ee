//! `POST /delete-user` and `GET /delete-user/callback`: an account with everything in it, where that is allowed.

use better_auth::target::component;
use better_auth::validation::{InputReader, any};
use better_auth::{LOWER_ALPHANUMERIC, random_id, random_text};
use http::StatusCode;
use http_api::{ApiError, Response};
use serde_json::json;

use crate::account::change_password as passwords;
use crate::account::mail::{self, Kind, Mail};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, empty_json, json as answer, redirect};
use crate::session::current as session;

const NO_CREDENTIAL: Code = ("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found");
const EXPIRED: Code = ("SESSION_EXPIRED", "Session expired. Re-authenticate to perform this action.");
const INVALID_TOKEN: Code = ("INVALID_TOKEN", "Invalid token");
const NOT_FOUND: Code = ("NOT_FOUND", "Not found");
const NO_USER: Code = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");

const TOKEN_CHARS: usize = 32;
const TOKEN_SECONDS: u32 = 86_400;

/// Whether people may delete their account (`delete_user`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeleteUser {
    /// They may not.
    Off,
    /// At once, with the password or a session of today.
    On,
    /// After a link in a mail was followed.
    Confirm,
}

impl DeleteUser {
    /// Reads the variable.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        match text.trim() {
            "off" | "" => Ok(Self::Off),
            "on" => Ok(Self::On),
            "confirm" => Ok(Self::Confirm),
            _ => Err(ApiError::internal("variable delete_user must be off, on or confirm")),
        }
    }
}

/// Deletes the caller, or sends the mail whose link does.
pub(crate) fn delete(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let target = members.optional_text("callbackURL", any).filter(|target| !target.is_empty());
    let password = members.optional_text("password", any).filter(|password| !password.is_empty());
    let token = members.optional_text("token", any).filter(|token| !token.is_empty());
    members.finish(()).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    let allowed = call.settings.delete_user()?;
    if allowed == DeleteUser::Off {
        return Ok(empty_json(StatusCode::NOT_FOUND));
    }
    if let Some(password) = password {
        let known = passwords::check(call, &live.user.id, password)?;
        known.ok_or_else(|| Refusal::bad_request(NO_CREDENTIAL))?;
    }
    if let Some(token) = token {
        return with_token(call, &live.user.id, token);
    }
    if allowed == DeleteUser::Confirm {
        let token = random_text(call.random, LOWER_ALPHANUMERIC, TOKEN_CHARS);
        let id = random_id(call.random);
        call.store.add_verification(&id, &identifier(&token), &live.user.id, TOKEN_SECONDS)?;
        let link = format!("/delete-user/callback?token={token}&callbackURL={}", component(target.unwrap_or("/")));
        call.post(Mail::new(Kind::DeleteAccount, &live.user.email, &link, &token))?;
        return Ok(answer(StatusCode::OK, &json!({"success": true, "message": "Verification email sent"})));
    }
    if password.is_none() && !live.fresh {
        return Err(Refusal::bad_request(EXPIRED).into());
    }
    call.store.delete_user(&live.user.id)?;
    Ok(deleted(call))
}

/// The link in the mail: deletes the caller and sends the browser on.
pub(crate) fn open(call: &Call<'_>) -> Result<Response, Failure> {
    let (token, target) = mail::followed(call)?;
    let not_found = |code| Refusal::new(StatusCode::NOT_FOUND, code);
    if call.settings.delete_user()? == DeleteUser::Off {
        return Err(not_found(NOT_FOUND).into());
    }
    let live = session::find(call)?.ok_or_else(|| not_found(NO_USER))?;
    let response = with_token(call, &live.user.id, &token)?;
    Ok(target.map_or(response, |target| redirect(&target)))
}

fn with_token(call: &Call<'_>, user_id: &str, token: &str) -> Result<Response, Failure> {
    match call.store.delete_user_with(user_id, &identifier(token))? {
        true => Ok(deleted(call)),
        false => Err(Refusal::new(StatusCode::NOT_FOUND, INVALID_TOKEN).into()),
    }
}

fn deleted(call: &Call<'_>) -> Response {
    call.end_session();
    answer(StatusCode::OK, &json!({"success": true, "message": "User deleted"}))
}

fn identifier(token: &str) -> String {
    format!("delete-account-{token}")
}

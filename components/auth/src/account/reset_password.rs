//! A forgotten password: a mail with a link, the page behind the link, and the new password.

use better_auth::target::{absolute, component, with_parameters};
use better_auth::validation::{InputReader, any, email};
use better_auth::{ALPHANUMERIC, EmailAddress, random_id, random_text};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::mail::{Kind, Mail};
use crate::account::password as hashing;
use crate::account::sign_up::check_length;
use crate::context::Call;
use crate::guard::origin;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done, json as answer, redirect};

const DISABLED: Code = ("RESET_PASSWORD_DISABLED", "Reset password isn't enabled");
const INVALID_TOKEN: Code = ("INVALID_TOKEN", "Invalid token");
const SENT: &str = "If this email exists in our system, check your email for the reset link";

const TOKEN_CHARS: usize = 24;
const TOKEN_SECONDS: u32 = 3600;

/// `POST /request-password-reset`: the same answer, and the same work, whether or not there is such a user.
pub(crate) fn request(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let address = EmailAddress::parse(members.text("email", email));
    let target = members.optional_text("redirectTo", any).unwrap_or_default();
    let address = members.finish(address).map_err(Refusal::invalid)?;
    if !call.settings.mail()?.is_on() {
        return Err(Refusal::bad_request(DISABLED).into());
    }
    if let Some(address) = address {
        let token = random_text(call.random, ALPHANUMERIC, TOKEN_CHARS);
        let id = random_id(call.random);
        if call.store.add_reset(&id, &identifier(&token), &address, TOKEN_SECONDS)? {
            let link = format!("/reset-password/{token}?callbackURL={}", component(target));
            call.post(Mail::new(Kind::ResetPassword, address.as_str(), &link, &token))?;
        }
    }
    Ok(answer(StatusCode::OK, &json!({"status": true, "message": SENT})))
}

/// `GET /reset-password/:token`: sends the browser to the page that asks for the new password.
pub(crate) fn open(call: &Call<'_>) -> Result<Response, Failure> {
    let parameters = call.parameters();
    let mut members = InputReader::of_query(&parameters);
    let target = members.text("callbackURL", any);
    let target = members.finish(target).map_err(Refusal::invalid)?;
    origin::check_callback(call, Some(target))?;
    let page = if target.is_empty() { "/api/auth/error" } else { target };
    let page = absolute(&call.settings.base, page);
    let token = call.segment(1);
    let known = !target.is_empty() && call.store.verification(&identifier(token))?.is_some_and(|user| !user.is_empty());
    let parameter = if known { ("token", token) } else { ("error", INVALID_TOKEN.0) };
    Ok(redirect(&with_parameters(&page, &[parameter])))
}

/// `POST /reset-password`: sets the new password. The token is spent by the statement that sets it.
pub(crate) fn reset(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let parameters = call.parameters();
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let new = members.text("newPassword", any);
    let token = members.optional_text("token", any).filter(|token| !token.is_empty());
    members.finish(()).map_err(Refusal::invalid)?;
    let mut query = InputReader::of_query(&parameters);
    let in_query = query.optional_text("token", any).filter(|token| !token.is_empty());
    query.finish(()).map_err(Refusal::invalid)?;
    let invalid = || Refusal::bad_request(INVALID_TOKEN);
    let token = token.or(in_query).ok_or_else(invalid)?;
    check_length(new)?;
    let identifier = identifier(token);
    // Only a good token is worth the cost of a hash.
    if call.store.verification(&identifier)?.is_none_or(|user| user.is_empty()) {
        return Err(invalid().into());
    }
    let hash = hashing::hash(call, new)?;
    match call.store.reset_password(&identifier, &hash, &random_id(call.random))? {
        true => Ok(done()),
        false => Err(invalid().into()),
    }
}

fn identifier(token: &str) -> String {
    format!("reset-password:{token}")
}

//! A forgotten password: a mail with a link, the page behind the link, and the new password.

use better_auth::target::{absolute, component, with_parameters};
use better_auth::validation::{InputReader, any, existing_email};
use better_auth::{EmailAddress, random_id};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::reset_token::{TOKEN_SECONDS, identifier};
use crate::account::{outbox, password, reset_token};
use crate::context::Context;
use crate::guard::input::Input;
use crate::guard::origin;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{self, redirect, status_true};
use crate::notices;

const DISABLED: ErrorCode = ("RESET_PASSWORD_DISABLED", "Reset password isn't enabled");
const INVALID_TOKEN: ErrorCode = ("INVALID_TOKEN", "Invalid token");
const SENT: &str = "If this email exists in our system, check your email for the reset link";

/// The body of `/request-password-reset`.
pub(crate) struct ResetRequest {
    /// None if it is no address that can be stored.
    address: Option<EmailAddress>,
    target: String,
}

/// Reads the body of `/request-password-reset`.
pub(crate) fn read_request(_: &Context<'_>, input: &Input<'_>) -> Result<ResetRequest, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let address = EmailAddress::parse_existing(members.text("email", existing_email));
    let target = members.optional_text("redirectTo", any).unwrap_or_default().to_owned();
    members.finish(ResetRequest { address, target }).map_err(AuthError::invalid)
}

/// `POST /request-password-reset`: the same response, and the same work, whether or not there is such a user.
pub(crate) fn request(context: &Context<'_>, request: ResetRequest) -> Result<Response, AuthError> {
    if !context.settings.mail()?.is_on() {
        return Err(AuthError::bad_request(DISABLED));
    }
    if let Some(address) = request.address {
        let token = reset_token::generate(context.env.random);
        let id = random_id(context.env.random);
        let link = format!("/reset-password/{token}?callbackURL={}", component(&request.target));
        let mail = LinkMail::new(MailKind::ResetPassword, address.as_str(), &link, &token);
        let mail = outbox::prepare(context, &mail)?;
        if context.store.add_reset(&id, &identifier(&token), &address, TOKEN_SECONDS)? {
            mail.send(context)?;
        }
    }
    Ok(response::json(StatusCode::OK, &json!({"status": true, "message": SENT})))
}

/// `GET /reset-password/:token`: sends the browser to the page that asks for the new password.
pub(crate) fn follow_link(context: &Context<'_>) -> Result<Response, AuthError> {
    let parameters = context.query_parameters();
    let mut members = InputReader::of_query(&parameters);
    let target = members.text("callbackURL", any);
    let target = members.finish(target).map_err(AuthError::invalid)?;
    origin::check_callback(context, Some(target))?;
    let page = if target.is_empty() { "/api/auth/error" } else { target };
    let page = absolute(&context.settings.base, page);
    let token = context.segment(1);
    let is_good = !target.is_empty() && is_good(context, &identifier(token))?;
    let parameter = if is_good { ("token", token) } else { ("error", INVALID_TOKEN.0) };
    Ok(redirect(&with_parameters(&page, &[parameter])))
}

/// The body of `/reset-password`.
pub(crate) struct PasswordReset {
    new: String,
    token: String,
}

/// Reads the body of `/reset-password`, whose token may stand in the query instead.
pub(crate) fn read_reset(context: &Context<'_>, input: &Input<'_>) -> Result<PasswordReset, AuthError> {
    let parameters = context.query_parameters();
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let new = members.text("newPassword", any).to_owned();
    let token = members.optional_text("token", any).filter(|token| !token.is_empty());
    members.finish(()).map_err(AuthError::invalid)?;
    let mut query = InputReader::of_query(&parameters);
    let in_query = query.optional_text("token", any).filter(|token| !token.is_empty());
    query.finish(()).map_err(AuthError::invalid)?;
    let token = token.or(in_query).ok_or_else(|| AuthError::bad_request(INVALID_TOKEN))?.to_owned();
    Ok(PasswordReset { new, token })
}

/// `POST /reset-password`: sets the new password. The statement that sets it uses the token up.
pub(crate) fn reset(context: &Context<'_>, reset: PasswordReset) -> Result<Response, AuthError> {
    password::check_length(&reset.new)?;
    let identifier = identifier(&reset.token);
    // Only a good token is worth the cost of a hash.
    if !is_good(context, &identifier)? {
        return Err(AuthError::bad_request(INVALID_TOKEN));
    }
    let hash = password::hash(context, &reset.new)?;
    let done = context.store.reset_password(&identifier, &hash, &random_id(context.env.random))?;
    let (user_id, email) = done.ok_or_else(|| AuthError::bad_request(INVALID_TOKEN))?;
    notices::password_changed(context, &user_id, &email);
    Ok(status_true())
}

/// Whether a token is for a user: one for an unknown address is stored with an empty value.
fn is_good(context: &Context<'_>, identifier: &str) -> Result<bool, AuthError> {
    Ok(context.store.verification(identifier)?.is_some_and(|user_id| !user_id.is_empty()))
}

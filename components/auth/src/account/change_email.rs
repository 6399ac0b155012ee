//! `POST /change-email`: the address changes when its new owner follows the link, never before.

use better_auth::EmailAddress;
use better_auth::email_token::{CHANGE_CONFIRMED, CHANGE_VERIFIED};
use better_auth::validation::{InputReader, any, email};
use http_api::Response;

use crate::account::proof_mail::{PendingChange, prepare_change_mail};
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::status_true;
use crate::store::LiveSession;

const DISABLED: ErrorCode = ("CHANGE_EMAIL_DISABLED", "Change email is disabled");

/// The body of `/change-email`.
pub(crate) struct EmailChange {
    /// None if it is no address that can be stored.
    new: Option<EmailAddress>,
    target: Option<String>,
}

/// Reads the body of `/change-email`.
pub(crate) fn read(_: &Context<'_>, input: &Input<'_>) -> Result<EmailChange, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let new = EmailAddress::parse(members.text("newEmail", email));
    let target = members.optional_text("callbackURL", any).map(str::to_owned);
    members.finish(EmailChange { new, target }).map_err(AuthError::invalid)
}

/// Sends the first mail. The response does not tell whether the new address has an account already.
pub(crate) fn change(context: &Context<'_>, live: LiveSession, change: EmailChange) -> Result<Response, AuthError> {
    let user = live.user;
    if !context.settings.mail()?.is_on() {
        return Err(AuthError::bad_request(DISABLED));
    }
    let Some(new) = change.new.filter(|new| new.as_str() != user.email) else {
        return Err(AuthError::uncoded("Email is the same"));
    };
    let is_free = context.store.credential(&new)?.is_none();
    let step = if user.email_verified { CHANGE_CONFIRMED } else { CHANGE_VERIFIED };
    let change = PendingChange::begin(context, &user, new, change.target)?;
    let mail = prepare_change_mail(context, step, &change)?;
    if is_free {
        mail.send(context)?;
    }
    Ok(status_true())
}

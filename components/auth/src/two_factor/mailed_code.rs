//! `POST /two-factor/send-otp` and `/verify-otp`: a code by mail, for an account that has no authenticator app. Where there is one, a
//! mail would be no second step: who reads the mails can set a new password as well.

use better_auth::two_factor::input::CodeRequest;
use better_auth::two_factor::mailed_code;
use better_auth::{random_id, random_text};
use http_api::Response;
use oauth_server::OAuthParams;

use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::outbox;
use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::status_true;
use crate::session::current;
use crate::store::{CodeProof, NewMarker, PendingChallenge};
use crate::two_factor::{INVALID_CODE, OTP_EXPIRED, challenge, verify};

const NOT_SENT: ErrorCode = ("OTP_NOT_CONFIGURED", "otp isn't configured");

/// `/send-otp`: sends a code for the sign-in that waits for one.
pub(crate) fn send(context: &Context<'_>, (): ()) -> Result<Response, AuthError> {
    let pending = challenge::find(context)?;
    if has_app(&pending) || !context.settings.mail()?.is_on() {
        return Err(AuthError::bad_request(NOT_SENT));
    }
    let random = context.env.random;
    let code = random_text(random, mailed_code::DIGITS, mailed_code::CHARS);
    let marker = NewMarker { id: random_id(random), identifier: mailed_code::identifier(&pending.identifier) };
    let signature = mailed_code::signature(&context.settings.secret, &pending.identifier, &code);
    context.store.add_mailed_code(&marker, &signature, mailed_code::SECONDS)?;
    outbox::send(context, &LinkMail::with_code(MailKind::SignInCode, &pending.user.email, &code))?;
    Ok(status_true())
}

/// `/verify-otp`: a code that came by mail ends the sign-in.
pub(crate) fn verify(
    context: &Context<'_>,
    (authorization, given): (Option<OAuthParams>, CodeRequest),
) -> Result<Response, AuthError> {
    if current::find(context)?.is_some() {
        return Err(AuthError::bad_request(OTP_EXPIRED));
    }
    let pending = challenge::find(context)?;
    if has_app(&pending) {
        return Err(AuthError::bad_request(OTP_EXPIRED));
    }
    let signature = mailed_code::signature(&context.settings.secret, &pending.identifier, &given.code);
    let given = CodeRequest { disable_session: false, ..given };
    verify::finish(context, &pending, &CodeProof::Mailed(signature), &given, authorization, INVALID_CODE)
}

fn has_app(pending: &PendingChallenge) -> bool {
    pending.factor.as_ref().is_some_and(|factor| factor.is_verified)
}

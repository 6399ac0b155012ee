//! Proving an address: `POST /send-verification-email`, and `GET /verify-email`, where every link of a mail leads that
//! verifies or changes an address.

use better_auth::email_token::{self, CHANGE_CONFIRMED, CHANGE_VERIFIED, EmailToken, EmailTokenError};
use better_auth::validation::{InputReader, any, email};
use better_auth::{EmailAddress, UserRecord};
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use crate::account::email_link::{EmailLink, verify_email_path};
use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::outbox;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{json, redirect, status_true};
use crate::session::{cookie, current};
use crate::store::AddressChange;

const DISABLED: ErrorCode = ("VERIFICATION_EMAIL_NOT_ENABLED", "Verification email isn't enabled");
const MISMATCH: ErrorCode = ("EMAIL_MISMATCH", "Email mismatch");
const ALREADY: ErrorCode = ("EMAIL_ALREADY_VERIFIED", "Email is already verified");
const INVALID_TOKEN: ErrorCode = ("INVALID_TOKEN", "Invalid token");
const TOKEN_EXPIRED: ErrorCode = ("TOKEN_EXPIRED", "Token expired");
const USER_NOT_FOUND: ErrorCode = ("USER_NOT_FOUND", "User not found");
const INVALID_USER: ErrorCode = ("INVALID_USER", "Invalid user");
const TAKEN: ErrorCode = ("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists. Use another email.");

/// The body of `/send-verification-email`.
pub(crate) struct VerificationRequest {
    /// None if it is no address that can be stored.
    address: Option<EmailAddress>,
    target: Option<String>,
}

/// Reads the body of `/send-verification-email`.
pub(crate) fn read_request(_: &Context<'_>, input: &Input<'_>) -> Result<VerificationRequest, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let address = EmailAddress::parse(members.text("email", email));
    let target = members.optional_text("callbackURL", any).map(str::to_owned);
    members.finish(VerificationRequest { address, target }).map_err(AuthError::invalid)
}

/// `POST /send-verification-email`: to the caller's own address. Without a session to any address that needs it; then
/// the response does not tell whether there is such a user.
pub(crate) fn send(context: &Context<'_>, request: VerificationRequest) -> Result<Response, AuthError> {
    if !context.settings.mail()?.is_on() {
        return Err(AuthError::bad_request(DISABLED));
    }
    let Some(address) = request.address else { return Ok(status_true()) };
    let user = match current::find(context)? {
        Some(live) if live.user.email != address.as_str() => return Err(AuthError::bad_request(MISMATCH)),
        Some(live) if live.user.email_verified => return Err(AuthError::bad_request(ALREADY)),
        Some(live) => Some(live.user),
        None => context.store.credential(&address)?.map(|(user, _)| user).filter(|user| !user.email_verified),
    };
    if let Some(user) = user {
        send_mail(context, &user, request.target.as_deref())?;
    }
    Ok(status_true())
}

/// Sends the mail that proves a user's address.
pub(super) fn send_mail(context: &Context<'_>, user: &UserRecord, target: Option<&str>) -> Result<(), AuthError> {
    let token =
        EmailToken { email: user.email.clone(), update_to: None, request_type: None, user_id: Some(user.id.clone()) };
    let token = email_token::sign(&token, context.env.now, &context.settings.secret);
    let link = verify_email_path(&token, target);
    outbox::send(context, &LinkMail::new(MailKind::VerifyEmail, &user.email, &link, &token))
}

/// Sends the mail of a step of a change of address: to the old address to confirm it, to the new one to prove it.
pub(super) fn send_change_mail(
    context: &Context<'_>,
    step: &str,
    user: &UserRecord,
    new: &EmailAddress,
    target: Option<&str>,
) -> Result<(), AuthError> {
    let token = EmailToken {
        email: user.email.clone(),
        update_to: Some(new.as_str().to_owned()),
        request_type: Some(step.to_owned()),
        user_id: Some(user.id.clone()),
    };
    let token = email_token::sign(&token, context.env.now, &context.settings.secret);
    let link = verify_email_path(&token, target);
    let mail = match step {
        CHANGE_CONFIRMED => {
            LinkMail::new(MailKind::ConfirmChange, &user.email, &link, &token).with_new_email(new.as_str())
        }
        _ => LinkMail::new(MailKind::VerifyEmail, new.as_str(), &link, &token),
    };
    outbox::send(context, &mail)
}

/// `GET /verify-email`: with a `callbackURL` the browser is sent there, whatever the outcome.
pub(crate) fn follow_link(context: &Context<'_>) -> Result<Response, AuthError> {
    let link = EmailLink::read(context)?;
    let token = email_token::read(&link.token, context.env.now, &context.settings.secret);
    let token = token.map_err(|error| match error {
        EmailTokenError::Expired => link.error(TOKEN_EXPIRED),
        EmailTokenError::Invalid => link.error(INVALID_TOKEN),
    })?;
    let body = match token.update_to.as_deref().map(EmailAddress::parse) {
        None => verify(context, &link, &token)?,
        Some(Some(new)) => change(context, &link, &token, &new)?,
        Some(None) => return Err(link.error(INVALID_TOKEN)),
    };
    Ok(link.target.map_or_else(|| json(StatusCode::OK, &body), |target| redirect(&target)))
}

/// Marks the address as proved, unless it was before. Where a proved address is needed to sign in, it signs in.
fn verify(context: &Context<'_>, link: &EmailLink, token: &EmailToken) -> Result<Value, AuthError> {
    let verified = context.store.verify_email(&token.email, token.user_id.as_deref())?;
    let (user, changed) = verified.ok_or_else(|| link.error(USER_NOT_FOUND))?;
    if token.user_id.as_ref().is_some_and(|id| *id != user.id) {
        return Err(link.error(INVALID_TOKEN));
    }
    if changed && context.settings.require_email_verification()? {
        sign_in(context, &user)?;
    }
    Ok(json!({"status": true, "user": Value::Null}))
}

fn sign_in(context: &Context<'_>, user: &UserRecord) -> Result<(), AuthError> {
    match current::find(context)? {
        Some(live) if live.user.id == user.id => cookie::begin(context, &live.session.token, None),
        _ => {
            let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
            context.store.add_session(&user.id, &session)?;
            cookie::begin(context, &session.token, None);
        }
    }
    Ok(())
}

/// Takes a step of a change of address. The first link goes to the old address of a verified user and sends the second
/// one to the new address, which changes it.
fn change(context: &Context<'_>, link: &EmailLink, token: &EmailToken, new: &EmailAddress) -> Result<Value, AuthError> {
    let user_id = token.user_id.as_deref().ok_or_else(|| link.error(INVALID_TOKEN))?;
    let live = current::find(context)?;
    if live.as_ref().is_some_and(|live| live.user.id != user_id) {
        return Err(link.error(INVALID_USER));
    }
    match token.request_type.as_deref() {
        Some(CHANGE_CONFIRMED) => {
            let user = context.store.user(user_id)?.ok_or_else(|| link.error(USER_NOT_FOUND))?;
            if user.email != token.email {
                return Err(link.error(INVALID_TOKEN));
            }
            send_change_mail(context, CHANGE_VERIFIED, &user, new, link.target.as_deref())?;
            Ok(json!({"status": true}))
        }
        Some(CHANGE_VERIFIED) => match context.store.change_email(user_id, &token.email, new)? {
            AddressChange::Done(user) => {
                if let Some(live) = live {
                    cookie::begin(context, &live.session.token, None);
                }
                Ok(json!({"status": true, "user": user}))
            }
            AddressChange::NoUser => Err(link.error(INVALID_TOKEN)),
            AddressChange::Taken => Err(link.error(TAKEN)),
        },
        _ => Err(link.error(INVALID_TOKEN)),
    }
}

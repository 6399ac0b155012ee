//! Proving an address: `POST /send-verification-email`, and `GET /verify-email`, where every link of a mail that
//! verifies or changes an address leads.

use better_auth::email_token::{self, CHANGE_CONFIRMED, CHANGE_VERIFIED, EmailToken, EmailTokenError};
use better_auth::target::{component, with_parameters};
use better_auth::validation::{InputReader, any, email};
use better_auth::{EmailAddress, UserRecord};
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use crate::account::mail::{self, Kind, Mail};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done, json as answer, redirect};
use crate::session::current as session;
use crate::store::{AddressChange, NewSession};

const DISABLED: Code = ("VERIFICATION_EMAIL_NOT_ENABLED", "Verification email isn't enabled");
const MISMATCH: Code = ("EMAIL_MISMATCH", "Email mismatch");
const ALREADY: Code = ("EMAIL_ALREADY_VERIFIED", "Email is already verified");
const INVALID_TOKEN: Code = ("INVALID_TOKEN", "Invalid token");
const TOKEN_EXPIRED: Code = ("TOKEN_EXPIRED", "Token expired");
const USER_NOT_FOUND: Code = ("USER_NOT_FOUND", "User not found");
const INVALID_USER: Code = ("INVALID_USER", "Invalid user");
const TAKEN: Code = ("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists. Use another email.");

/// `POST /send-verification-email`: to the caller's own address, or, without a session, to any that needs it; then
/// the answer does not tell whether there is such a user.
pub(crate) fn send(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let address = EmailAddress::parse(members.text("email", email));
    let target = members.optional_text("callbackURL", any);
    let address = members.finish(address).map_err(Refusal::invalid)?;
    if !call.settings.mail()?.is_on() {
        return Err(Refusal::bad_request(DISABLED).into());
    }
    let Some(address) = address else { return Ok(done()) };
    let user = match session::find(call)? {
        Some(live) if live.user.email != address.as_str() => return Err(Refusal::bad_request(MISMATCH).into()),
        Some(live) if live.user.email_verified => return Err(Refusal::bad_request(ALREADY).into()),
        Some(live) => Some(live.user),
        None => call.store.credential(&address)?.map(|(user, _)| user).filter(|user| !user.email_verified),
    };
    if let Some(user) = user {
        post(call, &user, target)?;
    }
    Ok(done())
}

/// Sends the mail that proves a user's address.
pub(crate) fn post(call: &Call<'_>, user: &UserRecord, target: Option<&str>) -> Result<(), Failure> {
    let token =
        EmailToken { email: user.email.clone(), update_to: None, request_type: None, user_id: Some(user.id.clone()) };
    let token = email_token::sign(&token, call.now, &call.settings.secret);
    call.post(Mail::new(Kind::VerifyEmail, &user.email, &link(&token, target), &token))
}

/// The link with a token, after which the browser goes to `target`.
pub(crate) fn link(token: &str, target: Option<&str>) -> String {
    let target = target.filter(|target| !target.is_empty()).unwrap_or("/");
    format!("/verify-email?token={token}&callbackURL={}", component(target))
}

/// What a link led to.
enum Outcome {
    /// The address is proved, or was before.
    Verified,
    /// A step of a change of address was taken; the user, if the address changed.
    Changed(Option<Box<UserRecord>>),
}

/// `GET /verify-email`: with a `callbackURL` the browser is sent there, whatever the outcome.
pub(crate) fn open(call: &Call<'_>) -> Result<Response, Failure> {
    let (token, target) = mail::followed(call)?;
    let target = target.as_deref();
    match (follow(call, &token, target)?, target) {
        (Ok(_), Some(target)) => Ok(redirect(target)),
        (Ok(Outcome::Verified), None) => Ok(answer(StatusCode::OK, &json!({"status": true, "user": Value::Null}))),
        (Ok(Outcome::Changed(None)), None) => Ok(done()),
        (Ok(Outcome::Changed(user)), None) => Ok(answer(StatusCode::OK, &json!({"status": true, "user": user}))),
        (Err(code), Some(target)) => Ok(redirect(&with_parameters(target, &[("error", code.0)]))),
        (Err(code), None) => Err(Refusal::new(StatusCode::UNAUTHORIZED, code).into()),
    }
}

fn follow(call: &Call<'_>, token: &str, target: Option<&str>) -> Result<Result<Outcome, Code>, Failure> {
    let token = match email_token::read(token, call.now, &call.settings.secret) {
        Ok(token) => token,
        Err(EmailTokenError::Expired) => return Ok(Err(TOKEN_EXPIRED)),
        Err(EmailTokenError::Invalid) => return Ok(Err(INVALID_TOKEN)),
    };
    match token.update_to.as_deref().map(EmailAddress::parse) {
        None => verify(call, &token),
        Some(Some(new)) => change(call, &token, &new, target),
        Some(None) => Ok(Err(INVALID_TOKEN)),
    }
}

fn verify(call: &Call<'_>, token: &EmailToken) -> Result<Result<Outcome, Code>, Failure> {
    let Some((user, changed)) = call.store.verify_email(&token.email, token.user_id.as_deref())? else {
        return Ok(Err(USER_NOT_FOUND));
    };
    if token.user_id.as_ref().is_some_and(|id| *id != user.id) {
        return Ok(Err(INVALID_TOKEN));
    }
    if changed && call.settings.require_email_verification()? {
        sign_in(call, &user)?;
    }
    Ok(Ok(Outcome::Verified))
}

/// Where an address must be proved before the first sign-in, proving it signs in.
fn sign_in(call: &Call<'_>, user: &UserRecord) -> Result<(), Failure> {
    match session::find(call)? {
        Some(live) if live.user.id == user.id => call.begin_session(&live.session.token, None),
        _ => {
            let session = NewSession::begin(call, !call.is_not_remembered())?;
            call.store.add_session(&user.id, &session)?;
            call.begin_session(&session.token, None);
        }
    }
    Ok(())
}

/// The first link goes to the old address of a verified user and sends the second to the new one, which changes it.
fn change(
    call: &Call<'_>,
    token: &EmailToken,
    new: &EmailAddress,
    target: Option<&str>,
) -> Result<Result<Outcome, Code>, Failure> {
    let Some(user_id) = token.user_id.as_deref() else { return Ok(Err(INVALID_TOKEN)) };
    let session = session::find(call)?;
    if session.as_ref().is_some_and(|live| live.user.id != user_id) {
        return Ok(Err(INVALID_USER));
    }
    match token.request_type.as_deref() {
        Some(CHANGE_CONFIRMED) => {
            let known = call.store.user(user_id)?;
            let Some(user) = known else { return Ok(Err(USER_NOT_FOUND)) };
            if user.email != token.email {
                return Ok(Err(INVALID_TOKEN));
            }
            post_change(call, CHANGE_VERIFIED, &user, new, target)?;
            Ok(Ok(Outcome::Changed(None)))
        }
        Some(CHANGE_VERIFIED) => match call.store.change_email(user_id, &token.email, new)? {
            AddressChange::Done(user) => {
                if let Some(live) = session {
                    call.begin_session(&live.session.token, None);
                }
                Ok(Ok(Outcome::Changed(Some(user))))
            }
            AddressChange::NoUser => Ok(Err(INVALID_TOKEN)),
            AddressChange::Taken => Ok(Err(TAKEN)),
        },
        _ => Ok(Err(INVALID_TOKEN)),
    }
}

/// Sends the mail of a step of a change of address: to confirm it, to the old one; to prove it, to the new one.
pub(crate) fn post_change(
    call: &Call<'_>,
    step: &str,
    user: &UserRecord,
    new: &EmailAddress,
    target: Option<&str>,
) -> Result<(), Failure> {
    let token = EmailToken {
        email: user.email.clone(),
        update_to: Some(new.as_str().to_owned()),
        request_type: Some(step.to_owned()),
        user_id: Some(user.id.clone()),
    };
    let token = email_token::sign(&token, call.now, &call.settings.secret);
    let link = link(&token, target);
    call.post(match step {
        CHANGE_CONFIRMED => Mail::new(Kind::ConfirmChange, &user.email, &link, &token).about(new.as_str()),
        _ => Mail::new(Kind::VerifyEmail, new.as_str(), &link, &token),
    })
}

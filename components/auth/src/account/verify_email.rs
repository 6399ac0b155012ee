//! Proving and changing an address: `POST /send-verification-email`, and `/verify-email`, where every link of a mail
//! leads that does either. Programs open links before people do. So a `GET` only shows a page with a button, and its
//! `POST` acts; a `GET` proves an address at once only where it shows whose browser it is.

use better_auth::EmailAddress;
use better_auth::email_token::{self, CHANGE_CONFIRMED, CHANGE_VERIFIED, EmailToken, EmailTokenError};
use better_auth::validation::{InputReader, any, existing_email};
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use crate::account::email_link::EmailLink;
use crate::account::link_page::LinkPage;
use crate::account::proof_mail::{PendingChange, prepare_change_mail, prepare_proof_mail};
use crate::context::Context;
use crate::guard::input::Input;
use crate::guard::origin;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{json, redirect, see_other, status_true};
use crate::notices;
use crate::session::{cookie, current};
use crate::store::{AddressChange, LiveSession, PasswordCredential};

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
    let address = EmailAddress::parse_existing(members.text("email", existing_email));
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
    match current::find(context)? {
        Some(live) if live.user.email.to_lowercase() != address.as_str() => {
            return Err(AuthError::bad_request(MISMATCH));
        }
        Some(live) if live.user.email_verified => return Err(AuthError::bad_request(ALREADY)),
        _ => {}
    }
    let found = context.store.credential(&address)?.filter(|found| !found.user.email_verified);
    let target = request.target.as_deref();
    match found {
        Some(PasswordCredential { user, account_id, .. }) => {
            prepare_proof_mail(context, &user.email, &user.id, account_id.as_deref(), target)?.send(context)?;
        }
        // The same work for an address that gets no mail.
        None => drop(prepare_proof_mail(context, address.as_str(), address.as_str(), None, target)?),
    }
    Ok(status_true())
}

/// `GET /verify-email`: a page with a button. A proof in a browser that is signed in as that user, or by a script of a
/// trusted page, acts at once, as the genuine server does.
pub(crate) fn follow_link(context: &Context<'_>) -> Result<Response, AuthError> {
    let link = EmailLink::read(context)?;
    let token = read_token(context, &link)?;
    let live = current::peek(context)?;
    let is_own = live.as_ref().is_some_and(|live| token.user_id.as_ref() == Some(&live.user.id));
    if token.update_to.is_none() && (is_own || origin::is_trusted_script(context)) {
        let body = act(context, &link, &token, current::find(context)?)?;
        return Ok(link.target.map_or_else(|| json(StatusCode::OK, &body), |target| redirect(&target)));
    }
    Ok(LinkPage::new(&link, &token, is_own).into_response(StatusCode::OK))
}

/// Reads the form of the page.
pub(crate) fn read_press(_: &Context<'_>, input: &Input<'_>) -> Result<EmailLink, AuthError> {
    EmailLink::read_form(input)
}

/// `POST /verify-email`: the button of the page. With a `callbackURL` the browser is sent there, whatever the outcome.
pub(crate) fn press(context: &Context<'_>, link: EmailLink) -> Result<Response, AuthError> {
    let acted = read_token(context, &link).and_then(|token| {
        let live = current::find(context)?;
        let is_own = live.as_ref().is_some_and(|live| token.user_id.as_ref() == Some(&live.user.id));
        if token.request_type.as_deref() == Some(CHANGE_VERIFIED) && !is_own {
            let page = LinkPage::new(&link, &token, is_own);
            return Err(AuthError::response(page.into_response(StatusCode::UNAUTHORIZED)));
        }
        act(context, &link, &token, live)
    });
    match (acted, &link.target) {
        (Ok(_), Some(target)) => Ok(see_other(target)),
        (Ok(body), None) => Ok(json(StatusCode::OK, &body)),
        (Err(error), _) => error.into_redirect().map(|target| see_other(&target)),
    }
}

fn read_token(context: &Context<'_>, link: &EmailLink) -> Result<EmailToken, AuthError> {
    let token = email_token::read(&link.token, context.env.now, &context.settings.secret);
    token.map_err(|error| match error {
        EmailTokenError::Expired => link.error(TOKEN_EXPIRED),
        EmailTokenError::Invalid => link.error(INVALID_TOKEN),
    })
}

/// Does what a link is for, in a browser with this session or with none.
fn act(
    context: &Context<'_>,
    link: &EmailLink,
    token: &EmailToken,
    live: Option<LiveSession>,
) -> Result<Value, AuthError> {
    match token.update_to.as_deref().map(EmailAddress::parse) {
        None => verify(context, link, token, live),
        Some(Some(new)) => change(context, link, token, new, live),
        Some(None) => Err(link.error(INVALID_TOKEN)),
    }
}

/// Marks the address as proved, unless it was before. Where a proved address is needed to sign in, it signs in a browser
/// without a session; one that is somebody else's stays so.
fn verify(
    context: &Context<'_>,
    link: &EmailLink,
    token: &EmailToken,
    live: Option<LiveSession>,
) -> Result<Value, AuthError> {
    let signed_in = live.as_ref().map(|live| live.user.id.as_str());
    let proof = context.store.verify_email(token, signed_in)?.ok_or_else(|| link.error(USER_NOT_FOUND))?;
    if !proof.good {
        return Err(link.error(INVALID_TOKEN));
    }
    if proof.changed && context.settings.require_email_verification()? {
        match live {
            Some(live) if live.user.id == proof.user.id => cookie::begin(context, &live.session.token, None),
            Some(_) => {}
            // The link alone is no second factor.
            None if proof.user.two_factor_enabled => {}
            None => {
                let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
                context.store.add_session(&proof.user.id, &session)?;
                cookie::begin(context, &session.token, None);
                notices::signed_in(context, &proof.user.id, &proof.user.email);
            }
        }
    }
    Ok(json!({"status": true, "user": Value::Null}))
}

/// Takes a step of a change of address. The first link goes to the old address of a verified user and sends the second
/// one to the new address, which changes it, in a session of that user alone. Both are void once the change is.
fn change(
    context: &Context<'_>,
    link: &EmailLink,
    token: &EmailToken,
    new: EmailAddress,
    live: Option<LiveSession>,
) -> Result<Value, AuthError> {
    let (Some(user_id), Some(id)) = (token.user_id.clone(), token.change.clone()) else {
        return Err(link.error(INVALID_TOKEN));
    };
    if live.as_ref().is_some_and(|live| live.user.id != user_id) {
        return Err(link.error(INVALID_USER));
    }
    match (token.request_type.as_deref(), live) {
        (Some(CHANGE_CONFIRMED), _) => {
            let user = context.store.user(&user_id)?.ok_or_else(|| link.error(USER_NOT_FOUND))?;
            if user.email != token.email || !context.store.is_pending_change(&user_id, &id)? {
                return Err(link.error(INVALID_TOKEN));
            }
            let change = PendingChange { id, user_id, old: user.email, new, target: link.target.clone() };
            prepare_change_mail(context, CHANGE_VERIFIED, &change)?.send(context)?;
            Ok(json!({"status": true}))
        }
        (Some(CHANGE_VERIFIED), Some(live)) => match context.store.change_email(&user_id, &token.email, &new, &id)? {
            AddressChange::Done(user) => {
                notices::address_changed(context, &user.id, &token.email, &user.email);
                cookie::begin(context, &live.session.token, None);
                Ok(json!({"status": true, "user": user}))
            }
            AddressChange::NoUser => Err(link.error(INVALID_TOKEN)),
            AddressChange::Taken => Err(link.error(TAKEN)),
        },
        _ => Err(link.error(INVALID_TOKEN)),
    }
}

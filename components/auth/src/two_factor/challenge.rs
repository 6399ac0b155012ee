//! What a sign-in by password of a user with a second factor leads to.

use better_auth::cookie::{SESSION_DATA, SESSION_TOKEN};
use better_auth::two_factor::trusted_device::{self, TRUST_COOKIE, TRUST_SECONDS};
use better_auth::two_factor::{self, CHALLENGE_COOKIE, CHALLENGE_SECONDS};
use better_auth::{ALPHANUMERIC, random_id, random_text};
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response;
use crate::session::cookie;
use crate::store::{NewMarker, PendingChallenge};
use crate::two_factor::{FOREIGN, INVALID_COOKIE, unauthorized};

const CHALLENGE_CHARS: usize = 20;

/// Asks for the second factor, a code by mail where the account has no app; none if the device is trusted, so that the password is enough.
pub(crate) fn ask(context: &Context<'_>, user_id: &str, remember: bool) -> Result<Option<Response>, AuthError> {
    if is_trusted(context, user_id)? {
        return Ok(None);
    }
    let random = context.env.random;
    let challenge = two_factor::challenge(&random_text(random, ALPHANUMERIC, CHALLENGE_CHARS));
    let attempts = NewMarker { id: random_id(random), identifier: two_factor::attempts(&challenge) };
    let challenge = NewMarker { id: random_id(random), identifier: challenge };
    let sends_mail = context.settings.mail().is_ok_and(|delivery| delivery.is_on());
    let has_app = context.store.add_challenge(user_id, &challenge, &attempts, CHALLENGE_SECONDS, sends_mail)?;
    let has_app = has_app.ok_or_else(|| AuthError::new(StatusCode::FORBIDDEN, FOREIGN))?;
    let (style, secret) = (context.settings.cookies, &context.settings.secret);
    cookie::remember(context, remember);
    for base in [SESSION_TOKEN, SESSION_DATA] {
        clear(context, base);
    }
    context.set_cookie(style.set(CHALLENGE_COOKIE, &challenge.identifier, Some(CHALLENGE_SECONDS), secret));
    let methods: &[&str] = match (has_app, sends_mail) {
        (true, _) => &["totp"],
        (false, true) => &["otp"],
        (false, false) => &[],
    };
    Ok(Some(response::json(StatusCode::OK, &json!({"twoFactorRedirect": true, "twoFactorMethods": methods}))))
}

/// The challenge that the cookies of this browser name.
pub(super) fn find(context: &Context<'_>) -> Result<PendingChallenge, AuthError> {
    let settings = context.settings;
    let contents = context.cookies.signed(&settings.cookies.name(CHALLENGE_COOKIE), &settings.secret);
    let challenges: Vec<&str> = contents.into_iter().filter(|content| two_factor::is_challenge(content)).collect();
    let pending = match challenges.as_slice() {
        [] => None,
        challenges => context.store.pending_challenge(challenges)?,
    };
    pending.ok_or_else(|| unauthorized(INVALID_COOKIE))
}

/// Deletes the cookie of a challenge that is over.
pub(super) fn end(context: &Context<'_>) {
    clear(context, CHALLENGE_COOKIE);
}

/// Deletes the cookie of a trusted device, if there is one.
pub(super) fn end_trust(context: &Context<'_>) {
    if !trust_contents(context).is_empty() {
        clear(context, TRUST_COOKIE);
    }
}

fn clear(context: &Context<'_>, base: &str) {
    let style = context.settings.cookies;
    context.set_cookie(style.clear(&style.name(base)));
}

/// A row that marks a device as trusted, to be stored.
pub(super) fn new_trust(context: &Context<'_>) -> NewMarker {
    let random = context.env.random;
    NewMarker { id: random_id(random), identifier: trusted_device::identifier(&random_id(random)) }
}

/// Sets the cookie of a trusted device.
pub(super) fn trust(context: &Context<'_>, user_id: &str, marker: &NewMarker) {
    let (style, secret) = (context.settings.cookies, &context.settings.secret);
    let content = trusted_device::content(secret, user_id, &marker.identifier);
    context.set_cookie(style.set(TRUST_COOKIE, &content, Some(TRUST_SECONDS), secret));
}

/// Whether a cookie says that this device needs no second factor of the user. It is good once: it is replaced, or deleted.
fn is_trusted(context: &Context<'_>, user_id: &str) -> Result<bool, AuthError> {
    let own = |content| trusted_device::identifier_for(&context.settings.secret, user_id, content);
    let identifiers: Vec<&str> = trust_contents(context).into_iter().filter_map(own).collect();
    let next = new_trust(context);
    let is_trusted =
        !identifiers.is_empty() && context.store.renew_trust(user_id, &identifiers, &next, TRUST_SECONDS)?;
    match is_trusted {
        true => trust(context, user_id, &next),
        false => end_trust(context),
    }
    Ok(is_trusted)
}

/// The contents of the cookies of trusted devices whose signature is right.
fn trust_contents<'a>(context: &'a Context<'_>) -> Vec<&'a str> {
    let settings = context.settings;
    context.cookies.signed(&settings.cookies.name(TRUST_COOKIE), &settings.secret)
}

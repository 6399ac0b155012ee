//! Hashing passwords, and nowhere else. Each hash takes 32 MiB and a tenth of a second, so only some are made at a time,
//! over all replicas: a request without a slot waits for a moment and is then rejected. A slot is a row with an
//! expiry, since a request that dies gives nothing back.

use std::thread::sleep;
use std::time::Duration;

use better_auth::{password, random_id};
use http::StatusCode;
use http::header::RETRY_AFTER;

use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode, ErrorResponse};

/// Longer than any hash takes.
const SLOT_SECONDS: u32 = 10;
/// The waits between attempts to get a slot, in milliseconds.
const PAUSES: [u64; 5] = [50, 100, 200, 400, 800];

const BUSY: ErrorCode = ("SERVICE_UNAVAILABLE", "Too many people are signing in at the moment. Try again shortly.");
const TOO_SHORT: ErrorCode = ("PASSWORD_TOO_SHORT", "Password too short");
const TOO_LONG: ErrorCode = ("PASSWORD_TOO_LONG", "Password too long");
const INVALID: ErrorCode = ("INVALID_PASSWORD", "Invalid password");

/// Checks the length of a new password.
pub(super) fn check_length(text: &str) -> Result<(), AuthError> {
    match password::units(text) < password::MIN_UNITS {
        true => Err(AuthError::bad_request(TOO_SHORT)),
        false => check_not_too_long(text),
    }
}

/// Checks that a password is no longer than any can be: a hash of a longer one costs more.
pub(super) fn check_not_too_long(text: &str) -> Result<(), AuthError> {
    match password::units(text) > password::MAX_UNITS {
        true => Err(AuthError::bad_request(TOO_LONG)),
        false => Ok(()),
    }
}

/// Hashes a new password.
pub(super) fn hash(context: &Context<'_>, text: &str) -> Result<String, AuthError> {
    in_a_slot(context, || password::hash(text, context.env.bytes()))
}

/// Whether the password is the stored one. Without a stored one the result is false and takes as long.
pub(super) fn verify(context: &Context<'_>, text: &str, stored: Option<&str>) -> Result<bool, AuthError> {
    in_a_slot(context, || match stored {
        Some(stored) => password::verify(text, stored),
        None => {
            std::hint::black_box(password::hash(text, context.env.bytes()));
            false
        }
    })
}

/// Checks that a password is the user's and returns its stored hash; none where the user has no password.
pub(super) fn check(context: &Context<'_>, user_id: &str, given: &str) -> Result<Option<String>, AuthError> {
    check_not_too_long(given)?;
    let Some(stored) = context.store.password_of(user_id)? else { return Ok(None) };
    match verify(context, given, Some(&stored))? {
        true => Ok(Some(stored)),
        false => Err(AuthError::bad_request(INVALID)),
    }
}

/// Checks that a password is the user's, who must have one.
pub(crate) fn require(context: &Context<'_>, user_id: &str, given: &str) -> Result<(), AuthError> {
    check(context, user_id, given)?.map(|_| ()).ok_or_else(|| AuthError::bad_request(INVALID))
}

fn in_a_slot<T>(context: &Context<'_>, work: impl FnOnce() -> T) -> Result<T, AuthError> {
    let holder = random_id(context.env.random);
    let slot = claim(context, &holder)?;
    let result = work();
    // A slot that is not given back is free again in a few seconds: no reason to fail what is done.
    if let Err(error) = context.store.release_slot(&slot, &holder) {
        context.warn("password_slot", &error.to_string());
    }
    Ok(result)
}

fn claim(context: &Context<'_>, holder: &str) -> Result<String, AuthError> {
    let slots = context.settings.password_hashes_at_once()?;
    for pause in PAUSES.map(Some).into_iter().chain([None]) {
        if let Some(slot) = context.store.claim_slot(holder, slots, SLOT_SECONDS)? {
            return Ok(slot);
        }
        pause.into_iter().map(Duration::from_millis).for_each(sleep);
    }
    let error = ErrorResponse::new(StatusCode::SERVICE_UNAVAILABLE, BUSY);
    Err(error.with_header(RETRY_AFTER, "2".to_owned()).into())
}

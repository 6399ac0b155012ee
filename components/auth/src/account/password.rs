//! The one place that hashes passwords. Each hash takes 32 MiB and a tenth of a second, so only so many are made at once,
//! over all replicas: who finds no slot waits for a moment and is then sent away. A slot is a row with an expiry, since a
//! request that dies gives nothing back.

use std::thread::sleep;
use std::time::Duration;

use better_auth::{password, random_id};
use http::StatusCode;
use http::header::RETRY_AFTER;

use crate::context::Call;
use crate::http::response::{Code, Failure, Refusal};

/// Longer than any hash takes.
const SLOT_SECONDS: u32 = 10;
/// How long one waits for a slot, again and again, in milliseconds.
const PAUSES: [u64; 5] = [50, 100, 200, 400, 800];
const BUSY: Code = ("SERVICE_UNAVAILABLE", "Too many people are signing in at the moment. Try again shortly.");

/// Hashes a new password.
pub(crate) fn hash(call: &Call<'_>, text: &str) -> Result<String, Failure> {
    in_a_slot(call, || password::hash(text, call.bytes()))
}

/// Whether the password is the stored one. Without a stored one the answer is no and takes as long.
pub(crate) fn verify(call: &Call<'_>, text: &str, stored: Option<&str>) -> Result<bool, Failure> {
    in_a_slot(call, || match stored {
        Some(stored) => password::verify(text, stored),
        None => {
            std::hint::black_box(password::hash(text, call.bytes()));
            false
        }
    })
}

fn in_a_slot<T>(call: &Call<'_>, work: impl FnOnce() -> T) -> Result<T, Failure> {
    let holder = random_id(call.random);
    let slot = claim(call, &holder)?;
    let done = work();
    // A slot that is not given back is free again in a few seconds: no reason to fail what is done.
    if let Err(error) = call.store.release_slot(&slot, &holder) {
        http_api::warn(call.request, "password_slot", &error.to_string());
    }
    Ok(done)
}

fn claim(call: &Call<'_>, holder: &str) -> Result<String, Failure> {
    let slots = call.settings.password_hashes_at_once()?;
    for pause in PAUSES.map(Some).into_iter().chain([None]) {
        if let Some(slot) = call.store.claim_slot(holder, slots, SLOT_SECONDS)? {
            return Ok(slot);
        }
        pause.into_iter().map(Duration::from_millis).for_each(sleep);
    }
    Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, BUSY).with(RETRY_AFTER, "2".to_owned()).into())
}

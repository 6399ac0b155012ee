//! Key sets, those of the auth component above all, kept in the key-value store: instances live for one request only.
//! However many requests name a key that nobody knows, each store asks the server at most once in `MIN_AGE`; and one
//! request asks for all that come meanwhile.

use std::thread::sleep;
use std::time::Duration;

use http_api::{Keys, KeysWanted};
use serde::{Deserialize, Serialize};
use spin_sdk::key_value::Store;

use crate::{fetch, now_ms, store, variable};

/// A copy this old, in milliseconds, is read anew. A key is published for longer before it signs (`better_auth::jwks::LEAD`).
const MAX_AGE: u64 = 300_000;
/// Not even an unknown key id makes us ask more often than this, in milliseconds.
const MIN_AGE: u64 = 5_000;
/// After a failure we ask again this soon, in milliseconds.
const RETRY: u64 = 1_000;
/// How long one request asks; the others wait for it as long, if they must.
const TIMEOUT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);
/// Of those that want to ask at the same moment, whoever is still noted after this pause does: the store has no lock.
const SETTLE: Duration = Duration::from_millis(20);
const MAX_BYTES: usize = 64 * 1024;

/// The last answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Copy {
    fetched_at: u64,
    keys: String,
}

/// The last question, asked at this time.
#[derive(Serialize, Deserialize)]
struct Attempt {
    at: u64,
    /// Who asks: a random number.
    by: u64,
    failed: bool,
}

/// What a request has to do.
#[derive(Debug)]
enum Task {
    Return(Copy),
    Wait,
    Ask,
}

/// The key set of the auth component: `{auth_origin}/api/auth/jwks`.
pub fn jwks(wanted: KeysWanted) -> Result<Keys, String> {
    let auth_origin = || variable("auth_origin").map_err(|error| error.reason().to_owned());
    let address = || Ok(format!("{}/api/auth/jwks", auth_origin()?));
    let copy = copy_of("auth", wanted, &address)?;
    Ok(Keys { until: (copy.fetched_at + MAX_AGE) / 1000, json: copy.keys })
}

/// The key set at this address as JSON.
pub fn key_set(address: &str, wanted: KeysWanted) -> Result<String, String> {
    Ok(copy_of(address, wanted, &|| Ok(address.to_owned()))?.keys)
}

/// A recent copy if that will do, else the key set is read anew. While the server cannot be reached, the last copy goes
/// on serving.
fn copy_of(name: &str, wanted: KeysWanted, address: &dyn Fn() -> Result<String, String>) -> Result<Copy, String> {
    let store = store()?;
    let names = Names { copy: format!("jwks:{name}"), attempt: format!("jwks-asked:{name}") };
    let deadline = now_ms() + TIMEOUT.as_millis() as u64;
    loop {
        let copy: Option<Copy> = store.get_json(&names.copy).unwrap_or(None); // an unreadable copy is replaced
        let is_recent = |copy: &Copy| now_ms().saturating_sub(copy.fetched_at) < enough(wanted);
        let copy = match copy {
            Some(copy) if is_recent(&copy) => return Ok(copy),
            other => other,
        };
        let attempt: Option<Attempt> = store.get_json(&names.attempt).unwrap_or(None);
        let is_late = now_ms() >= deadline;
        match judge(copy.as_ref(), attempt.as_ref(), wanted, now_ms()) {
            Task::Return(copy) => return Ok(copy),
            Task::Wait if !is_late => sleep(PAUSE),
            Task::Wait | Task::Ask => {
                if is_late || is_chosen(store, &names, copy.as_ref())? {
                    return ask(store, &names, &address()?, copy);
                }
            }
        }
    }
}

struct Names {
    copy: String,
    attempt: String,
}

/// A copy that is merely old serves while one request asks for a new one. One that lacks a key does not: the others
/// wait, since theirs may be the key that was just made.
fn judge(copy: Option<&Copy>, attempt: Option<&Attempt>, wanted: KeysWanted, now: u64) -> Task {
    let since = |at: u64| now.saturating_sub(at);
    let fetched_at = copy.map_or(0, |copy| copy.fetched_at);
    let asking =
        attempt.is_some_and(|last| !last.failed && last.at > fetched_at && since(last.at) < TIMEOUT.as_millis() as u64);
    let refused = attempt.is_some_and(|last| last.failed && since(last.at) < RETRY);
    match copy {
        Some(copy) if since(copy.fetched_at) < enough(wanted) || refused => Task::Return(copy.clone()),
        Some(copy) if asking && wanted == KeysWanted::Cached => Task::Return(copy.clone()),
        _ if asking => Task::Wait,
        _ => Task::Ask,
    }
}

/// The age up to which a copy will do.
fn enough(wanted: KeysWanted) -> u64 {
    match wanted {
        KeysWanted::Cached => MAX_AGE,
        KeysWanted::Fresh => MIN_AGE,
    }
}

/// Notes that we ask. Another request may do so at the same moment, or have the answer already.
fn is_chosen(store: &Store, names: &Names, seen: Option<&Copy>) -> Result<bool, String> {
    let by = getrandom::u64().map_err(|error| error.to_string())?;
    note(store, names, &Attempt { at: now_ms(), by, failed: false })?;
    sleep(SETTLE);
    let noted: Option<Attempt> = store.get_json(&names.attempt).unwrap_or(None);
    let copy: Option<Copy> = store.get_json(&names.copy).unwrap_or(None);
    let is_new = copy.map(|copy| copy.fetched_at) != seen.map(|copy| copy.fetched_at);
    Ok(noted.is_some_and(|noted| noted.by == by) && !is_new)
}

fn note(store: &Store, names: &Names, attempt: &Attempt) -> Result<(), String> {
    store.set_json(&names.attempt, attempt).map_err(|error| error.to_string())
}

fn ask(store: &Store, names: &Names, address: &str, copy: Option<Copy>) -> Result<Copy, String> {
    match read(address) {
        Ok(keys) => {
            let copy = Copy { fetched_at: now_ms(), keys };
            store.set_json(&names.copy, &copy).map_err(|error| error.to_string())?;
            Ok(copy)
        }
        Err(error) => {
            note(store, names, &Attempt { at: now_ms(), by: 0, failed: true })?;
            copy.ok_or(error)
        }
    }
}

fn read(address: &str) -> Result<String, String> {
    let request = http::Request::get(address).body(Vec::new()).map_err(|error| error.to_string())?;
    let response = fetch(request, TIMEOUT, MAX_BYTES).map_err(|error| error.to_string())?;
    match response.status().is_success() {
        true => String::from_utf8(response.into_body()).map_err(|error| error.to_string()),
        false => Err(format!("the key set answers {}", response.status())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 10_000_000;

    fn task(fetched: Option<u64>, asked: Option<(u64, bool)>, wanted: KeysWanted) -> &'static str {
        let copy = fetched.map(|ago| Copy { fetched_at: NOW - ago, keys: "keys".to_owned() });
        let attempt = asked.map(|(ago, failed)| Attempt { at: NOW - ago, by: 1, failed });
        match judge(copy.as_ref(), attempt.as_ref(), wanted, NOW) {
            Task::Return(_) => "return",
            Task::Wait => "wait",
            Task::Ask => "ask",
        }
    }

    #[test]
    fn a_recent_copy_will_do() {
        assert_eq!(task(None, None, KeysWanted::Cached), "ask");
        assert_eq!(task(Some(MAX_AGE - 1), None, KeysWanted::Cached), "return");
        assert_eq!(task(Some(MAX_AGE), None, KeysWanted::Cached), "ask");
    }

    #[test]
    fn an_unknown_key_does_not_make_us_ask_again_and_again() {
        assert_eq!(task(Some(MIN_AGE - 1), Some((MIN_AGE, false)), KeysWanted::Fresh), "return");
        assert_eq!(task(Some(MIN_AGE), Some((MIN_AGE + 5, false)), KeysWanted::Fresh), "ask");
        assert_eq!(task(Some(MIN_AGE), Some((10, true)), KeysWanted::Fresh), "return", "it failed just now");
        assert_eq!(task(Some(MIN_AGE), Some((RETRY, true)), KeysWanted::Fresh), "ask");
    }

    #[test]
    fn one_request_asks_for_all() {
        assert_eq!(task(Some(MAX_AGE), Some((10, false)), KeysWanted::Cached), "return", "the old copy serves");
        assert_eq!(task(Some(MIN_AGE), Some((10, false)), KeysWanted::Fresh), "wait");
        assert_eq!(task(None, Some((10, false)), KeysWanted::Cached), "wait");
        assert_eq!(task(None, Some((5_000, false)), KeysWanted::Cached), "ask", "it never came back");
        assert_eq!(task(None, Some((10, true)), KeysWanted::Cached), "ask", "there is nothing else to answer");
    }
}

//! Key sets, above all that of the auth component, stored in the key-value store, which all instances share, and kept in each.
//! However many requests name an unknown key, each store reads the set at most once in [`MIN_AGE`]; and one request reads
//! it for all that arrive meanwhile.

use std::cell::RefCell;
use std::thread::sleep;
use std::time::Duration;

use http_api::{KeyFreshness, KeySetCopy};
use serde::{Deserialize, Serialize};
use spin_sdk::key_value::Store;

use crate::clock::now_ms;
use crate::fetch::fetch;
use crate::instance_memory::{KEY_SETS, KeptMap, Waiting};
use crate::store::store;
use crate::variables::variable;

/// How old a copy may become, in milliseconds. A new key is published for longer before it signs (`better_auth::jwks::LEAD`).
const MAX_AGE: u64 = 300_000;
/// How old a copy must be before an unknown key id makes us read the set again, in milliseconds.
const MIN_AGE: u64 = 5_000;
/// The pause after a failure, in milliseconds.
const RETRY: u64 = 1_000;
/// How long one request may read the set, and how long others wait for it.
const TIMEOUT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);
/// The store has no lock: of the requests that start to read at the same moment, the one whose note is still there after
/// this pause reads.
const SETTLE: Duration = Duration::from_millis(20);
const MAX_BYTES: usize = 64 * 1024;

/// The last response.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct StoredKeys {
    fetched_at: u64,
    keys: String,
}

/// The last attempt to read the set.
#[derive(Serialize, Deserialize)]
struct Attempt {
    at: u64,
    /// The request that reads: a random number.
    by: u64,
    failed: bool,
}

/// What a request does next.
#[derive(Debug)]
enum NextStep {
    Return(StoredKeys),
    Wait,
    Read,
}

thread_local!(static KEPT: RefCell<KeptMap<StoredKeys>> = const { RefCell::new(KeptMap::new(KEY_SETS)) });

/// The key set of the auth component: `{auth_origin}/api/auth/jwks`.
pub fn jwks(freshness: KeyFreshness) -> Result<KeySetCopy, String> {
    let auth_origin = || variable("auth_origin").map_err(|error| error.reason().to_owned());
    let address = || Ok(format!("{}/api/auth/jwks", auth_origin()?));
    let copy = copy_of("auth", freshness, &address)?;
    Ok(KeySetCopy { until: (copy.fetched_at + MAX_AGE) / 1000, json: copy.keys })
}

/// The key set at this address as JSON.
pub fn key_set(address: &str, freshness: KeyFreshness) -> Result<String, String> {
    Ok(copy_of(address, freshness, &|| Ok(address.to_owned()))?.keys)
}

/// A copy that is recent enough, of those that the instance keeps and all instances store; else the key set is read again.
fn copy_of(
    name: &str,
    freshness: KeyFreshness,
    address: &dyn Fn() -> Result<String, String>,
) -> Result<StoredKeys, String> {
    let is_recent = |copy: &StoredKeys| now_ms().saturating_sub(copy.fetched_at) < max_age(freshness);
    // Another instance may have stored a key that is missing in the kept copy.
    let may_be_kept = freshness == KeyFreshness::Cached;
    let kept = KEPT.with_borrow_mut(|kept| kept.get(name, now_ms()).filter(|_| may_be_kept).cloned());
    if let Some(copy) = kept.filter(is_recent) {
        return Ok(copy);
    }
    let copy = stored_copy(name, freshness, address)?;
    KEPT.with_borrow_mut(|kept| kept.put(name, copy.clone(), now_ms()));
    Ok(copy)
}

/// The stored copy if it is recent enough, else the key set is read again. While the server cannot be reached, the last copy
/// stays in use.
fn stored_copy(
    name: &str,
    freshness: KeyFreshness,
    address: &dyn Fn() -> Result<String, String>,
) -> Result<StoredKeys, String> {
    let store = store()?;
    let names = EntryNames { copy: format!("jwks:{name}"), attempt: format!("jwks-asked:{name}") };
    let deadline = now_ms() + TIMEOUT.as_millis() as u64;
    loop {
        let copy: Option<StoredKeys> = store.get_json(&names.copy).unwrap_or(None); // an unreadable copy is replaced
        let is_recent = |copy: &StoredKeys| now_ms().saturating_sub(copy.fetched_at) < max_age(freshness);
        let copy = match copy {
            Some(copy) if is_recent(&copy) => return Ok(copy),
            other => other,
        };
        let attempt: Option<Attempt> = store.get_json(&names.attempt).unwrap_or(None);
        let is_late = now_ms() >= deadline;
        match next_step(copy.as_ref(), attempt.as_ref(), freshness, now_ms()) {
            NextStep::Return(copy) => return Ok(copy),
            NextStep::Wait if !is_late => {
                let _waiting = Waiting::begin();
                sleep(PAUSE);
            }
            NextStep::Wait | NextStep::Read => {
                if is_late || is_chosen(store, &names, copy.as_ref())? {
                    return read_and_store(store, &names, &address()?, copy);
                }
            }
        }
    }
}

/// The names of a key set's entries in the store.
struct EntryNames {
    copy: String,
    attempt: String,
}

/// A copy that is merely old stays in use while one request reads a new one. A copy without the wanted key does not: the
/// other requests wait, since their key may be the one that was just made.
fn next_step(copy: Option<&StoredKeys>, attempt: Option<&Attempt>, freshness: KeyFreshness, now: u64) -> NextStep {
    let since = |at: u64| now.saturating_sub(at);
    let fetched_at = copy.map_or(0, |copy| copy.fetched_at);
    let reading =
        attempt.is_some_and(|last| !last.failed && last.at > fetched_at && since(last.at) < TIMEOUT.as_millis() as u64);
    let has_just_failed = attempt.is_some_and(|last| last.failed && since(last.at) < RETRY);
    match copy {
        Some(copy) if since(copy.fetched_at) < max_age(freshness) || has_just_failed => NextStep::Return(copy.clone()),
        Some(copy) if reading && freshness == KeyFreshness::Cached => NextStep::Return(copy.clone()),
        _ if reading => NextStep::Wait,
        _ => NextStep::Read,
    }
}

/// The age up to which a copy is recent enough.
fn max_age(freshness: KeyFreshness) -> u64 {
    match freshness {
        KeyFreshness::Cached => MAX_AGE,
        KeyFreshness::Fresh => MIN_AGE,
    }
}

/// Notes that this request reads the set. Another one may do so at the same moment, or have read it already.
fn is_chosen(store: &Store, names: &EntryNames, seen: Option<&StoredKeys>) -> Result<bool, String> {
    let by = getrandom::u64().map_err(|error| error.to_string())?;
    note(store, names, &Attempt { at: now_ms(), by, failed: false })?;
    sleep(SETTLE);
    let noted: Option<Attempt> = store.get_json(&names.attempt).unwrap_or(None);
    let copy: Option<StoredKeys> = store.get_json(&names.copy).unwrap_or(None);
    let is_new = copy.map(|copy| copy.fetched_at) != seen.map(|copy| copy.fetched_at);
    Ok(noted.is_some_and(|noted| noted.by == by) && !is_new)
}

fn note(store: &Store, names: &EntryNames, attempt: &Attempt) -> Result<(), String> {
    store.set_json(&names.attempt, attempt).map_err(|error| error.to_string())
}

fn read_and_store(
    store: &Store,
    names: &EntryNames,
    address: &str,
    copy: Option<StoredKeys>,
) -> Result<StoredKeys, String> {
    match read(address) {
        Ok(keys) => {
            let copy = StoredKeys { fetched_at: now_ms(), keys };
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
        false => Err(format!("the key set returned {}", response.status())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 10_000_000;

    fn step(fetched: Option<u64>, attempted: Option<(u64, bool)>, freshness: KeyFreshness) -> &'static str {
        let copy = fetched.map(|ago| StoredKeys { fetched_at: NOW - ago, keys: "keys".to_owned() });
        let attempt = attempted.map(|(ago, failed)| Attempt { at: NOW - ago, by: 1, failed });
        match next_step(copy.as_ref(), attempt.as_ref(), freshness, NOW) {
            NextStep::Return(_) => "return",
            NextStep::Wait => "wait",
            NextStep::Read => "read",
        }
    }

    #[test]
    fn a_recent_copy_will_do() {
        assert_eq!(step(None, None, KeyFreshness::Cached), "read");
        assert_eq!(step(Some(MAX_AGE - 1), None, KeyFreshness::Cached), "return");
        assert_eq!(step(Some(MAX_AGE), None, KeyFreshness::Cached), "read");
    }

    #[test]
    fn an_unknown_key_does_not_make_us_read_again_and_again() {
        assert_eq!(step(Some(MIN_AGE - 1), Some((MIN_AGE, false)), KeyFreshness::Fresh), "return");
        assert_eq!(step(Some(MIN_AGE), Some((MIN_AGE + 5, false)), KeyFreshness::Fresh), "read");
        assert_eq!(step(Some(MIN_AGE), Some((10, true)), KeyFreshness::Fresh), "return", "it failed just now");
        assert_eq!(step(Some(MIN_AGE), Some((RETRY, true)), KeyFreshness::Fresh), "read");
    }

    #[test]
    fn one_request_reads_for_all() {
        assert_eq!(step(Some(MAX_AGE), Some((10, false)), KeyFreshness::Cached), "return", "the old copy serves");
        assert_eq!(step(Some(MIN_AGE), Some((10, false)), KeyFreshness::Fresh), "wait");
        assert_eq!(step(None, Some((10, false)), KeyFreshness::Cached), "wait");
        assert_eq!(step(None, Some((5_000, false)), KeyFreshness::Cached), "read", "it never came back");
        assert_eq!(step(None, Some((10, true)), KeyFreshness::Cached), "read", "there is nothing else to return");
    }
}

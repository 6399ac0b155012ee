//! Texts cached from one request to the next, in the key-value store. Losing one costs time only.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::now_ms;
use crate::instance_memory::{KeptMap, TEXTS};
use crate::store::store;

thread_local!(static KEPT: RefCell<KeptMap<String>> = const { RefCell::new(KeptMap::new(TEXTS)) });

#[derive(Serialize, Deserialize)]
struct CachedText {
    at: u64,
    text: String,
}

/// The text that was stored under this name less than `max_age` milliseconds ago.
pub fn recall(name: &str, max_age: u64) -> Option<String> {
    let cached: CachedText = store().ok()?.get_json(name).unwrap_or(None)?;
    (now_ms().saturating_sub(cached.at) < max_age).then_some(cached.text)
}

/// The same of a text that nobody forgets: it is kept in the instance, too.
pub fn recall_kept(name: &str, max_age: u64) -> Option<String> {
    let now = now_ms();
    if let Some(text) = KEPT.with_borrow_mut(|kept| kept.get(name, now).cloned()) {
        return Some(text);
    }
    let text = recall(name, max_age)?;
    KEPT.with_borrow_mut(|kept| kept.put(name, text.clone(), now));
    Some(text)
}

/// Stores a text under this name.
pub fn remember(name: &str, text: &str) {
    let cached = CachedText { at: now_ms(), text: text.to_owned() };
    if let Err(cause) = store().and_then(|store| store.set_json(name, &cached).map_err(|error| error.to_string())) {
        log_not_cached(&cause);
    }
}

/// Removes the text of this name.
pub fn forget(name: &str) {
    if let Err(cause) = store().and_then(|store| store.delete(name).map_err(|error| error.to_string())) {
        log_not_cached(&cause);
    }
}

/// Logs that something could not be cached.
pub(crate) fn log_not_cached(cause: &str) {
    http_api::log(&json!({"level": "warn", "event": "not_remembered", "cause": cause}));
}

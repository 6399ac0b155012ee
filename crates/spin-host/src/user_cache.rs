//! What this replica has cached of a user: verified tokens, and the state of rates. It is one entry of the key-value store,
//! which an instance reads once in a while, since a look into the store costs the host more than what the entry holds. Two
//! requests at once may lose each other's change: then something is verified, or counted, once more.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use http_api::{TokenCache, TokenHash};
use serde::{Deserialize, Serialize};

use crate::clock::{now, now_ms};
use crate::instance_memory::{KeptMap, USERS};
use crate::store::store;
use crate::text_cache::log_not_cached;

/// How many tokens of a user are cached.
const TOKENS: usize = 8;
/// A verified token is stored with probability 1/4: storing costs a write, which single-use tokens would waste.
const ONE_IN: u32 = 4;
/// The longest user id; the subject of a forged token may be longer.
const MAX_ID: usize = 128;

/// The token cache that all components with this store share.
pub const TOKEN_CACHE: TokenCache<'static> = TokenCache { contains: &contains_token, add: &add_token };

/// How much of a rate was left.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct RateState {
    /// How many calls.
    pub remaining: u32,
    /// When the whole rate is available again, in seconds since the epoch. The state is worth nothing after that.
    pub resets_at: u64,
}

/// The entry of one user.
#[derive(Debug, Default, Serialize, Deserialize)]
struct UserCache {
    /// Hashes of tokens and until when each may be used, the newest first.
    tokens: Vec<(String, u64)>,
    rates: BTreeMap<String, RateState>,
}

thread_local!(static KEPT: RefCell<KeptMap<UserCache>> = const { RefCell::new(KeptMap::new(USERS)) });

/// The state of the rate of this name when it was last counted.
pub fn cached_rate(user: &str, rate: &str) -> Option<RateState> {
    read(user, |cache| cache.rates.get(rate).copied())
}

/// Caches the state of the rate of this name.
pub fn cache_rate(user: &str, rate: &str, state: RateState) {
    change(user, |cache| {
        cache.rates.insert(rate.to_owned(), state);
    });
}

fn contains_token(user: &str, token: &TokenHash, now: u64) -> bool {
    user.len() <= MAX_ID && read(user, |cache| cache.contains(token, now))
}

fn add_token(user: &str, token: &TokenHash, until: u64) {
    let is_stored = || getrandom::u32().is_ok_and(|drawn| drawn % ONE_IN == 0);
    let add = |cache: &mut UserCache| cache.add(token, until, now());
    match user.len() <= MAX_ID {
        true if is_stored() => change(user, add),
        true => read(user, add),
        false => {}
    }
}

fn read<T>(user: &str, look: impl FnOnce(&mut UserCache) -> T) -> T {
    KEPT.with_borrow_mut(|kept| {
        let now = now_ms();
        if let Some(cache) = kept.get(user, now) {
            return look(cache);
        }
        let found = store().ok().and_then(|store| store.get_json(name(user)).ok().flatten());
        let mut cache: UserCache = found.unwrap_or_default(); // an unreadable entry is replaced
        let seen = look(&mut cache);
        kept.put(user, cache, now);
        seen
    })
}

fn change(user: &str, make: impl FnOnce(&mut UserCache)) {
    let written = read(user, |cache| {
        make(cache);
        store().and_then(|store| store.set_json(name(user), cache).map_err(|error| error.to_string()))
    });
    if let Err(cause) = written {
        log_not_cached(&cause);
    }
}

fn name(user: &str) -> String {
    format!("user:{user}")
}

impl UserCache {
    fn contains(&self, token: &TokenHash, now: u64) -> bool {
        let token = BASE64_STANDARD_NO_PAD.encode(token);
        self.tokens.iter().any(|(cached, until)| *cached == token && now < *until)
    }

    fn add(&mut self, token: &TokenHash, until: u64, now: u64) {
        self.tokens.retain(|(_, until)| now < *until);
        self.tokens.truncate(TOKENS - 1);
        self.tokens.insert(0, (BASE64_STANDARD_NO_PAD.encode(token), until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_tokens_are_known_while_they_are_good() {
        let mut cache = UserCache::default();
        for n in 0..10 {
            cache.add(&[n; 32], 100 + u64::from(n), 50);
        }
        assert_eq!((0..10).filter(|n| cache.contains(&[*n; 32], 50)).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(cache.contains(&[9; 32], 108) && !cache.contains(&[9; 32], 109) && !cache.contains(&[10; 32], 50));
        cache.add(&[11; 32], 200, 107);
        assert_eq!(cache.tokens.len(), 3, "what is over is forgotten");
        let kept: UserCache = serde_json::from_str(&serde_json::to_string(&cache).unwrap()).unwrap();
        assert!(kept.contains(&[11; 32], 107));
    }
}

//! What an instance keeps from one request to the next. Nothing else that changes outlives a request, and all of it ends with the instance,
//! after some hundred requests or a second without any. An instance that serves one request keeps the same for that.
//!
//! - settings, which are the same as long as the app runs (`variables.rs`);
//! - key sets: [`KEY_SETS`] (`keys.rs`);
//! - what is known of users, verified tokens and rates: [`USERS`] (`user_cache.rs`);
//! - the lists of tools of the assistant: [`TEXTS`] (`text_cache.rs`);
//! - the key that signs tokens, in `components/session` (`auth_routes::KeptSigningKey`);
//! - a connection to the database, which its own crate keeps (`db::keep_connection`): for a short time, and not while a request waits for
//!   something else, since others need it ([`Waiting`]).

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The key sets of a few issuers. Each copy has a shorter limit of its own.
pub(crate) const KEY_SETS: KeptLimits = KeptLimits { most: 4, max_age: 600_000 };
/// Some users, for a while: other instances change what is stored of them.
pub(crate) const USERS: KeptLimits = KeptLimits { most: 256, max_age: 5_000 };

/// Some texts that are stored for longer.
pub(crate) const TEXTS: KeptLimits = KeptLimits { most: 16, max_age: 5_000 };

/// How many values of a kind are kept, and for how many milliseconds.
pub(crate) struct KeptLimits {
    most: usize,
    max_age: u64,
}

/// The values of a kind by name.
pub(crate) struct KeptMap<V> {
    limits: KeptLimits,
    values: BTreeMap<String, (u64, V)>,
}

impl<V> KeptMap<V> {
    pub(crate) const fn new(limits: KeptLimits) -> Self {
        Self { limits, values: BTreeMap::new() }
    }

    /// The value of this name, unless it is too old.
    pub(crate) fn get(&mut self, name: &str, now_ms: u64) -> Option<&mut V> {
        let max_age = self.limits.max_age;
        self.values.get_mut(name).filter(|(at, _)| now_ms.saturating_sub(*at) < max_age).map(|(_, value)| value)
    }

    /// Keeps a value from now on. Where there is no room the oldest one goes.
    pub(crate) fn put(&mut self, name: &str, value: V, now_ms: u64) {
        if self.values.len() >= self.limits.most && !self.values.contains_key(name) {
            let oldest = self.values.iter().min_by_key(|(_, (at, _))| *at).map(|(name, _)| name.clone());
            oldest.and_then(|oldest| self.values.remove(&oldest));
        }
        self.values.insert(name.to_owned(), (now_ms, value));
    }
}

thread_local!(static WAITING: Cell<u32> = const { Cell::new(0) });

static KEEPER: OnceLock<fn(bool)> = OnceLock::new();

/// Sets who is told whether a connection may be kept. Only the first call counts.
pub fn set_connection_keeper(keep: fn(bool)) {
    KEEPER.get_or_init(|| keep);
}

/// Whether somebody keeps a connection.
pub(crate) fn keeps_connection() -> bool {
    KEEPER.get().is_some()
}

/// A request that waits for something other than a kept connection: another server, its client, a second connection. While there is one,
/// the instance keeps no connection: all instances together could keep what each of them waits for.
pub struct Waiting(());

impl Waiting {
    /// Begins to wait.
    pub fn begin() -> Self {
        if WAITING.replace(WAITING.get() + 1) == 0 {
            tell_keeper(false);
        }
        Self(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.set(WAITING.get() - 1);
        if WAITING.get() == 0 {
            tell_keeper(true);
        }
    }
}

fn tell_keeper(may_keep: bool) {
    if let Some(keep) = KEEPER.get() {
        keep(may_keep);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn a_value_is_kept_for_its_time() {
        let mut map = KeptMap::new(KeptLimits { most: 2, max_age: 100 });
        map.put("a", 1, 0);
        let found = [("a", 99), ("a", 100), ("b", 0)].map(|(name, now)| map.get(name, now).copied());
        assert_eq!(found, [Some(1), None, None]);
    }

    #[test]
    fn the_oldest_value_makes_room() {
        let mut map = KeptMap::new(KeptLimits { most: 2, max_age: 100 });
        for (name, value, now) in [("a", 1, 0), ("b", 2, 1), ("a", 3, 2), ("c", 4, 3)] {
            map.put(name, value, now);
        }
        assert_eq!(["a", "b", "c"].map(|name| map.get(name, 3).copied()), [Some(3), None, Some(4)]);
    }

    thread_local!(static TOLD: RefCell<Vec<bool>> = const { RefCell::new(Vec::new()) });

    #[test]
    fn nothing_is_kept_while_any_request_waits() {
        set_connection_keeper(|may_keep| TOLD.with_borrow_mut(|told| told.push(may_keep)));
        let first = Waiting::begin();
        let second = Waiting::begin();
        drop(first);
        assert_eq!(TOLD.take(), [false]);
        drop(second);
        assert_eq!(TOLD.take(), [true]);
    }
}

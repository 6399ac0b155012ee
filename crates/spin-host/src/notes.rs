//! What this replica remembers of a user: tokens that need no second check, and what was left of rates. One entry of the
//! key-value store, read once in a request, since a look into the store costs a host more than what is in it. Two requests
//! at once may lose each other's note: then something is checked, or counted, once more.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use http_api::{Fingerprint, Memory};
use serde::{Deserialize, Serialize};

use crate::memory::not_remembered;
use crate::{now, store};

/// How many tokens of a user are known.
const TOKENS: usize = 8;
/// One good token in so many is noted, by chance: a note costs a write, which a token that is used once is not worth.
const NOTED: u32 = 4;
/// No user's id is longer; what a forged token says may be.
const MAX_ID: usize = 128;

/// The memory that all components with this store share.
pub const TOKENS_KNOWN: Memory<'static> = Memory { knows: &knows, note: &note };

/// What was left of a rate, and when all of it is there again, in seconds since the epoch.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Left {
    /// How many calls.
    pub remaining: u32,
    /// Until when this is worth something.
    pub resets_at: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Notes {
    /// Fingerprints and until when they are good, the newest first.
    tokens: Vec<(String, u64)>,
    rates: BTreeMap<String, Left>,
}

thread_local!(static READ: RefCell<Option<(String, Notes)>> = const { RefCell::new(None) });

/// What was left of the rate of this name when it was last counted.
pub fn left(user: &str, rate: &str) -> Option<Left> {
    read(user, |notes| notes.rates.get(rate).copied())
}

/// Notes what is left of the rate of this name.
pub fn note_left(user: &str, rate: &str, left: Left) {
    change(user, |notes| {
        notes.rates.insert(rate.to_owned(), left);
    });
}

fn knows(user: &str, token: &Fingerprint, now: u64) -> bool {
    user.len() <= MAX_ID && read(user, |notes| notes.knows(token, now))
}

fn note(user: &str, token: &Fingerprint, until: u64) {
    if user.len() <= MAX_ID && getrandom::u32().is_ok_and(|drawn| drawn % NOTED == 0) {
        change(user, |notes| notes.add(token, until, now()));
    }
}

fn read<T>(user: &str, look: impl FnOnce(&mut Notes) -> T) -> T {
    READ.with_borrow_mut(|read| {
        if read.as_ref().is_none_or(|(whose, _)| whose != user) {
            let found = store().ok().and_then(|store| store.get_json(name(user)).ok().flatten());
            *read = Some((user.to_owned(), found.unwrap_or_default())); // an unreadable entry is replaced
        }
        let (_, notes) = read.as_mut().expect("was just read");
        look(notes)
    })
}

fn change(user: &str, make: impl FnOnce(&mut Notes)) {
    let noted = read(user, |notes| {
        make(notes);
        store().and_then(|store| store.set_json(name(user), notes).map_err(|error| error.to_string()))
    });
    if let Err(cause) = noted {
        not_remembered(&cause);
    }
}

fn name(user: &str) -> String {
    format!("user:{user}")
}

impl Notes {
    fn knows(&self, token: &Fingerprint, now: u64) -> bool {
        let token = BASE64_STANDARD_NO_PAD.encode(token);
        self.tokens.iter().any(|(known, until)| *known == token && now < *until)
    }

    fn add(&mut self, token: &Fingerprint, until: u64, now: u64) {
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
        let mut notes = Notes::default();
        for n in 0..10 {
            notes.add(&[n; 32], 100 + u64::from(n), 50);
        }
        assert_eq!((0..10).filter(|n| notes.knows(&[*n; 32], 50)).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(notes.knows(&[9; 32], 108) && !notes.knows(&[9; 32], 109) && !notes.knows(&[10; 32], 50));
        notes.add(&[11; 32], 200, 107);
        assert_eq!(notes.tokens.len(), 3, "what is over is forgotten");
        let kept: Notes = serde_json::from_str(&serde_json::to_string(&notes).unwrap()).unwrap();
        assert!(kept.knows(&[11; 32], 107));
    }
}

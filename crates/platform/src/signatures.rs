//! Good signatures, in the key-value store: by the first byte of their hash, the newest first, so that all of them
//! together take no more than 256 KiB. Two requests at once may lose each other's note: then one signature is checked again.

use edge::{Signatures, Signed};
use spin_sdk::key_value::Store;

use crate::memory::not_remembered;
use crate::store;

/// How many are kept under one name.
const KEPT: usize = 32;
/// One good signature in so many is noted, by chance: a note costs a write, which a token that is used once is not worth.
const NOTED: u32 = 4;

/// The memory that all components with this store share.
pub const SIGNATURES: Signatures<'static> = Signatures { known: &is_known, note: &note };

fn is_known(signed: &Signed) -> bool {
    store().is_ok_and(|store| holds(&noted(store, signed), signed))
}

fn holds(kept: &[u8], signed: &Signed) -> bool {
    kept.chunks_exact(signed.len()).any(|one| one == signed)
}

/// These and a new one, without the oldest if there are too many.
fn with(kept: &[u8], signed: &Signed) -> Vec<u8> {
    let mut all = [signed.as_slice(), kept].concat();
    all.truncate(KEPT * signed.len());
    all
}

fn note(signed: &Signed) {
    if getrandom::u32().is_ok_and(|drawn| drawn % NOTED != 0) {
        return;
    }
    let Ok(store) = store() else { return };
    if let Err(error) = store.set(&name(signed), &with(&noted(store, signed), signed)) {
        not_remembered(&error.to_string());
    }
}

/// What is noted under the name of this signature.
fn noted(store: &Store, signed: &Signed) -> Vec<u8> {
    store.get(&name(signed)).ok().flatten().unwrap_or_default()
}

fn name(signed: &Signed) -> String {
    format!("signatures:{:02x}", signed[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_and_nothing_between_two_is_one() {
        let one = |n: usize| [u8::try_from(n).unwrap(); 32];
        let kept = (0..KEPT + 8).fold(Vec::new(), |kept, n| with(&kept, &one(n)));
        assert_eq!(kept.len(), KEPT * 32);
        assert!((0..KEPT + 8).all(|n| holds(&kept, &one(n)) == (n >= 8)));
        let between: Signed = kept[16..48].try_into().unwrap();
        assert!(!holds(&kept, &between) && !holds(&kept[..31], &one(KEPT + 7)));
    }
}

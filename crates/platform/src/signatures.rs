//! Good signatures, in the key-value store: by the first byte of their hash, the newest first, so that all of them
//! together take no more than 256 KiB. Two requests at once may lose each other's note: then one signature is checked again.

use edge::{Signatures, Signed};
use spin_sdk::key_value::Store;

/// How many are kept under one name.
const KEPT: usize = 32;
/// One good signature in so many is noted, by chance: a note costs a write, which a token that is used once is not worth.
const NOTED: u32 = 4;

/// The memory that all components with this store share.
pub const SIGNATURES: Signatures<'static> = Signatures { known: &is_known, note: &note };

fn is_known(signed: &Signed) -> bool {
    Store::open_default().is_ok_and(|store| noted(&store, signed).chunks_exact(signed.len()).any(|kept| kept == signed))
}

fn note(signed: &Signed) {
    if getrandom::u32().is_ok_and(|drawn| drawn % NOTED != 0) {
        return;
    }
    let Ok(store) = Store::open_default() else { return };
    let mut kept = [signed.as_slice(), &noted(&store, signed)].concat();
    kept.truncate(KEPT * signed.len());
    if let Err(error) = store.set(&name(signed), &kept) {
        eprintln!("{{\"level\":\"warn\",\"event\":\"not_remembered\",\"cause\":{:?}}}", error.to_string());
    }
}

/// What is noted under the name of this signature.
fn noted(store: &Store, signed: &Signed) -> Vec<u8> {
    store.get(&name(signed)).ok().flatten().unwrap_or_default()
}

fn name(signed: &Signed) -> String {
    format!("signatures:{:02x}", signed[0])
}

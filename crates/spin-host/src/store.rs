//! The key-value store, opened once in an instance: opening costs a host as much as reading.

use std::cell::OnceCell;

use spin_sdk::key_value::Store;

thread_local!(static STORE: OnceCell<&'static Store> = const { OnceCell::new() });

/// The default store, or why it cannot be opened. It stays open until the instance ends.
pub fn store() -> Result<&'static Store, String> {
    STORE.with(|opened| match opened.get() {
        Some(store) => Ok(*store),
        None => {
            let store = Store::open_default().map_err(|error| error.to_string())?;
            Ok(*opened.get_or_init(|| Box::leak(Box::new(store))))
        }
    })
}

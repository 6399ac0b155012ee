//! An instance that has nothing to do for a moment gives its connection back. It may stay for a second, and others may wait for connections.

use std::cell::Cell;
use std::time::Duration;

use wasip3::spawn;

use super::patience::wait;
use crate::instance_memory::{Waiting, keeps_connection};

/// How long an instance is without a request until it counts as idle.
const IDLE: Duration = Duration::from_millis(50);

thread_local! {
    static REQUESTS: Cell<u64> = const { Cell::new(0) };
    static IS_WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that a request was handled, and watches what comes after it.
pub(super) fn watch() {
    REQUESTS.set(REQUESTS.get().wrapping_add(1));
    if keeps_connection() && !IS_WATCHED.replace(true) {
        spawn(async {
            let mut seen = None;
            while seen.replace(REQUESTS.get()) != Some(REQUESTS.get()) {
                wait(IDLE).await;
            }
            IS_WATCHED.set(false);
            drop(Waiting::begin());
        });
    }
}

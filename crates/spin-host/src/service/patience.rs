//! Waiting for something with an end. Meanwhile the instance serves others.

use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};
use wasip3::clocks::monotonic_clock::wait_for;

/// Waits for something, at most for `limit`.
pub(super) async fn at_most<T>(limit: Duration, step: impl Future<Output = T>) -> Option<T> {
    match select(pin!(step), pin!(wait(limit))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// Waits for so long.
pub async fn wait(time: Duration) {
    wait_for(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)).await;
}

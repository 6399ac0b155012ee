//! Waiting, above all for clients, who may take their time.

use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};
use wasip3::clocks::monotonic_clock::wait_for;

use crate::instance_memory::Waiting;

/// How long a client may take before the instance keeps no connection for it.
const PROMPT: Duration = Duration::from_millis(20);

/// Waits for a step of a client. Meanwhile the instance serves others, who need not keep a connection idle because of it.
pub(super) async fn for_client<T>(step: impl Future<Output = T>) -> T {
    let step = pin!(step);
    match select(step, pin!(wait(PROMPT))).await {
        Either::Left((done, _)) => done,
        Either::Right(((), step)) => {
            let _waiting = Waiting::begin();
            step.await
        }
    }
}

/// The same, at most for `limit`.
pub(super) async fn for_client_at_most<T>(limit: Duration, step: impl Future<Output = T>) -> Option<T> {
    at_most(limit, for_client(step)).await
}

/// Waits for something, at most for `limit`.
pub(super) async fn at_most<T>(limit: Duration, step: impl Future<Output = T>) -> Option<T> {
    match select(pin!(step), pin!(wait(limit))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// Waits. Meanwhile the instance serves others.
pub async fn wait(time: Duration) {
    wait_for(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)).await;
}

//! The connection that an instance keeps from one request to the next: at most one, for a short time, and none while a request waits for
//! something else. Others wait for connections of the same pool, and get them in turn.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use spin_sdk::pg4::Connection;

/// How long a connection is kept after it was taken from the host's pool.
const KEPT_FOR: Duration = Duration::from_millis(100);

thread_local! {
    static KEPT: RefCell<Option<LentConnection>> = const { RefCell::new(None) };
    static MAY_KEEP: Cell<bool> = const { Cell::new(true) };
}

/// Whether the instance may keep a connection from now on. If not, the one it keeps goes back.
pub fn keep_connection(may_keep: bool) {
    MAY_KEEP.set(may_keep);
    if !may_keep {
        KEPT.take();
    }
}

/// A connection of the host's pool, and when it was taken.
struct LentConnection {
    connection: Connection,
    since: Instant,
}

impl LentConnection {
    fn is_recent(&self) -> bool {
        self.since.elapsed() < KEPT_FOR
    }
}

/// A connection that is kept when it is dropped, or goes back to the host's pool.
pub(crate) struct KeptConnection {
    lent: Option<LentConnection>,
    is_kept: Cell<bool>,
}

impl KeptConnection {
    /// One that has just been taken.
    pub(crate) fn new(connection: Connection, is_kept: bool) -> Self {
        let lent = LentConnection { connection, since: Instant::now() };
        Self { lent: Some(lent), is_kept: Cell::new(is_kept) }
    }

    /// The one that is kept.
    pub(crate) fn take() -> Option<Self> {
        let kept = KEPT.take().filter(LentConnection::is_recent)?;
        Some(Self { lent: Some(kept), is_kept: Cell::new(true) })
    }

    pub(crate) fn get(&self) -> &Connection {
        &self.lent.as_ref().expect("it is there until it is dropped").connection
    }

    /// Sees to it that the connection is not kept.
    pub(crate) fn discard(&self) {
        self.is_kept.set(false);
    }
}

impl Drop for KeptConnection {
    fn drop(&mut self) {
        if self.is_kept.get() && MAY_KEEP.get() {
            KEPT.replace(self.lent.take().filter(LentConnection::is_recent));
        }
    }
}

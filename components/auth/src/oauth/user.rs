//! The signed-in user, as an authorization sees them.

use chrono::DateTime;

use crate::context::Context;
use crate::store::LiveSession;

/// A user and the session that they are signed in with.
pub(crate) struct SignedInUser {
    pub(crate) user_id: String,
    pub(crate) session_id: String,
    /// When they signed in, in Unix milliseconds.
    pub(super) since: u64,
}

impl SignedInUser {
    /// A user who signs in with this request.
    pub(crate) fn now(context: &Context<'_>, user_id: &str, session_id: &str) -> Self {
        Self { user_id: user_id.to_owned(), session_id: session_id.to_owned(), since: context.env.now * 1000 }
    }

    /// The user of a session.
    pub(super) fn of(live: &LiveSession) -> Self {
        let since = DateTime::parse_from_rfc3339(&live.session.created_at).ok();
        let since = since.and_then(|time| u64::try_from(time.timestamp_millis()).ok()).unwrap_or_default();
        Self { user_id: live.user.id.clone(), session_id: live.session.id.clone(), since }
    }

    /// Seconds since they signed in.
    pub(super) fn age(&self, now: u64) -> u64 {
        now.saturating_sub(self.since / 1000)
    }
}

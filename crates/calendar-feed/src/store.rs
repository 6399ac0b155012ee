//! The feeds of users in the database.

use db::{Db, Param};
use http_api::{Allowance, ApiError};
use rate_limit::Rate;

use crate::content::FeedContent;
use crate::secret::CalendarSecret;
use crate::state::FeedState;

const STATE: &str = include_str!("../sql/feed_state.sql");
const MAKE: &str = include_str!("../sql/make_feed.sql");
const REVOKE: &str = include_str!("../sql/revoke_feed.sql");
const READ: &str = include_str!("../sql/read_feed.sql");

/// How often a feed may be read in a minute.
const READS: Rate = Rate { name: "calendar", limit: 60, window: 60 };
/// How many wrong addresses a client may try in a minute, so that nobody searches.
const WRONG: Rate = Rate { name: "wrong_calendar", limit: 30, window: 60 };
/// The most tasks of a feed: those that are due last.
const MAX_TASKS: i64 = 10_000;

/// What a client reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReading {
    /// The tasks.
    pub content: FeedContent,
    /// What is left of the rate.
    pub allowance: Allowance,
}

/// What handlers do with feeds.
pub trait CalendarFeedStore {
    /// Whether this user has a feed.
    fn state(&self, owner: &str) -> Result<FeedState, ApiError>;
    /// Makes the feed of this user, in the place of an earlier one: its secret, and when it was made.
    fn make(&self, owner: &str) -> Result<(CalendarSecret, String), ApiError>;
    /// Ends the feed of this user, if there is one.
    fn revoke(&self, owner: &str) -> Result<(), ApiError>;
    /// Reads a feed, and notes that. `client` is who asks, by address. 404 for a secret that nobody has, after the same work; 429 for
    /// too many calls.
    fn read(&self, secret: &CalendarSecret, client: &str) -> Result<FeedReading, ApiError>;
}

/// The store on the host's database.
pub struct DatabaseFeedStore<'a> {
    /// Opens the database.
    pub open: &'a dyn Fn() -> Result<Db, ApiError>,
}

impl CalendarFeedStore for DatabaseFeedStore<'_> {
    fn state(&self, owner: &str) -> Result<FeedState, ApiError> {
        let Some(row) = (self.open)()?.query_one(STATE, &[owner.to_owned().into()])? else {
            return Ok(FeedState::default());
        };
        Ok(FeedState { created_at: Some(row.time("created_at")?), last_read_at: row.opt_time("last_read_at")? })
    }

    fn make(&self, owner: &str) -> Result<(CalendarSecret, String), ApiError> {
        let secret = CalendarSecret::generate(&|bytes| getrandom::fill(bytes).expect("the host has random bytes"));
        let row = (self.open)()?.query_one(MAKE, &[owner.to_owned().into(), secret.hash().into()])?;
        // The token outlived its user.
        let row = row.ok_or_else(|| ApiError::invalid_token("the user does not exist any more"))?;
        Ok((secret, row.time("created_at")?))
    }

    fn revoke(&self, owner: &str) -> Result<(), ApiError> {
        (self.open)()?.query_row(REVOKE, &[owner.to_owned().into()])?;
        Ok(())
    }

    fn read(&self, secret: &CalendarSecret, client: &str) -> Result<FeedReading, ApiError> {
        let params: [Param; 6] = [
            secret.hash().into(),
            client.to_owned().into(),
            i64::from(READS.window).into(),
            i64::from(READS.limit).into(),
            i64::from(WRONG.limit).into(),
            MAX_TASKS.into(),
        ];
        let rows = (self.open)()?.query(READ, &params)?;
        let first = rows.first().ok_or_else(|| ApiError::internal("a statement returned no row"))?;
        if !first.bool("is_known")? {
            rate_limit::read_allowance(WRONG, first)?;
            return Err(ApiError::not_found("There is no calendar at this address."));
        }
        let allowance = rate_limit::read_allowance(READS, first)?;
        Ok(FeedReading { content: FeedContent::read(&rows)?, allowance })
    }
}

//! The calendar feed of a user: a secret address at which calendar programs read the open tasks that are due. The database keeps the
//! secret's hash alone. Whoever has the address reads the tasks, so there is one for each user, a new one ends the one before, and
//! the feed only reads.

mod content;
mod secret;
mod state;
mod store;

pub use content::FeedContent;
pub use secret::CalendarSecret;
pub use state::FeedState;
pub use store::{CalendarFeedStore, DatabaseFeedStore, FeedReading};

//! A feed as its owner sees it.

use serde::Serialize;

/// When the feed of a user was made and read, in RFC 3339, UTC. Without a feed both are null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FeedState {
    /// When its address was made.
    pub created_at: Option<String>,
    /// When a program last read it, to the minute; null for never.
    pub last_read_at: Option<String>,
}

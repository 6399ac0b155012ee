//! The limits of lists, and the requests of ChatKit's protocol that are served.

/// Conversations in a page of the list, where the client does not say.
pub const DEFAULT_CONVERSATIONS: usize = 50;
/// Turns in a page of a conversation, where the client does not say.
pub const DEFAULT_TURNS: usize = 100;
/// The most conversations, turns or items in one page.
pub const MAX_PAGE: usize = 100;
/// How many conversations a search looks through, the newest.
pub const SEARCHED_CONVERSATIONS: usize = 1000;
/// How many of all their turns it looks through, the newest; of the others only the title.
pub const SEARCHED_TURNS: usize = 1000;
/// Threads or items in a page of ChatKit, where its client does not say.
pub const DEFAULT_CHATKIT_PAGE: usize = 20;

/// The `type` of each ChatKit request that is served.
pub const CHATKIT_REQUESTS: [&str; 9] = [
    "threads.create",
    "threads.add_user_message",
    "threads.retry_after_item",
    "threads.custom_action",
    "threads.get_by_id",
    "threads.list",
    "threads.update",
    "threads.delete",
    "items.list",
];

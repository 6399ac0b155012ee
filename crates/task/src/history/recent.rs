//! What was changed lately, for a client that has the list.

use crate::stored_task::Task;

/// The most tasks that [`RecentChanges`] holds.
pub const MAX_RECENT: u32 = 500;

/// What was changed behind a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentChanges {
    /// The number of the last change: behind it begins what is changed next.
    pub version: i64,
    /// The tasks that were added or changed, as they are now.
    pub tasks: Vec<Task>,
    /// The numbers of those that are gone.
    pub deleted: Vec<i64>,
    /// Whether lists were changed.
    pub lists_changed: bool,
    /// Too much was changed, or it is no longer kept: then there is no task.
    pub reload: bool,
}

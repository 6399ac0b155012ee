//! What the host provides: the keys of tokens, the tasks and the rate limit.

use http_api::{ApiError, Verifier};
use task::{ListStore, TaskStore};

/// The host, as handlers see it.
pub struct McpEnv<'a> {
    /// Verifies access tokens.
    pub verifier: &'a Verifier<'a>,
    /// The public origin of the app, where a task has its page.
    pub origin: &'a str,
    /// The tasks of all users, with lists; each call names the owner.
    pub store: &'a dyn ToolStore,
    /// Counts a tool call of this user (by id); 429 if it is one too many.
    pub admit: &'a dyn Fn(&str) -> Result<(), ApiError>,
}

/// What the tools read and write.
pub trait ToolStore: TaskStore + ListStore {}

impl<T: TaskStore + ListStore> ToolStore for T {}

//! Whose tasks a calendar has.

use sha2::{Digest, Sha256};

/// The owner of tasks, as the names of their entries begin. It stays the same, and does not tell the user's id.
#[derive(Debug, Clone)]
pub(crate) struct CalendarOwner(String);

impl CalendarOwner {
    pub(crate) fn new(user_id: &str) -> Self {
        let digest = Sha256::new().chain_update("calendar of ").chain_update(user_id).finalize();
        Self(base16ct::lower::encode_string(&digest[..8]))
    }

    /// The name of a task's entry in every calendar: a UID.
    pub(crate) fn uid(&self, task: i64) -> String {
        format!("{}-{task}@todo-chatbot", self.0)
    }

    /// The name of the entry of the occurrences that follow one which stands alone.
    pub(crate) fn following_uid(&self, task: i64) -> String {
        format!("{}-{task}-following@todo-chatbot", self.0)
    }
}

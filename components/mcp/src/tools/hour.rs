//! The hour of a user's reminders.

use task::tool::ReminderHour;
use task::{StoreError, Task};

use crate::env::ToolStore;

/// The hour from which reminders of a day count. It is read only where one of these tasks has such reminders.
pub(super) fn reminder_hour(tasks: &[Task], owner: &str, store: &dyn ToolStore) -> Result<ReminderHour, StoreError> {
    if !tasks.iter().any(ReminderHour::is_needed_by) {
        return Ok(ReminderHour::default());
    }
    Ok(ReminderHour::parse(&store.settings(owner)?.reminder_time).unwrap_or_default())
}

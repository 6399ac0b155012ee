//! Moments of JSON members.

use super::node::JsonObject;
use crate::collect::{RawTask, TaskCollector};
use crate::date::Moment;

impl JsonObject<'_> {
    /// The moment of a member. One that cannot be read is said about the task. When something happened is in UTC where a
    /// program names no zone.
    pub(super) fn date(&self, name: &str, task: &RawTask, collector: &mut TaskCollector) -> Option<Moment> {
        let node = self.get(name)?;
        let lower = name.to_ascii_lowercase();
        let is = |words: [&str; 3]| words.iter().any(|word| lower.contains(word));
        let what = match () {
            () if is(["due", "deadline", "planned"]) => "due_unread",
            () if is(["complet", "done", "checked"]) => "completed_at_unread",
            () if is(["creat", "updat", "modif"]) => "created_at_unread",
            () => "date_unread",
        };
        match node.moment() {
            Ok(Some(Moment::Local(time))) if matches!(what, "completed_at_unread" | "created_at_unread") => {
                Some(Moment::Instant(time.and_utc()))
            }
            Ok(moment) => moment,
            Err(_) => {
                collector.unread(task.line, &task.title, what, &node.text().unwrap_or_default());
                None
            }
        }
    }
}

//! When the reminders of a task come.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::stored_task::Task;

/// The local time to which the reminders of a task that is due on a day are relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReminderHour(NaiveTime);

impl ReminderHour {
    /// Reads the setting, `HH:MM`.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveTime::parse_from_str(text, "%H:%M").ok().map(Self)
    }

    /// Whether the reminders of a task depend on it.
    pub fn is_needed_by(task: &Task) -> bool {
        task.due.as_deref().is_some_and(|due| !due.contains('T')) && !task.remind.is_empty() && !task.completed
    }

    /// The local times at which a pending task reminds, `2026-12-01T09:00`, the earliest first.
    pub(super) fn times_of(self, task: &Task) -> Vec<String> {
        let Some(due) = task.due.as_deref().filter(|_| !task.completed).and_then(|due| self.due_time(due)) else {
            return Vec::new();
        };
        let time = |minutes: &i32| due.checked_sub_signed(TimeDelta::minutes(i64::from(*minutes)));
        let mut times: Vec<NaiveDateTime> = task.remind.iter().filter_map(time).collect();
        times.sort_unstable();
        times.into_iter().map(|time| time.format("%Y-%m-%dT%H:%M").to_string()).collect()
    }

    fn due_time(self, due: &str) -> Option<NaiveDateTime> {
        let day = || NaiveDate::parse_from_str(due, "%Y-%m-%d").ok().map(|day| day.and_time(self.0));
        NaiveDateTime::parse_from_str(due, "%Y-%m-%dT%H:%M").ok().or_else(day)
    }
}

impl Default for ReminderHour {
    /// The one of a user who has set none.
    fn default() -> Self {
        Self(NaiveTime::MIN + TimeDelta::hours(9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(due: &str, remind: &[i32], hour: ReminderHour) -> Vec<String> {
        hour.times_of(&Task { due: Some(due.to_owned()), remind: remind.to_vec(), ..Task::default() })
    }

    #[test]
    fn a_day_counts_from_its_hour_and_a_time_from_itself() {
        let nine = ReminderHour::default();
        assert_eq!(
            times("2026-12-01T17:00", &[0, 1440, 10], nine),
            ["2026-11-30T17:00", "2026-12-01T16:50", "2026-12-01T17:00"]
        );
        assert_eq!(times("2026-12-01", &[0], nine), ["2026-12-01T09:00"]);
        assert_eq!(times("2026-12-01", &[60], ReminderHour::parse("07:30").unwrap()), ["2026-12-01T06:30"]);
        assert!(times("2026-12-01", &[], nine).is_empty());
        assert!(ReminderHour::parse("25:00").is_none());
    }

    #[test]
    fn nobody_is_reminded_of_what_is_done_or_never_due() {
        let task = Task { due: Some("2026-12-01".to_owned()), remind: vec![0], ..Task::default() };
        assert!(ReminderHour::is_needed_by(&task));
        let done = Task { completed: true, ..task.clone() };
        assert!(!ReminderHour::is_needed_by(&done) && ReminderHour::default().times_of(&done).is_empty());
        let undated = Task { due: None, ..task };
        assert!(!ReminderHour::is_needed_by(&undated) && ReminderHour::default().times_of(&undated).is_empty());
    }
}

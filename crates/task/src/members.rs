//! The members of a task beside its title, as a client gives them.

use json_fields::{FieldReader, ValueError};
use recurrence::{RepeatEnd, RepeatFrom, RepeatRule};
use serde_json::Value;

use crate::due::TaskDue;
use crate::fields::{Description, TaskId};
use crate::names::{ListName, MAX_TAGS, TaskTags};
use crate::priority::Priority;
use crate::time_zone::TimeZone;

/// The most reminders of a task.
pub const MAX_REMINDERS: usize = 5;
/// The earliest reminder, in minutes before a task is due: 366 days.
pub const MAX_REMIND_MINUTES: u32 = 366 * 24 * 60;
/// The most tags that are read, some of which may be the same.
const MAX_GIVEN_TAGS: usize = 5 * MAX_TAGS;

/// The members of a task beside its title. A member that is `None` is not given: it stays as it is, and a new task has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskMembers {
    /// Details, or none.
    pub description: Option<Option<Description>>,
    /// How important it is.
    pub priority: Option<Priority>,
    /// When it is due, or never.
    pub due: Option<Option<TaskDue>>,
    /// How often it repeats, or not at all.
    pub repeat: Option<Option<RepeatRule>>,
    /// From when the next time is counted.
    pub repeat_from: Option<RepeatFrom>,
    /// When to remind, in minutes before it is due.
    pub remind: Option<Vec<u32>>,
    /// Its tags.
    pub tags: Option<TaskTags>,
    /// The list that it is in, or the inbox.
    pub list: Option<Option<ListName>>,
    /// The task that it is a step of, or none.
    pub parent: Option<Option<TaskId>>,
    /// Whether a list that is not there is made.
    pub makes_list: bool,
    /// Where the writer is, for a user who has set no time zone.
    pub zone: Option<TimeZone>,
}

impl TaskMembers {
    /// The names of the members.
    pub const NAMES: [&'static str; 9] =
        ["description", "priority", "due", "repeat", "repeat_from", "remind", "tags", "list", "parent"];

    /// Reads the members that are given; `null` clears one.
    pub fn read(fields: &mut FieldReader) -> Self {
        let members = Self {
            description: cleared(fields, "description", None)
                .or_else(|| fields.text("description", Description::parse)),
            priority: cleared(fields, "priority", Priority::None).or_else(|| fields.text("priority", Priority::parse)),
            due: cleared(fields, "due", None).or_else(|| fields.text("due", TaskDue::parse).map(Some)),
            repeat: cleared(fields, "repeat", None).or_else(|| fields.text("repeat", rule).map(Some)),
            repeat_from: cleared(fields, "repeat_from", RepeatFrom::Due)
                .or_else(|| fields.text("repeat_from", repeat_from)),
            remind: cleared(fields, "remind", Vec::new()).or_else(|| reminders(fields)),
            tags: cleared(fields, "tags", TaskTags::default()).or_else(|| Self::read_tags(fields)),
            list: cleared(fields, "list", None).or_else(|| fields.text("list", ListName::parse).map(Some)),
            parent: cleared(fields, "parent", None).or_else(|| TaskId::read(fields, "parent").map(Some)),
            ..Self::default()
        };
        if members.repeat_is_over() {
            fields.reject("repeat", "ends before the task is due: give a later UNTIL, or an earlier due.");
        }
        members
    }

    /// Whether the last day of the rule is before the first due day.
    fn repeat_is_over(&self) -> bool {
        let (Some(Some(due)), Some(Some(rule))) = (&self.due, &self.repeat) else { return false };
        matches!(rule.end(), RepeatEnd::Until(last) if last < due.earliest_day())
    }

    /// Reads the tags that are given.
    pub(crate) fn read_tags(fields: &mut FieldReader) -> Option<TaskTags> {
        let texts = fields.items("tags", "texts", MAX_GIVEN_TAGS, Value::as_str)?;
        fields.parsed("tags", TaskTags::parse(texts))
    }
}

/// A value for a member that is `null`.
pub(crate) fn cleared<T>(fields: &FieldReader, name: &str, empty: T) -> Option<T> {
    fields.is_null(name).then_some(empty)
}

fn rule(text: &str) -> Result<RepeatRule, ValueError> {
    RepeatRule::parse(text).map_err(|error| ValueError(error.to_string()))
}

fn repeat_from(text: &str) -> Result<RepeatFrom, ValueError> {
    let words = RepeatFrom::WORDS.join(" or ");
    RepeatFrom::parse(&text.to_ascii_lowercase()).ok_or_else(|| ValueError(format!("must be {words}.")))
}

fn reminders(fields: &mut FieldReader) -> Option<Vec<u32>> {
    let minutes = |item: &Value| item.as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= MAX_REMIND_MINUTES);
    let what = format!("whole numbers of minutes from 0 to {MAX_REMIND_MINUTES}");
    let mut remind = fields.items("remind", &what, MAX_REMINDERS, minutes)?;
    remind.sort_unstable();
    remind.dedup();
    Some(remind)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    fn read(body: Value) -> Result<TaskMembers, Vec<String>> {
        let Value::Object(members) = body else { return Ok(TaskMembers::default()) };
        let members: Map<String, Value> = members;
        let mut fields = FieldReader::new(&members, &TaskMembers::NAMES);
        let read = TaskMembers::read(&mut fields);
        fields.finish(Some(read)).map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn absent_members_stay_and_null_clears() {
        assert_eq!(read(json!({})).unwrap(), TaskMembers::default());
        let nulls: Map<String, Value> =
            TaskMembers::NAMES.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
        let cleared = read(Value::Object(nulls)).unwrap();
        assert_eq!((cleared.description, cleared.due, cleared.repeat), (Some(None), Some(None), Some(None)));
        assert_eq!((cleared.priority, cleared.repeat_from), (Some(Priority::None), Some(RepeatFrom::Due)));
        assert_eq!((cleared.remind, cleared.tags), (Some(Vec::new()), Some(TaskTags::default())));
        assert_eq!((cleared.list, cleared.parent), (Some(None), Some(None)));
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        let wrong = read(json!({
            "due": "2026-02-30", "repeat": "FREQ=HOURLY", "repeat_from": "now", "remind": [1, 2, 3, 4, 5, 6], "tags": ["a,b"],
            "list": "", "parent": 0,
        }));
        assert_eq!(wrong.unwrap_err(), ["due", "repeat", "repeat_from", "remind", "tags", "list", "parent"]);
        for remind in [json!([-1]), json!([1.5]), json!(["5"]), json!([MAX_REMIND_MINUTES + 1]), json!("5")] {
            assert_eq!(read(json!({ "remind": remind })).unwrap_err(), ["remind"]);
        }
        assert_eq!(read(json!({"remind": [30, 10, 30]})).unwrap().remind, Some(vec![10, 30]));
    }

    #[test]
    fn a_rule_does_not_end_before_the_task_is_due() {
        let repeat = "FREQ=DAILY;UNTIL=20261210";
        for due in ["2026-12-11", "2026-12-11T09:00", "2026-12-12T00:00Z"] {
            assert_eq!(read(json!({"due": due, "repeat": repeat})).unwrap_err(), ["repeat"], "{due}");
        }
        // Where it is early in the day, the instant is still on the tenth west of Greenwich.
        for due in ["2026-12-10", "2026-12-10T23:59", "2026-12-11T00:00Z"] {
            assert!(read(json!({"due": due, "repeat": repeat})).is_ok(), "{due}");
        }
    }
}

//! Reads the members of a JSON object into domain types and collects every fault, so that a client learns of all of
//! them at once. REST bodies and tool arguments are read by it; they differ in what `null` means.

use serde_json::{Map, Value};

use crate::{Invalid, TaskId};

/// What is wrong with one member: `message` is a sentence without its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The member's name.
    pub field: String,
    /// What it should have been.
    pub message: String,
}

/// The members of one object.
pub struct Fields<'a> {
    members: &'a Map<String, Value>,
    faults: Vec<Fault>,
}

impl<'a> Fields<'a> {
    /// Starts to read; a member that is not in `known` is a fault.
    pub fn new(members: &'a Map<String, Value>, known: &[&str]) -> Self {
        let mut fields = Self { members, faults: Vec::new() };
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
            fields.fault(&shown, format!("is not known; known here: {}.", known.join(", ")));
        }
        fields
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(Fault { field: field.to_owned(), message: message.into() });
    }

    /// Whether the member is given as `null`.
    pub fn is_null(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(Value::is_null)
    }

    /// A text parsed by `parse`; `None` when it is absent, `null` or faulty.
    pub fn text<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let parsed = match self.present(name)? {
            Value::String(text) => parse(text),
            _ => Err(Invalid("must be a string.".to_owned())),
        };
        self.keep(name, parsed)
    }

    /// A boolean; `None` when it is absent, `null` or faulty.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let parsed = self.present(name)?.as_bool().ok_or_else(|| Invalid("must be true or false.".to_owned()));
        self.keep(name, parsed)
    }

    /// A whole number within `range`, also as a string of digits; `None` when it is absent, `null` or faulty.
    pub fn number(&mut self, name: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let number = match self.present(name)? {
            Value::String(digits) => digits.parse().ok(),
            other => other.as_i64(),
        };
        let (low, high) = (range.start(), range.end());
        let parsed = number
            .filter(|number| range.contains(number))
            .ok_or_else(|| Invalid(format!("must be a whole number from {low} to {high}.")));
        self.keep(name, parsed)
    }

    /// A task's number; `None` when it is absent, `null` or faulty.
    pub fn task_id(&mut self, name: &str) -> Option<TaskId> {
        self.number(name, 1..=i64::MAX).and_then(TaskId::new)
    }

    /// A list of 1 to `most` task numbers, each once; `None` when it is absent, `null` or faulty.
    pub fn task_ids(&mut self, name: &str, most: usize) -> Option<Vec<TaskId>> {
        let refused = || Invalid(format!("must be a list of 1 to {most} numbers of tasks."));
        let ids = match self.present(name)? {
            Value::Array(items) if (1..=most).contains(&items.len()) => {
                items.iter().map(|item| item.as_i64().and_then(TaskId::new)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        let ids = ids.map(|mut ids| {
            ids.sort_unstable();
            ids.dedup();
            ids
        });
        self.keep(name, ids.ok_or_else(refused))
    }

    /// Notes that a member is required if it is absent (or `null`).
    pub fn require(&mut self, name: &str) {
        if self.present(name).is_none() {
            self.fault(name, "is required.");
        }
    }

    /// The value if nothing was wrong, else every fault in the order in which they were found.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    fn present(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, Invalid>) -> Option<T> {
        parsed.map_err(|Invalid(message)| self.fault(name, message)).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Title;

    #[test]
    fn every_fault_is_found_at_once() {
        let body = json!({"title": "", "completed": "yes", "task_id": 0, "colour": 1});
        let mut fields = Fields::new(body.as_object().unwrap(), &["title", "completed", "task_id"]);
        let title = fields.text("title", Title::parse);
        fields.flag("completed");
        fields.task_id("task_id");
        let faults = fields.finish(title).unwrap_err();
        let names: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(names, ["colour", "title", "completed", "task_id"]);
    }

    #[test]
    fn a_number_may_be_a_string_of_digits() {
        let body = json!({"a": "10", "b": 10, "c": 10.5, "d": "ten"});
        let mut fields = Fields::new(body.as_object().unwrap(), &["a", "b", "c", "d"]);
        let read = ["a", "b", "c", "d"].map(|name| fields.number(name, 1..=20));
        assert_eq!(read, [Some(10), Some(10), None, None]);
    }

    #[test]
    fn numbers_of_tasks_are_counted_once() {
        let body = json!({"a": [3, 1, 3], "b": [], "c": [1, 2, 3, 4], "d": [0], "e": ["1"], "f": 1});
        let mut fields = Fields::new(body.as_object().unwrap(), &["a", "b", "c", "d", "e", "f"]);
        let read = ["a", "b", "c", "d", "e", "f"].map(|name| fields.task_ids(name, 3).map(|ids| ids.len()));
        assert_eq!(read, [Some(2), None, None, None, None, None]);
    }

    #[test]
    fn null_is_absent_and_a_required_member_is_missed() {
        let body = json!({"title": null});
        let mut fields = Fields::new(body.as_object().unwrap(), &["title"]);
        assert!(fields.is_null("title"));
        fields.require("title");
        let title = fields.text("title", Title::parse);
        assert_eq!(fields.finish(title).unwrap_err()[0].message, "is required.");
    }
}

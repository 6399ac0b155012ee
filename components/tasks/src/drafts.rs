//! The tasks of an import, and everything that is wrong with them by line.

use http_api::{ApiError, FieldError};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use task::{Description, Draft, FieldReader, MAX_IMPORT, TaskTime, Title};

/// At most this many errors are reported.
const MAX_FAULTS: usize = 20;
/// The members of an export. The number and the owner are assigned again.
const MEMBERS: [&str; 7] = ["id", "user_id", "title", "description", "completed", "created_at", "updated_at"];

/// The tasks read so far, and what is wrong.
#[derive(Default)]
pub(crate) struct DraftList {
    read: Vec<Draft>,
    faults: Vec<FieldError>,
}

impl DraftList {
    /// Adds the task on this line.
    pub(crate) fn take(&mut self, line: u64, members: &Map<String, Value>) -> Result<(), ApiError> {
        match draft(members) {
            Ok(draft) => self.read.push(draft),
            Err(faults) => {
                for fault in faults {
                    self.fault(line, &fault.field, fault.message)?;
                }
            }
        }
        if self.read.len() > MAX_IMPORT {
            let message = format!("must hold at most {MAX_IMPORT} tasks.");
            return Err(ApiError::invalid(vec![FieldError::new("body", message).on_line(line)]));
        }
        Ok(())
    }

    /// Records an error. Ends with all errors when there are many.
    pub(crate) fn fault(&mut self, line: u64, field: &str, message: impl Into<String>) -> Result<(), ApiError> {
        self.faults.push(FieldError::new(field, message).on_line(line));
        match self.faults.len() < MAX_FAULTS {
            true => Ok(()),
            false => Err(ApiError::invalid(std::mem::take(&mut self.faults))),
        }
    }

    /// All tasks, or all errors.
    pub(crate) fn finish(self) -> Result<Vec<Draft>, ApiError> {
        if self.faults.is_empty() { Ok(self.read) } else { Err(ApiError::invalid(self.faults)) }
    }
}

fn draft(members: &Map<String, Value>) -> Result<Draft, Vec<task::MemberError>> {
    let mut fields = FieldReader::new(members, &MEMBERS);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    let completed = fields.flag("completed").unwrap_or(false);
    let created_at = fields.text("created_at", TaskTime::parse);
    let updated_at = fields.text("updated_at", TaskTime::parse);
    fields.finish(title.map(|title| Draft { title, description, completed, created_at, updated_at }))
}

/// An array of tasks. Each is read on its own, so that its line is known.
pub(crate) fn read_json(text: &str, drafts: &mut DraftList) -> Result<(), ApiError> {
    let items: Vec<&RawValue> = http_api::read_json(text.as_bytes())?;
    let (mut line, mut seen) = (1, 0);
    for item in items {
        let begin = item.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text.as_bytes()[seen..begin].iter().filter(|byte| **byte == b'\n').count() as u64;
        seen = begin;
        match serde_json::from_str::<Value>(item.get()) {
            Ok(Value::Object(members)) => drafts.take(line, &members)?,
            _ => drafts.fault(line, "body", "must be an array of objects.")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Draft>, ApiError> {
        let mut drafts = DraftList::default();
        read_json(text, &mut drafts).and_then(|()| drafts.finish())
    }

    #[test]
    fn each_fault_names_its_line() {
        let text = "[\n{\"title\": \"a\"},\n\n{\"title\": \"\", \"completed\": 1}, 5,\n{\"title\": \"b\", \"due\": 1}]";
        let faults = read(text).unwrap_err().fields;
        let named: Vec<_> = faults.iter().map(|fault| (fault.line.unwrap(), fault.field.as_str())).collect();
        assert_eq!(named, [(4, "title"), (4, "completed"), (4, "body"), (5, "due")]);
    }

    #[test]
    fn faults_and_tasks_are_bounded() {
        assert_eq!(read(&format!("[{}]", vec!["1"; 50_000].join(","))).unwrap_err().fields.len(), MAX_FAULTS);
        let many = vec!["{\"title\":\"a\"}"; MAX_IMPORT + 1].join("\n,");
        assert_eq!(read(&format!("[{many}]")).unwrap_err().fields[0].line, Some(MAX_IMPORT as u64 + 1));
        assert_eq!(read("[]").unwrap(), []);
        assert_eq!(read("{}").unwrap_err().status, 422);
        assert_eq!(read("[1").unwrap_err().status, 400);
    }
}

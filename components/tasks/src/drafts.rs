//! The tasks of an import, and what is wrong with them by line.

use http_api::{ApiError, FieldError};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use task::{Description, Draft, FieldReader, MAX_IMPORT, Priority, TaskTime, Title};

/// With this many errors reading stops.
const MAX_ERRORS: usize = 20;
/// The members of an exported task. An import assigns the number and the owner anew.
const MEMBERS: [&str; 9] =
    ["id", "user_id", "title", "description", "completed", "created_at", "updated_at", "completed_at", "priority"];

/// The tasks read so far, and the errors.
#[derive(Default)]
pub(crate) struct DraftList {
    tasks: Vec<Draft>,
    errors: Vec<FieldError>,
}

impl DraftList {
    /// Reads the task on this line.
    pub(crate) fn add(&mut self, line: u64, members: &Map<String, Value>) -> Result<(), ApiError> {
        match draft(members) {
            Ok(draft) => self.tasks.push(draft),
            Err(errors) => {
                for error in errors {
                    self.reject(line, &error.field, error.message)?;
                }
            }
        }
        if self.tasks.len() > MAX_IMPORT {
            let message = format!("must hold at most {MAX_IMPORT} tasks.");
            return Err(ApiError::invalid(vec![FieldError::new("body", message).on_line(line)]));
        }
        Ok(())
    }

    /// Adds an error. Fails with all of them when there are many.
    pub(crate) fn reject(&mut self, line: u64, field: &str, message: impl Into<String>) -> Result<(), ApiError> {
        self.errors.push(FieldError::new(field, message).on_line(line));
        match self.errors.len() < MAX_ERRORS {
            true => Ok(()),
            false => Err(ApiError::invalid(std::mem::take(&mut self.errors))),
        }
    }

    /// Returns the tasks if there was no error.
    pub(crate) fn finish(self) -> Result<Vec<Draft>, ApiError> {
        if self.errors.is_empty() { Ok(self.tasks) } else { Err(ApiError::invalid(self.errors)) }
    }
}

fn draft(members: &Map<String, Value>) -> Result<Draft, Vec<task::MemberError>> {
    let mut fields = FieldReader::new(members, &MEMBERS);
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    let completed_at = fields.text("completed_at", TaskTime::parse);
    let completed = fields.flag("completed").unwrap_or(completed_at.is_some());
    let completed_at = completed_at.filter(|_| completed);
    let priority = fields.text("priority", Priority::parse).unwrap_or_default();
    let created_at = fields.text("created_at", TaskTime::parse);
    let updated_at = fields.text("updated_at", TaskTime::parse);
    fields.finish(title.map(|title| Draft {
        title,
        description,
        completed,
        created_at,
        updated_at,
        completed_at,
        priority,
    }))
}

/// Reads an array of tasks, each on its own so that its line is known.
pub(crate) fn read_json(text: &str, drafts: &mut DraftList) -> Result<(), ApiError> {
    let items: Vec<&RawValue> = http_api::read_json(text.as_bytes())?;
    let (mut line, mut seen) = (1, 0);
    for item in items {
        let begin = item.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text.as_bytes()[seen..begin].iter().filter(|byte| **byte == b'\n').count() as u64;
        seen = begin;
        match serde_json::from_str::<Value>(item.get()) {
            Ok(Value::Object(members)) => drafts.add(line, &members)?,
            _ => drafts.reject(line, "body", "must be an array of objects.")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! The tasks of an import, and what is wrong with them by line.

use std::collections::HashMap;

use http_api::{ApiError, FieldError};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use task::{Draft, FieldReader, MAX_IMPORT, TaskId, TaskMembers, TaskTime, Title};

use crate::body::with_our_names;

/// With this many errors reading stops.
const MAX_ERRORS: usize = 20;
/// The members of an exported task beside [`TaskMembers::NAMES`]. An import assigns the number and the owner anew, and the
/// server works out some others.
const MEMBERS: [&str; 11] = [
    "id",
    "user_id",
    "title",
    "completed",
    "created_at",
    "updated_at",
    "completed_at",
    "due_at",
    "overdue",
    "position",
    "repeat_text",
];

/// The tasks read so far, and the errors.
#[derive(Default)]
pub(crate) struct DraftList {
    tasks: Vec<NumberedDraft>,
    errors: Vec<FieldError>,
}

/// A task, and what tells its parent and place among the others.
struct NumberedDraft {
    draft: Draft,
    line: u64,
    id: Option<i64>,
    parent: Option<TaskId>,
    position: Option<String>,
}

impl DraftList {
    /// Reads the task on this line.
    pub(crate) fn add(&mut self, line: u64, members: &Map<String, Value>) -> Result<(), ApiError> {
        match draft(line, &with_our_names(members)) {
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

    /// Returns the tasks if there was no error. A parent is a task of the same file, by its number there.
    pub(crate) fn finish(mut self) -> Result<Vec<Draft>, ApiError> {
        let places: HashMap<i64, u32> = (1..).zip(&self.tasks).filter_map(|(at, task)| Some((task.id?, at))).collect();
        let mut lost = Vec::new();
        for task in &mut self.tasks {
            let Some(parent) = task.parent else { continue };
            task.draft.parent_draft = places.get(&parent.get()).copied();
            if task.draft.parent_draft.is_none() {
                lost.push(FieldError::new("parent", "must be the id of a task in this file.").on_line(task.line));
            }
        }
        self.errors.extend(lost.into_iter().take(MAX_ERRORS));
        if !self.errors.is_empty() {
            return Err(ApiError::invalid(self.errors));
        }
        rank(&mut self.tasks);
        Ok(self.tasks.into_iter().map(|task| task.draft).collect())
    }
}

/// Numbers the tasks in the order of their places, unless that is the order in which they are.
fn rank(tasks: &mut [NumberedDraft]) {
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    if tasks.iter().any(|task| task.position.is_none()) {
        return;
    }
    order.sort_by(|a, b| tasks[*a].position.cmp(&tasks[*b].position));
    if !order.is_sorted() {
        for (rank, at) in (1..).zip(order) {
            tasks[at].draft.rank = Some(rank);
        }
    }
}

fn draft(line: u64, members: &Map<String, Value>) -> Result<NumberedDraft, Vec<task::MemberError>> {
    let mut fields = FieldReader::new(members, &[&MEMBERS[..], &TaskMembers::NAMES].concat());
    fields.require("title");
    let title = fields.text("title", Title::parse);
    let mut rest = TaskMembers { makes_list: true, ..TaskMembers::read(&mut fields) };
    let parent = rest.parent.take().flatten();
    let completed_at = fields.text("completed_at", TaskTime::parse);
    let completed = fields.flag("completed").unwrap_or(completed_at.is_some());
    let draft = title.map(|title| Draft {
        title,
        members: rest,
        completed,
        created_at: None,
        updated_at: None,
        completed_at: completed_at.filter(|_| completed),
        parent_draft: None,
        rank: None,
    });
    let created_at = fields.text("created_at", TaskTime::parse);
    let updated_at = fields.text("updated_at", TaskTime::parse);
    let position = members.get("position").and_then(Value::as_str).map(str::to_owned);
    let id = members.get("id").and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok()));
    let draft = draft.map(|draft| Draft { created_at, updated_at, ..draft });
    fields.finish(draft.map(|draft| NumberedDraft { draft, line, id, parent, position }))
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

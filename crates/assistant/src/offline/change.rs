//! Commands about tasks that exist: which are meant, and what is called for them.

use serde_json::json;

use super::act::{MOST, Move};
use super::context::nth;
use super::find::{Listed, find};
use super::read::read_list;
use super::target::{Target, title};
use super::tell::{ambiguous, report, which};
use super::{LIST_TOOL, call};
use crate::confirm::DELETE_TOOL;
use crate::model::ToolRequest;
use crate::turn::ToolCall;

/// What can be done to tasks that exist.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    Complete,
    Reopen,
    Delete,
}

impl Change {
    fn call(self, id: i64) -> ToolRequest {
        match self {
            Self::Complete => call("complete_task", json!({ "task_id": id })),
            Self::Reopen => call("update_task", json!({"task_id": id, "completed": false})),
            Self::Delete => call(DELETE_TOOL, json!({ "task_id": id })),
        }
    }

    /// Its name, and what is said when it is done.
    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Complete => ("complete", "Completed"),
            Self::Reopen => ("reopen", "Reopened"),
            Self::Delete => ("delete", "Deleted"),
        }
    }

    fn prefers(self, task: &Listed) -> bool {
        match self {
            Self::Complete => !task.completed,
            Self::Reopen => task.completed,
            Self::Delete => true,
        }
    }
}

pub(super) fn change(change: Change, target: &Target, calls: &[&ToolCall]) -> Move {
    let (verb, done) = change.texts();
    if calls.iter().any(|call| call.name != LIST_TOOL) {
        return Move::Say(report(done, calls));
    }
    match meant(target, verb, |task| change.prefers(task), calls) {
        Err(step) => step,
        Ok(ids) if ids.is_empty() => Move::Say(format!("There is nothing to {verb}.")),
        Ok(ids) if ids.len() > MOST => {
            Move::Say(format!("These are {} tasks; I {verb} at most {MOST} at once.", ids.len()))
        }
        Ok(ids) => Move::Call(ids.into_iter().map(|id| change.call(id)).collect()),
    }
}

pub(super) fn describe(target: &Target, text: &str, calls: &[&ToolCall]) -> Move {
    if calls.iter().any(|call| call.name != LIST_TOOL) {
        return Move::Say(report("Described", calls));
    }
    match meant(target, "describe", |_| true, calls) {
        Err(step) => step,
        Ok(ids) => match ids.as_slice() {
            [id] => Move::Call(vec![call("update_task", json!({"task_id": id, "description": text}))]),
            _ => Move::Say(which("describe")),
        },
    }
}

pub(super) fn rename(readings: &[(Target, String)], calls: &[&ToolCall]) -> Move {
    if calls.iter().any(|call| call.name != LIST_TOOL) {
        return Move::Say(report("Renamed", calls));
    }
    let renaming = |id: i64, title: &str| Move::Call(vec![call("update_task", json!({"task_id": id, "title": title}))]);
    match readings {
        [] => return Move::Say("What should the new title be? Say for example \"rename task 2 to Buy bread\".".into()),
        [(Target::Title(_), _), ..] => {}
        [(target, title), ..] => {
            return match meant(target, "rename", |_| true, calls) {
                Err(step) => step,
                Ok(ids) if ids.len() == 1 => renaming(ids[0], title),
                Ok(_) => Move::Say(which("rename")),
            };
        }
    }
    let tasks = match read_list(calls) {
        Ok(tasks) => tasks,
        Err(step) => return step,
    };
    // The reading with the most words of the old title first.
    let found = readings.iter().rev().filter_map(|(target, title)| match target {
        Target::Title(words) => Some((find(&tasks, words, |_| true), title)).filter(|(found, _)| !found.is_empty()),
        _ => None,
    });
    match found.collect::<Vec<_>>().as_slice() {
        [] => Move::Say("I found no task with that title. Say \"show my tasks\" to see them.".into()),
        [(one, title), ..] if one.len() == 1 => renaming(one[0].id, title),
        [(several, _), ..] => Move::Say(ambiguous(several, "rename")),
    }
}

/// The tasks that are meant; or what has to be read or asked first.
fn meant(
    target: &Target,
    verb: &str,
    prefers: impl Fn(&Listed) -> bool,
    calls: &[&ToolCall],
) -> Result<Vec<i64>, Move> {
    match target {
        Target::Numbers(ids) => Ok(ids.clone()),
        Target::Vague | Target::It | Target::Them => Err(Move::Say(which(verb))),
        Target::All(completed) => {
            let wanted = |task: &Listed| completed.is_none_or(|completed| task.completed == completed) && prefers(task);
            Ok(read_list(calls)?.iter().filter(|task| wanted(task)).map(|task| task.id).collect())
        }
        Target::Place(place) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(|task| prefers(task));
            let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
            Ok(nth(&ids, *place).into_iter().collect())
        }
        Target::Title(words) => pick(&read_list(calls)?, words, verb, prefers).map_err(Move::Say),
    }
}

/// The tasks meant by `words`: one title, or several joined by "and".
fn pick(tasks: &[Listed], words: &str, verb: &str, prefers: impl Fn(&Listed) -> bool) -> Result<Vec<i64>, String> {
    let one = |words: &str| find(tasks, words, &prefers);
    let whole = one(words);
    let pieces: Vec<&str> = words.split(" and ").flat_map(|piece| piece.split(", ")).collect();
    let groups = if whole.is_empty() && (2..=MOST).contains(&pieces.len()) {
        pieces.iter().map(|piece| (*piece, one(&title(piece)))).collect()
    } else {
        vec![(words, whole)]
    };
    let mut ids = Vec::new();
    for (words, found) in groups {
        match found.as_slice() {
            [] => return Err(format!("I found no task \"{words}\". Say \"show my tasks\" to see them.")),
            [task] => ids.push(task.id),
            several => return Err(ambiguous(several, verb)),
        }
    }
    Ok(ids)
}

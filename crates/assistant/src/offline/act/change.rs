//! Commands that change tasks: which tasks they are about, and the calls for them.

use serde_json::json;

use crate::model::ToolRequest;
use crate::offline::act::action::{MAX_CALLS, MAX_CHANGES, NextAction, call};
use crate::offline::act::find::{ListedTask, find_tasks, listed_tasks};
use crate::offline::act::list::{page_request, read_list};
use crate::offline::act::say::{ambiguous, ask_which, lines, report};
use crate::offline::target::{TaskTarget, nth, title};
use crate::tool_names::{COMPLETE_TASK, DELETE_TASK, LIST_TASKS, UPDATE_TASK};
use crate::turn::ToolCall;

/// A change of one or several tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TaskChange {
    Complete,
    Reopen,
    Delete,
}

impl TaskChange {
    fn call(self, id: i64) -> ToolRequest {
        match self {
            Self::Complete => call(COMPLETE_TASK, json!({ "task_id": id })),
            Self::Reopen => call(UPDATE_TASK, json!({"task_id": id, "completed": false})),
            Self::Delete => call(DELETE_TASK, json!({ "task_id": id })),
        }
    }

    /// Its verb, and the participle for the report.
    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Complete => ("complete", "Completed"),
            Self::Reopen => ("reopen", "Reopened"),
            Self::Delete => ("delete", "Deleted"),
        }
    }

    /// Whether a task can be changed so.
    fn prefers(self, task: &ListedTask) -> bool {
        match self {
            Self::Complete => !task.completed,
            Self::Reopen => task.completed,
            Self::Delete => true,
        }
    }
}

pub(super) fn change(change: TaskChange, target: &TaskTarget, calls: &[&ToolCall]) -> NextAction {
    let (verb, done) = change.texts();
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(report(done, calls));
    }
    match target_tasks(target, verb, |task| change.prefers(task), calls) {
        Err(action) => action,
        Ok(ids) if ids.is_empty() => NextAction::Say(format!("There is nothing to {verb}.")),
        Ok(ids)
            if change == TaskChange::Reopen
                && let Some(text) = already_open(target, &ids, calls) =>
        {
            NextAction::Say(text)
        }
        Ok(ids) if ids.len() > MAX_CHANGES => {
            NextAction::Say(format!("These are {} tasks; I {verb} at most {MAX_CHANGES} at once.", ids.len()))
        }
        Ok(ids) => NextAction::Call(ids.into_iter().map(|id| change.call(id)).collect()),
    }
}

/// Says that tasks named by their titles are open already.
fn already_open(target: &TaskTarget, ids: &[i64], calls: &[&ToolCall]) -> Option<String> {
    let TaskTarget::Title(_) = target else { return None };
    let tasks: Vec<ListedTask> =
        calls.iter().flat_map(|call| listed_tasks(call)).filter(|task| ids.contains(&task.id)).collect();
    let all_open = !tasks.is_empty() && tasks.iter().all(|task| !task.completed);
    all_open.then(|| format!("Still open:\n{}", lines(&tasks)))
}

pub(super) fn describe(target: &TaskTarget, text: &str, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(report("Described", calls));
    }
    match target_tasks(target, "describe", |_| true, calls) {
        Err(action) => action,
        Ok(ids) => match ids.as_slice() {
            [id] => NextAction::Call(vec![call(UPDATE_TASK, json!({"task_id": id, "description": text}))]),
            _ => NextAction::Say(ask_which("describe")),
        },
    }
}

pub(super) fn rename(readings: &[(TaskTarget, String)], calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(report("Renamed", calls));
    }
    let renaming =
        |id: i64, title: &str| NextAction::Call(vec![call(UPDATE_TASK, json!({"task_id": id, "title": title}))]);
    match readings {
        [] => {
            return NextAction::Say(
                "What should the new title be? Say for example \"rename task 2 to Buy bread\".".into(),
            );
        }
        [(TaskTarget::Title(_), _), ..] => {}
        // The list is read first, so that the old title is known when this is undone.
        [(TaskTarget::Numbers(_), _), ..] if calls.is_empty() => return NextAction::Call(vec![page_request(None)]),
        [(target, title), ..] => {
            return match target_tasks(target, "rename", |_| true, calls) {
                Err(action) => action,
                Ok(ids) if ids.len() == 1 => renaming(ids[0], title),
                Ok(_) => NextAction::Say(ask_which("rename")),
            };
        }
    }
    let tasks = match read_list(calls) {
        Ok(tasks) => tasks,
        Err(action) => return action,
    };
    // First the reading in which the old title has the most words.
    let found = readings.iter().rev().filter_map(|(target, title)| match target {
        TaskTarget::Title(words) => {
            Some((find_tasks(&tasks, words, |_| true), title)).filter(|(found, _)| !found.is_empty())
        }
        _ => None,
    });
    match found.collect::<Vec<_>>().as_slice() {
        [] => NextAction::Say("I found no task with that title. Say \"show my tasks\" to see them.".into()),
        [(one, title), ..] if one.len() == 1 => renaming(one[0].id, title),
        [(several, _), ..] => NextAction::Say(ambiguous(several, "rename")),
    }
}

/// The ids of the tasks that a command is about; else the action that must come first.
fn target_tasks(
    target: &TaskTarget,
    verb: &str,
    prefers: impl Fn(&ListedTask) -> bool,
    calls: &[&ToolCall],
) -> Result<Vec<i64>, NextAction> {
    match target {
        TaskTarget::Numbers(ids) => Ok(ids.clone()),
        TaskTarget::Unspecified | TaskTarget::It | TaskTarget::Them => Err(NextAction::Say(ask_which(verb))),
        TaskTarget::All(completed) => {
            let wanted =
                |task: &ListedTask| completed.is_none_or(|completed| task.completed == completed) && prefers(task);
            Ok(read_list(calls)?.iter().filter(|task| wanted(task)).map(|task| task.id).collect())
        }
        TaskTarget::Except(words) => {
            let tasks = read_list(calls)?;
            let kept: Vec<i64> = match words.trim_start_matches('#').parse() {
                Ok::<i64, _>(id) => tasks.iter().map(|task| task.id).filter(|other| *other == id).collect(),
                Err(_) => find_tasks(&tasks, words, |_| true).iter().map(|task| task.id).collect(),
            };
            if kept.is_empty() {
                return Err(NextAction::Say(format!(
                    "I found no task \"{words}\". Say \"show my tasks\" to see them."
                )));
            }
            let others = tasks.iter().filter(|task| prefers(task) && !kept.contains(&task.id));
            Ok(others.map(|task| task.id).collect())
        }
        TaskTarget::Last(count) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(|task| prefers(task));
            let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
            Ok(ids[ids.len().saturating_sub(*count)..].to_vec())
        }
        TaskTarget::Place(place) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(|task| prefers(task));
            let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
            Ok(nth(&ids, *place).into_iter().collect())
        }
        TaskTarget::Matching(words) => {
            let tasks = read_list(calls)?;
            let found = find_tasks(&tasks, words, |_| true);
            Ok(found.iter().filter(|task| prefers(task)).map(|task| task.id).collect())
        }
        TaskTarget::Title(words) => pick(&read_list(calls)?, words, verb, prefers).map_err(NextAction::Say),
    }
}

/// The ids of the tasks that `words` name: one title, or several joined by "and".
fn pick(
    tasks: &[ListedTask],
    words: &str,
    verb: &str,
    prefers: impl Fn(&ListedTask) -> bool,
) -> Result<Vec<i64>, String> {
    let one = |words: &str| find_tasks(tasks, words, &prefers);
    let whole = one(words);
    let pieces: Vec<&str> = words.split(" and ").flat_map(|piece| piece.split(", ")).collect();
    let groups = if whole.is_empty() && (2..=MAX_CALLS).contains(&pieces.len()) {
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

//! Commands that change tasks: which tasks they are about, and the calls for them.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::find::{ListedTask, find_tasks, listed_tasks};
use crate::offline::act::limits::{MAX_BATCH, MAX_CALLS, MAX_CHANGES};
use crate::offline::act::list::read_list;
use crate::offline::act::reply::{OfflineReply, TaskAct};
use crate::offline::act::sentence::FixedReply;
use crate::offline::missing::MissingFeature;
use crate::offline::target::{TaskTarget, nth, parse_place, title};
use crate::tool_names::{COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, LIST_TASKS, UPDATE_TASK};
use crate::turn::ToolCall;

/// Characters of `2026-12-24`; what follows is a time.
const DAY_LENGTH: usize = 10;

/// The call for a change of one task.
fn call_for(act: TaskAct, id: i64) -> Option<ToolRequest> {
    Some(match act {
        TaskAct::Complete => call(COMPLETE_TASK, json!({ "task_id": id })),
        TaskAct::Reopen => call(UPDATE_TASK, json!({"task_id": id, "completed": false})),
        TaskAct::Delete => call(DELETE_TASK, json!({ "task_id": id })),
        TaskAct::Prioritise(priority) => call(UPDATE_TASK, json!({"task_id": id, "priority": priority})),
        _ => return None,
    })
}

/// The calls for a change of all these tasks: some of a tool that takes several, else one for each of the first ones.
fn calls_for(act: TaskAct, ids: &[i64]) -> Vec<ToolRequest> {
    let several = |ids: &[i64]| match act {
        TaskAct::Reopen => call(COMPLETE_TASKS, json!({"task_ids": ids, "completed": false})),
        _ => call(COMPLETE_TASKS, json!({ "task_ids": ids })),
    };
    match act {
        TaskAct::Complete | TaskAct::Reopen if ids.len() > MAX_CALLS => ids.chunks(MAX_BATCH).map(several).collect(),
        _ => ids.iter().take(MAX_CHANGES).filter_map(|id| call_for(act, *id)).collect(),
    }
}

/// What became of the calls of a change; and how many tasks are left for the next time.
pub(super) fn report(target: &TaskTarget, act: TaskAct, calls: &[&ToolCall]) -> NextAction {
    let is_read = |call: &&&ToolCall| call.name == LIST_TASKS;
    let pages: Vec<&ToolCall> = calls.iter().take_while(is_read).copied().collect();
    let made = calls.len() - pages.len();
    let report = OfflineReply::report(act, calls);
    let all = target_tasks(target, act, &pages).map_or(0, |ids| ids.len());
    let is_one_by_one = calls.iter().all(|call| call.name != COMPLETE_TASKS);
    NextAction::Say(match all.saturating_sub(made) {
        left if left > 0 && made == MAX_CHANGES && is_one_by_one => {
            OfflineReply::Several(vec![OfflineReply::FirstOfMany(all), report])
        }
        _ => report,
    })
}

/// Whether a task can be changed so.
fn suits(act: TaskAct, task: &ListedTask) -> bool {
    match act {
        TaskAct::Prioritise(priority) => task.priority.as_deref().unwrap_or("none") != priority,
        TaskAct::Complete => !task.completed,
        TaskAct::Reopen => task.completed,
        _ => true,
    }
}

/// Changes one or several tasks alike.
pub(super) fn change(act: TaskAct, target: &TaskTarget, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return report(target, act, calls);
    }
    match target_tasks(target, act, calls) {
        Err(action) => action,
        Ok(ids) if ids.is_empty() => NextAction::Say(OfflineReply::NothingTo(act)),
        Ok(ids)
            if act == TaskAct::Reopen
                && let Some(reply) = already_open(target, &ids, calls) =>
        {
            NextAction::Say(reply)
        }
        Ok(ids) => NextAction::Call(calls_for(act, &ids)),
    }
}

/// Says that tasks named by their titles are open already.
fn already_open(target: &TaskTarget, ids: &[i64], calls: &[&ToolCall]) -> Option<OfflineReply> {
    let TaskTarget::Title(_) = target else { return None };
    let tasks: Vec<ListedTask> =
        calls.iter().flat_map(|call| listed_tasks(call)).filter(|task| ids.contains(&task.id)).collect();
    let all_open = !tasks.is_empty() && tasks.iter().all(|task| !task.completed);
    all_open.then_some(OfflineReply::StillOpen(tasks))
}

pub(super) fn describe(target: &TaskTarget, text: &str, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(OfflineReply::report(TaskAct::Describe, calls));
    }
    match target_tasks(target, TaskAct::Describe, calls) {
        Err(action) => action,
        Ok(ids) => match ids.as_slice() {
            [id] => NextAction::Call(vec![call(UPDATE_TASK, json!({"task_id": id, "description": text}))]),
            _ => NextAction::Say(OfflineReply::AskWhich(TaskAct::Describe)),
        },
    }
}

/// Gives one or several tasks a date. A task that moves to a day keeps its time.
pub(super) fn schedule(target: &TaskTarget, members: &Map<String, Value>, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return report(target, TaskAct::Schedule, calls);
    }
    let mut ids = match target_tasks(target, TaskAct::Schedule, calls) {
        Err(action) => return action,
        Ok(ids) => ids,
    };
    let tasks = match read_list(calls) {
        Err(action) => return action,
        Ok(tasks) => tasks,
    };
    let day = members.get("due").and_then(Value::as_str);
    let has_day = |id: &i64| tasks.iter().any(|task| task.id == *id && task.due.as_deref() == day);
    if ids.len() > MAX_CALLS {
        ids.retain(|id| day.is_none() || !has_day(id)); // those of the last time
    }
    if ids.is_empty() {
        return NextAction::Say(OfflineReply::NothingTo(TaskAct::Schedule));
    }
    let request = |id: &i64| {
        let mut arguments = members.clone();
        let time = tasks.iter().find(|task| task.id == *id).and_then(|task| task.due.as_ref()?.get(DAY_LENGTH..));
        let is_dated = tasks.iter().any(|task| task.id == *id && task.due.is_some());
        if is_dated && members.get("repeat").and_then(Value::as_str).is_some_and(|rule| !rule.contains("BY")) {
            arguments.remove("due"); // it repeats from its own day on
        } else if let Some(day) = members.get("due").and_then(Value::as_str).filter(|day| day.len() == DAY_LENGTH) {
            arguments.insert("due".to_owned(), json!(format!("{day}{}", time.unwrap_or_default())));
        }
        arguments.insert("task_id".to_owned(), json!(id));
        call(UPDATE_TASK, Value::Object(arguments))
    };
    NextAction::Call(ids.iter().take(MAX_CHANGES).map(request).collect())
}

/// Gives tasks a tag, or takes it away; the others stay.
pub(super) fn tag_tasks(target: &TaskTarget, tag: &str, is_given: bool, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return report(target, TaskAct::Schedule, calls);
    }
    let read = target_tasks(target, TaskAct::Schedule, calls).and_then(|ids| Ok((ids, read_list(calls)?)));
    let (ids, tasks) = match read {
        Err(action) => return action,
        Ok(read) => read,
    };
    let is_tag = |other: &String| other.to_lowercase() == tag.to_lowercase();
    let fitting = tasks.iter().filter(|task| ids.contains(&task.id) && task.tags.iter().any(is_tag) != is_given);
    let request = |task: &ListedTask| {
        let mut tags: Vec<&str> = task.tags.iter().filter(|other| !is_tag(other)).map(String::as_str).collect();
        tags.extend(is_given.then_some(tag));
        call(UPDATE_TASK, json!({"task_id": task.id, "tags": tags}))
    };
    let requests: Vec<ToolRequest> = fitting.take(MAX_CHANGES).map(request).collect();
    match requests.is_empty() {
        true => NextAction::Say(OfflineReply::NothingTo(TaskAct::Schedule)),
        false => NextAction::Call(requests),
    }
}

pub(super) fn rename(readings: &[(TaskTarget, String)], calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(OfflineReply::report(TaskAct::Rename, calls));
    }
    let renaming =
        |id: i64, title: &str| NextAction::Call(vec![call(UPDATE_TASK, json!({"task_id": id, "title": title}))]);
    match readings {
        [] => return NextAction::Say(OfflineReply::Fixed(FixedReply::AskNewTitle)),
        [(_, title), ..] if title.is_empty() => return NextAction::Say(OfflineReply::Fixed(FixedReply::AskNewTitle)),
        [(TaskTarget::Title(_), _), ..] => {}
        [(target, title), ..] => {
            return match target_tasks(target, TaskAct::Rename, calls) {
                Err(action) => action,
                Ok(ids) if ids.len() == 1 => renaming(ids[0], title),
                Ok(_) => NextAction::Say(OfflineReply::AskWhich(TaskAct::Rename)),
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
        [] => NextAction::Say(OfflineReply::NoneFound),
        [(one, title), ..] if one.len() == 1 => renaming(one[0].id, title),
        [(several, _), ..] => NextAction::Say(OfflineReply::Ambiguous(TaskAct::Rename, several.clone())),
    }
}

/// The ids of the tasks that a command is about; else the action that must come first.
pub(super) fn target_tasks(target: &TaskTarget, act: TaskAct, calls: &[&ToolCall]) -> Result<Vec<i64>, NextAction> {
    let prefers = |task: &ListedTask| suits(act, task);
    match target {
        TaskTarget::Numbers(ids) => Ok(ids.clone()),
        TaskTarget::Unspecified | TaskTarget::It | TaskTarget::Them => {
            Err(NextAction::Say(OfflineReply::AskWhich(act)))
        }
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
                return Err(NextAction::Say(OfflineReply::NotFound(words.clone())));
            }
            let others = tasks.iter().filter(|task| prefers(task) && !kept.contains(&task.id));
            Ok(others.map(|task| task.id).collect())
        }
        TaskTarget::Due(_) => Err(NextAction::Say(OfflineReply::Missing(MissingFeature::Dates))),
        TaskTarget::DueWithin(days) => {
            let day = |task: &ListedTask| task.due.as_ref()?.get(..DAY_LENGTH)?.parse::<NaiveDate>().ok();
            let is_due = |task: &ListedTask| match (days, day(task)) {
                (Some((from, to)), Some(day)) => *from <= day && day <= *to,
                (None, day) => day.is_none(),
                (Some(_), None) => false,
            };
            let is_meant = |task: &ListedTask| act == TaskAct::Reopen || !task.completed;
            let tasks = read_list(calls)?;
            Ok(tasks
                .iter()
                .filter(|task| is_due(task) && is_meant(task) && prefers(task))
                .map(|task| task.id)
                .collect())
        }
        TaskTarget::First(_) | TaskTarget::Last(_) | TaskTarget::Place(_) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(prefers);
            Ok(target.at_place(&ids_of(&tasks)))
        }
        TaskTarget::Within(ids, place) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(|task| ids.contains(&task.id) && prefers(task));
            Ok(place.at_place(&ids_of(&tasks)))
        }
        TaskTarget::Matching(words) => {
            let tasks = read_list(calls)?;
            let found = find_tasks(&tasks, words, |_| true);
            Ok(found.iter().filter(|task| prefers(task)).map(|task| task.id).collect())
        }
        TaskTarget::Title(words) => pick(&read_list(calls)?, words, act).map_err(NextAction::Say),
    }
}

fn ids_of(tasks: &[ListedTask]) -> Vec<i64> {
    tasks.iter().map(|task| task.id).collect()
}

/// The task at a place that is named among others, as in "the first and the last".
fn placed(tasks: &[ListedTask], words: &str, act: TaskAct) -> Option<Vec<ListedTask>> {
    let place = parse_place(&words.to_lowercase())?;
    let fitting: Vec<ListedTask> = tasks.iter().filter(|task| suits(act, task)).cloned().collect();
    let id = nth(&ids_of(&fitting), place);
    Some(fitting.into_iter().filter(|task| Some(task.id) == id).collect())
}

/// The ids of the tasks that `words` name: one title, or several joined by "and".
fn pick(tasks: &[ListedTask], words: &str, act: TaskAct) -> Result<Vec<i64>, OfflineReply> {
    let one = |words: &str| find_tasks(tasks, words, |task| suits(act, task));
    let whole = one(words);
    let pieces: Vec<&str> =
        words.split(" and ").flat_map(|piece| piece.split(", ")).flat_map(|piece| piece.split(" & ")).collect();
    let groups = if whole.is_empty() && (2..=MAX_CALLS).contains(&pieces.len()) {
        pieces.iter().map(|piece| (*piece, placed(tasks, piece, act).unwrap_or_else(|| one(&title(piece))))).collect()
    } else {
        vec![(words, whole)]
    };
    let mut ids = Vec::new();
    for (words, found) in groups {
        match found.as_slice() {
            [] => return Err(OfflineReply::NotFound(words.to_owned())),
            [task] => ids.push(task.id),
            several => return Err(OfflineReply::Ambiguous(act, several.to_vec())),
        }
    }
    Ok(ids)
}

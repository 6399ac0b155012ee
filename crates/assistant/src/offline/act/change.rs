//! Commands that change tasks, and the calls for them.

use serde_json::{Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::find::{DAY_LENGTH, ListedTask, find_tasks, listed_tasks};
use crate::offline::act::limits::{MAX_BATCH, MAX_CALLS, MAX_CHANGES};
use crate::offline::act::list::read_list;
use crate::offline::act::reply::{OfflineReply, TaskAct};
use crate::offline::act::sentence::FixedReply;
use crate::offline::act::targets::target_tasks;
use crate::offline::command::MemberChange;
use crate::offline::target::TaskTarget;
use crate::tool_names::{COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, LIST_TASKS, UPDATE_TASK};
use crate::turn::ToolCall;

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
pub(super) fn schedule(target: &TaskTarget, change: &MemberChange, calls: &[&ToolCall]) -> NextAction {
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
    let members = &change.members;
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
        let due = tasks.iter().find(|task| task.id == *id).and_then(|task| task.due.as_deref());
        let own = due.and_then(|due| due.split_at_checked(DAY_LENGTH));
        let given = day.and_then(|due| due.split_at_checked(DAY_LENGTH));
        let repeats = members.get("repeat").and_then(Value::as_str).is_some_and(|rule| !rule.contains("BY"));
        match (own, given) {
            // It repeats from its own day on.
            (Some(_), _) if repeats => drop(arguments.remove("due")),
            // A day that is over is not kept.
            (Some((own_day, _)), Some((day, time))) if change.keeps_day => {
                arguments.insert("due".to_owned(), json!(format!("{}{time}", own_day.max(day))));
            }
            (Some((_, own_time)), Some((day, ""))) => {
                arguments.insert("due".to_owned(), json!(format!("{day}{own_time}")));
            }
            _ => {}
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

//! Reminders of tasks that are there.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Value, json};

use crate::offline::act::action::{NextAction, call};
use crate::offline::act::change::report;
use crate::offline::act::find::ListedTask;
use crate::offline::act::limits::MAX_CHANGES;
use crate::offline::act::list::read_list;
use crate::offline::act::reminder_reply::ReminderReply;
use crate::offline::act::reply::{OfflineReply, TaskAct};
use crate::offline::act::targets::target_tasks;
use crate::offline::reminder_time::ReminderTime;
use crate::offline::target::TaskTarget;
use crate::tool_names::{LIST_TASKS, UPDATE_TASK};
use crate::turn::ToolCall;

/// Sets the reminder of one task. A task without a date becomes due when it reminds.
pub(super) fn remind(target: &TaskTarget, time: &ReminderTime, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return NextAction::Say(OfflineReply::report(TaskAct::Remind, calls));
    }
    let ids = match target_tasks(target, TaskAct::Remind, calls) {
        Ok(ids) => ids,
        Err(action) => return action,
    };
    let [id] = ids.as_slice() else { return NextAction::Say(OfflineReply::AskWhich(TaskAct::Remind)) };
    let tasks = match read_list(calls) {
        Ok(tasks) => tasks,
        Err(action) => return action,
    };
    let Some(task) = tasks.into_iter().find(|task| task.id == *id) else {
        return NextAction::Say(OfflineReply::NotFound(format!("#{id}")));
    };
    match members(&task, time) {
        Ok(mut members) => {
            members["task_id"] = json!(id);
            NextAction::Call(vec![call(UPDATE_TASK, members)])
        }
        Err(reply) => NextAction::Say(reply),
    }
}

/// Ends the reminders of one or several tasks.
pub(super) fn stop_reminding(target: &TaskTarget, calls: &[&ToolCall]) -> NextAction {
    if calls.iter().any(|call| call.name != LIST_TASKS) {
        return report(target, TaskAct::StopReminding, calls);
    }
    match target_tasks(target, TaskAct::StopReminding, calls) {
        Err(action) => action,
        Ok(ids) if ids.is_empty() => NextAction::Say(OfflineReply::NothingTo(TaskAct::StopReminding)),
        Ok(ids) => NextAction::Call(
            ids.iter().take(MAX_CHANGES).map(|id| call(UPDATE_TASK, json!({"task_id": id, "remind": []}))).collect(),
        ),
    }
}

/// The open tasks that remind.
pub(super) fn list_reminders(calls: &[&ToolCall]) -> NextAction {
    let mut tasks = match read_list(calls) {
        Ok(tasks) => tasks,
        Err(action) => return action,
    };
    tasks.retain(|task| !task.completed && !task.remind_at.is_empty());
    tasks.sort_by(|one, other| one.remind_at.cmp(&other.remind_at));
    NextAction::Say(OfflineReply::Reminder(ReminderReply::Set(tasks)))
}

/// The members that make a task remind then.
fn members(task: &ListedTask, time: &ReminderTime) -> Result<Value, OfflineReply> {
    let dated = task.due.is_some();
    match time {
        ReminderTime::AtDue | ReminderTime::Before(_) if !dated => {
            Err(OfflineReply::Reminder(ReminderReply::AskWhen(Box::new(task.clone()))))
        }
        ReminderTime::AtDue => Ok(json!({"remind": [0]})),
        ReminderTime::Before(minutes) => Ok(json!({"remind": [minutes]})),
        ReminderTime::Told(_) => Err(OfflineReply::Reminder(ReminderReply::AskWhen(Box::new(task.clone())))),
        ReminderTime::At(at) => members_at(task, at),
    }
}

fn members_at(task: &ListedTask, at: &str) -> Result<Value, OfflineReply> {
    let Some(due) = &task.due else { return Ok(json!({"due": at, "remind": [0]})) };
    if is_on_due_day(due, at) {
        return Ok(json!({"due": at, "remind": [0]}));
    }
    let minutes = match (instant(due), instant(at)) {
        (Some(due), Some(at)) => (due - at).num_minutes(),
        _ => -1,
    };
    match minutes {
        0..=527_040 => Ok(json!({"remind": [minutes]})),
        _ => Err(OfflineReply::Reminder(ReminderReply::TooLate(Box::new(task.clone())))),
    }
}

/// Whether a task that is due on a day reminds at a time of that day: then it is due at that time.
fn is_on_due_day(due: &str, at: &str) -> bool {
    due.len() == 10 && at.len() > 10 && at.starts_with(due)
}

/// A local time; nine o'clock of a day.
fn instant(text: &str) -> Option<NaiveDateTime> {
    let nine = NaiveTime::MIN + chrono::TimeDelta::hours(9);
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(nine));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok().or_else(day)
}

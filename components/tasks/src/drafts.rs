//! The tasks of a file as tasks to store, and as a client sees them before.

use chrono::NaiveDate;
use serde_json::{Value, json};
use task::{Draft, ListName, RepeatFrom, RepeatRule, TaskDue, TaskMembers, TaskTags, TaskTime};
use task_import::{ImportedTask, Moment, TaskFile};

/// How many tasks a preview shows.
const PREVIEW: usize = 20;

/// The tasks to store. Lists that are not there are made.
pub(crate) fn drafts(file: TaskFile, today: NaiveDate) -> Vec<Draft> {
    file.tasks.into_iter().map(|task| draft(task, today)).collect()
}

fn draft(task: ImportedTask, today: NaiveDate) -> Draft {
    let repeat = task.repeat.as_deref().and_then(|rule| RepeatRule::parse(rule).ok());
    let due = due(&task, today);
    let due_zone = due.as_ref().and_then(Moment::zone).map(str::to_owned);
    let due = due.and_then(|due| TaskDue::parse(&due.text()).ok());
    let keeps_series = repeat.is_some() && due.is_some();
    let members = TaskMembers {
        description: Some(task.description),
        priority: Some(task.priority),
        // A task that is not due does not repeat.
        repeat: Some(repeat.filter(|_| due.is_some())),
        repeat_from: Some(if task.from_completion { RepeatFrom::Completion } else { RepeatFrom::Due }),
        remind: Some(task.remind),
        due: Some(due),
        tags: TaskTags::parse(task.tags.iter().map(String::as_str)).ok(),
        list: Some(task.list.and_then(|list| ListName::parse(&list).ok())),
        makes_list: true,
        ..TaskMembers::default()
    };
    let number = |index: usize| u32::try_from(index).ok();
    Draft {
        title: task.title,
        members,
        completed: task.completed,
        created_at: task.created_at.as_ref().and_then(time),
        updated_at: task.updated_at.as_ref().and_then(time),
        completed_at: task.completed_at.as_ref().and_then(time),
        due_zone,
        parent_draft: task.parent.and_then(|parent| number(parent + 1)),
        rank: task.rank.and_then(number),
        series: task.series.filter(|_| keeps_series),
    }
}

/// When a task is due. A rule without a day begins with the first day that it gives.
fn due(task: &ImportedTask, today: NaiveDate) -> Option<Moment> {
    let rule = || RepeatRule::parse(task.repeat.as_deref()?).ok();
    task.due.clone().or_else(|| rule().map(|rule| Moment::Day(rule.first(today))))
}

/// When something happened. A day is its noon in UTC, which is the same day nearly everywhere.
fn time(moment: &Moment) -> Option<TaskTime> {
    let text = match moment {
        Moment::Day(day) => format!("{day}T12:00:00Z"),
        Moment::Local(time) | Moment::Zoned(time, _) => time.and_utc().to_rfc3339(),
        Moment::Instant(at) | Moment::DayIn(at, _) => at.to_rfc3339(),
    };
    TaskTime::parse(&text).ok()
}

/// The first tasks as they would be.
pub(crate) fn preview(file: &TaskFile, today: NaiveDate) -> Value {
    let shown = |task: &ImportedTask| {
        let due = due(task, today);
        json!({
            "line": task.line,
            "title": task.title.as_str(),
            "description": task.description.as_ref().map(task::Description::as_str),
            "completed": task.completed,
            "completed_at": task.completed_at.as_ref().and_then(time).map(TaskTime::into_string),
            "due": due.as_ref().map(Moment::text),
            "due_time_zone": due.as_ref().and_then(Moment::zone),
            "repeat": task.repeat,
            "repeat_from": if task.from_completion { RepeatFrom::Completion } else { RepeatFrom::Due }.as_str(),
            "remind": task.remind,
            "priority": task.priority,
            "tags": task.tags,
            "list": task.list,
            "parent": task.parent.map(|parent| file.tasks[parent].title.as_str()),
            "created_at": task.created_at.as_ref().and_then(time).map(TaskTime::into_string),
        })
    };
    file.tasks.iter().take(PREVIEW).map(shown).collect()
}

#[cfg(test)]
mod tests;

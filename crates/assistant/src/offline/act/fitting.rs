//! Which tasks have in common what a question or an order says.

use chrono::NaiveDate;

use crate::offline::act::find::{DAY_LENGTH, ListedTask, find_tasks};
use crate::offline::filter::{DueCondition, TaskFilter};

/// Those of the tasks that have all of it in common.
pub(super) fn fitting(mut tasks: Vec<ListedTask>, filter: &TaskFilter) -> Vec<ListedTask> {
    tasks.retain(|task| is_filed(task, filter));
    fitting_locally(tasks, filter)
}

/// Those of the tasks that have in common what `list_tasks` cannot be asked for.
pub(super) fn fitting_locally(mut tasks: Vec<ListedTask>, filter: &TaskFilter) -> Vec<ListedTask> {
    tasks.retain(|task| is_due(task, filter.due.as_ref()) && repeats(task, filter.repeats));
    match &filter.named {
        Some(name) => named(tasks, name),
        None => tasks,
    }
}

fn is_filed(task: &ListedTask, filter: &TaskFilter) -> bool {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    filter.completed.is_none_or(|completed| task.completed == completed)
        && filter.priority.is_none_or(|priority| task.priority.as_deref().unwrap_or("none") == priority)
        && filter.list.as_ref().is_none_or(|list| task.list.as_ref().is_some_and(|own| same(own, list)))
        && filter.tags.iter().all(|tag| task.tags.iter().any(|own| same(own, tag)))
}

fn is_due(task: &ListedTask, due: Option<&DueCondition>) -> bool {
    let day = || task.due.as_ref()?.get(..DAY_LENGTH)?.parse::<NaiveDate>().ok();
    match due {
        None => true,
        Some(DueCondition::Days(from, to)) => day().is_some_and(|day| *from <= day && day <= *to),
        Some(DueCondition::Undated) => task.due.is_none(),
        Some(DueCondition::Overdue) => task.is_overdue,
        Some(DueCondition::Told(_)) => false,
    }
}

fn repeats(task: &ListedTask, rule: Option<&str>) -> bool {
    rule.is_none_or(|rule| task.repeat.as_ref().is_some_and(|own| own.contains(rule)))
}

/// The tasks in the list or with the tag of this name; where there are none, those with the words in their titles.
fn named(mut tasks: Vec<ListedTask>, name: &str) -> Vec<ListedTask> {
    let lower = name.to_lowercase();
    let has = |task: &ListedTask| task.list.iter().chain(&task.tags).any(|name| name.to_lowercase() == lower);
    if !tasks.iter().any(has) {
        return find_tasks(&tasks, name, |_| true);
    }
    tasks.retain(has);
    tasks
}

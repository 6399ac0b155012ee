//! What the store returns, as the domain has it.

use task::{
    ExportedTask, KeptTask, Occurrence, PastImport, Priority, RepeatFrom, StoreError, Task, TaskList, TaskRuleError,
    TaskSeries, UserSettings,
};

use crate::bindings::todo::tasks::store;

pub(crate) fn tasks(tasks: Vec<store::Task>) -> Vec<Task> {
    tasks.into_iter().map(task).collect()
}

pub(crate) fn task(task: store::Task) -> Task {
    Task {
        id: task.id,
        title: task.title,
        description: task.description,
        completed: task.completed,
        created_at: task.created_at,
        updated_at: task.updated_at,
        completed_at: task.completed_at,
        priority: match task.priority {
            store::Priority::High => Priority::High,
            store::Priority::Medium => Priority::Medium,
            store::Priority::Low => Priority::Low,
            store::Priority::None => Priority::None,
        },
        due: task.due,
        due_at: task.due_at,
        overdue: task.overdue,
        repeat: task.repeat,
        repeat_from: match task.repeat_from {
            store::RepeatStart::Due => RepeatFrom::Due,
            store::RepeatStart::Completion => RepeatFrom::Completion,
        },
        remind: task.remind,
        remind_at: task.remind_at,
        tags: task.tags,
        list: task.list,
        parent: task.parent,
        position: task.position,
        occurrence: task.occurrence.map(|it| Occurrence { due: it.due, completed_at: it.completed_at }),
    }
}

pub(crate) fn exported(exported: store::ExportedTask) -> Result<ExportedTask, StoreError> {
    let series = exported.series.map(|store::RepeatSeries { anchor, passed }| {
        let anchor = anchor.parse().map_err(|_| StoreError::Internal("an anchor is no day".to_owned()))?;
        Ok::<_, StoreError>(TaskSeries { anchor, passed: u16::try_from(passed).unwrap_or(u16::MAX) })
    });
    Ok(ExportedTask { task: task(exported.task), series: series.transpose()? })
}

pub(crate) fn list(list: store::TaskList) -> TaskList {
    let store::TaskList { id, name, color, archived, position, open_tasks, created_at } = list;
    TaskList { id, name, color, archived, position, open_tasks, created_at }
}

pub(crate) fn settings(settings: store::UserSettings) -> UserSettings {
    let store::UserSettings { time_zone, day_start, week_start, reminder_time } = settings;
    UserSettings { time_zone, day_start, week_start, reminder_time }
}

impl From<store::StoreError> for StoreError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::NotFound => Self::NotFound,
            store::StoreError::UnknownOwner => Self::UnknownOwner,
            store::StoreError::Stale => Self::Stale,
            store::StoreError::LimitReached(limit) => Self::LimitReached(limit),
            store::StoreError::KeyReused => Self::KeyReused,
            store::StoreError::AlreadyImported(store::PastImport { at, count }) => {
                Self::AlreadyImported(PastImport { at, count })
            }
            store::StoreError::AlreadyUndone => Self::AlreadyUndone,
            store::StoreError::ChangedSince(kept) => KeptTask::read(&kept).map_or_else(unreadable, Self::ChangedSince),
            store::StoreError::Rule(rule) => Self::Rule(to_rule(rule)),
            store::StoreError::NeighbourGone(order) => Self::NeighbourGone(order),
            store::StoreError::ListExists => Self::ListExists,
            store::StoreError::ListLimit => Self::ListLimit,
            store::StoreError::Unavailable(text) => Self::Unavailable(text),
            store::StoreError::Internal(text) => Self::Internal(text),
        }
    }
}

pub(crate) fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Internal(error.to_string())
}

fn to_rule(rule: store::TaskRule) -> TaskRuleError {
    match rule {
        store::TaskRule::UnknownList => TaskRuleError::UnknownList,
        store::TaskRule::UnknownParent => TaskRuleError::UnknownParent,
        store::TaskRule::ParentIsStep => TaskRuleError::ParentIsStep,
        store::TaskRule::HasSteps => TaskRuleError::HasSteps,
        store::TaskRule::RepeatWithoutDue => TaskRuleError::RepeatWithoutDue,
        store::TaskRule::DueOutOfRange => TaskRuleError::DueOutOfRange,
        store::TaskRule::UnknownZone => TaskRuleError::UnknownZone,
    }
}

//! What a client gives, as the interface has it.

use task::{
    ClockTime, Description, Draft, ListChanges, ListName, Priority, RepeatFrom, SettingsChanges, TaskChanges, TaskDue,
    TaskMembers, TaskSeries, TaskTags, TaskTime, TimeZone, Title,
};

use crate::bindings::todo::tasks::store;

pub(crate) fn members(title: Option<Title>, members: TaskMembers) -> store::TaskMembers {
    store::TaskMembers {
        title: title.map(Title::into_string),
        description: members.description.map(|text| text.map(Description::into_string)),
        completed: None,
        priority: members.priority.map(to_priority),
        due: members.due.map(|due| due.map(TaskDue::into_string)),
        repeat: members.repeat.map(|rule| rule.map(|rule| rule.to_string())),
        repeat_from: members.repeat_from.map(|start| match start {
            RepeatFrom::Due => store::RepeatStart::Due,
            RepeatFrom::Completion => store::RepeatStart::Completion,
        }),
        remind: members.remind,
        tags: members.tags.map(TaskTags::into_names),
        list: members.list.map(|name| name.map(ListName::into_string)),
        parent: members.parent.map(|id| id.map(task::TaskId::get)),
        makes_list: members.makes_list,
        zone: members.zone.map(TimeZone::into_string),
        if_due: None,
        key: None,
    }
}

pub(crate) fn task_changes(changes: TaskChanges) -> store::TaskMembers {
    store::TaskMembers {
        completed: changes.completed,
        if_due: changes.if_due.map(TaskDue::into_string),
        key: changes.key,
        ..members(changes.title, changes.members)
    }
}

pub(crate) fn draft(draft: Draft) -> store::Draft {
    let completed = Some(draft.completed);
    store::Draft {
        members: store::TaskMembers { completed, ..members(Some(draft.title), draft.members) },
        created_at: draft.created_at.map(TaskTime::into_string),
        updated_at: draft.updated_at.map(TaskTime::into_string),
        completed_at: draft.completed_at.map(TaskTime::into_string),
        due_zone: draft.due_zone,
        parent_draft: draft.parent_draft,
        rank: draft.rank,
        series: draft.series.map(|TaskSeries { anchor, passed }| store::RepeatSeries {
            anchor: anchor.to_string(),
            passed: passed.into(),
        }),
    }
}

pub(crate) fn list_members(list: ListChanges) -> store::ListMembers {
    store::ListMembers {
        name: list.name.map(ListName::into_string),
        color: list.color.map(|color| color.map(|color| color.as_str().to_owned())),
        archived: list.archived,
        position: list.position,
    }
}

pub(crate) fn settings_members(changes: SettingsChanges) -> store::SettingsMembers {
    store::SettingsMembers {
        time_zone: changes.time_zone.map(|zone| zone.map(TimeZone::into_string)),
        day_start: changes.day_start.map(ClockTime::into_string),
        week_start: changes.week_start.map(|day| day.as_str().to_owned()),
        reminder_time: changes.reminder_time.map(ClockTime::into_string),
    }
}

pub(crate) fn to_priority(priority: Priority) -> store::Priority {
    match priority {
        Priority::High => store::Priority::High,
        Priority::Medium => store::Priority::Medium,
        Priority::Low => store::Priority::Low,
        Priority::None => store::Priority::None,
    }
}

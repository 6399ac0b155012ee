//! Several tasks at once, as the interface has them.

use task::{
    BulkChanges, BulkItem, BulkPlace, BulkState, BulkTask, ListName, RecordedWrite, SeveralAdded, TaskDue, TaskTags,
    TimeZone,
};

use crate::bindings::todo::tasks::store;
use crate::given::to_priority;
use crate::stored::task;

pub(crate) fn bulk_task(BulkTask { id, due }: &BulkTask) -> store::BulkTask {
    store::BulkTask { id: id.get(), due: due.clone().map(TaskDue::into_string) }
}

pub(crate) fn bulk_changes(changes: BulkChanges) -> store::BulkChanges {
    store::BulkChanges {
        completed: changes.completed,
        priority: changes.priority.map(to_priority),
        due: changes.due.map(|due| due.map(TaskDue::into_string)),
        due_day: changes.due_day.map(TaskDue::into_string),
        list: changes.list.map(|name| name.map(ListName::into_string)),
        add_tags: TaskTags::into_names(changes.add_tags),
        remove_tags: TaskTags::into_names(changes.remove_tags),
        place: changes.place.map(|BulkPlace { neighbour, is_behind }| store::BulkPlace {
            neighbour: neighbour.get(),
            behind: is_behind,
        }),
        delete: changes.delete,
        zone: changes.zone.map(TimeZone::into_string),
        key: changes.key,
    }
}

pub(crate) fn bulk_write(write: store::BulkWrite) -> RecordedWrite<Vec<BulkItem>> {
    RecordedWrite { result: write.items.into_iter().map(item).collect(), change: write.change }
}

fn item(item: store::BulkItem) -> BulkItem {
    let state = match item.state {
        store::BulkState::Changed => BulkState::Changed,
        store::BulkState::Unchanged => BulkState::Unchanged,
        store::BulkState::Deleted => BulkState::Deleted,
        store::BulkState::NotCurrent => BulkState::NotCurrent,
        store::BulkState::NotFound => BulkState::NotFound,
        store::BulkState::TooManyTags => BulkState::TooManyTags,
    };
    BulkItem { id: item.id, state, task: item.task.map(task) }
}

pub(crate) fn several_added(added: store::SeveralAdded) -> SeveralAdded {
    let store::SeveralAdded { tasks, replayed, change } = added;
    SeveralAdded { tasks: tasks.into_iter().map(|added| added.map(task)).collect(), replayed, change }
}

//! A list, as the interface has it.

use task::{DueFilter, ListName, SortKey, StatusFilter, TaskDue, TaskId, TaskQuery};

use crate::bindings::todo::tasks::store;
use crate::given::to_priority;

pub(crate) fn to_query(query: &TaskQuery) -> store::TaskQuery {
    store::TaskQuery {
        status: match query.status {
            StatusFilter::All => store::StatusFilter::All,
            StatusFilter::Pending => store::StatusFilter::Pending,
            StatusFilter::Completed => store::StatusFilter::Completed,
        },
        words: query.search.words().to_vec(),
        priority: query.priority.map(to_priority),
        due: query.due.map(|due| match due {
            DueFilter::Today => store::DueFilter::Today,
            DueFilter::Tomorrow => store::DueFilter::Tomorrow,
            DueFilter::Week => store::DueFilter::Week,
            DueFilter::Overdue => store::DueFilter::Overdue,
            DueFilter::None => store::DueFilter::None,
        }),
        due_after: query.due_after.clone().map(TaskDue::into_string),
        due_before: query.due_before.clone().map(TaskDue::into_string),
        tags: query.tags.names().to_vec(),
        list: query.list.clone().map(|name| name.map(ListName::into_string).unwrap_or_default()),
        parent: query.parent.map(TaskId::get),
        sort: match query.sort.by {
            SortKey::Id => store::SortKey::Id,
            SortKey::CreatedAt => store::SortKey::CreatedAt,
            SortKey::UpdatedAt => store::SortKey::UpdatedAt,
            SortKey::Title => store::SortKey::Title,
            SortKey::Priority => store::SortKey::Priority,
            SortKey::Due => store::SortKey::Due,
            SortKey::Position => store::SortKey::Position,
        },
        descending: query.sort.descending,
        limit: query.limit,
        after: query.after.as_ref().map(|at| store::Position { key: at.key.clone(), id: at.id.get() }),
    }
}

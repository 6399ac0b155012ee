//! Which statement reads a page of a list, and the page that its rows make.

use db::{DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{Position, SortKey, StatusFilter, TaskPage, TaskQuery};
use crate::rows::{optional, rank, tasks, texts};

/// By id, without a search, and short: what is asked for most.
const LIST_TASKS: &str = include_str!("../sql/list_tasks.sql");

/// So many tasks cannot hold [`MAX_BYTES`] of text.
const SHORT: u32 = 100;
/// How many bytes of text a page has at most. Host and components hold each of them several times.
const MAX_BYTES: i64 = 4 << 20;

/// The statement for one page and its parameters.
pub(crate) fn statement(owner: String, query: TaskQuery) -> (&'static str, Vec<Param>) {
    let TaskQuery { status, words, priority, sort, descending, limit, after } = query;
    let rows = (i64::from(limit) + 1).into();
    let completed = match status {
        StatusFilter::All => Param::DbNull,
        StatusFilter::Pending => false.into(),
        StatusFilter::Completed => true.into(),
    };
    let (id, key) = after.map_or((Param::DbNull, Param::DbNull), |Position { key, id }| (id.into(), key.into()));
    if sort == SortKey::Id && words.is_empty() && priority.is_none() && limit <= SHORT {
        return (LIST_TASKS, vec![owner.into(), rows, completed, id, descending.into()]);
    }
    let words = if words.is_empty() { Param::DbNull } else { texts(words) };
    let mut params = vec![owner.into(), rows, completed, words, optional(priority.map(rank)), id];
    if sort != SortKey::Id {
        params.push(key);
    }
    (ordered(sort, descending), params)
}

fn ordered(sort: SortKey, descending: bool) -> &'static str {
    match (sort, descending) {
        (SortKey::Id, false) => include_str!("../sql/list/by_id.sql"),
        (SortKey::Id, true) => include_str!("../sql/list/by_id_desc.sql"),
        (SortKey::CreatedAt, false) => include_str!("../sql/list/by_created_at.sql"),
        (SortKey::CreatedAt, true) => include_str!("../sql/list/by_created_at_desc.sql"),
        (SortKey::UpdatedAt, false) => include_str!("../sql/list/by_updated_at.sql"),
        (SortKey::UpdatedAt, true) => include_str!("../sql/list/by_updated_at_desc.sql"),
        (SortKey::Priority, false) => include_str!("../sql/list/by_priority.sql"),
        (SortKey::Priority, true) => include_str!("../sql/list/by_priority_desc.sql"),
        (SortKey::Title, false) => include_str!("../sql/list/by_title.sql"),
        (SortKey::Title, true) => include_str!("../sql/list/by_title_desc.sql"),
    }
}

/// The page of at most `limit` tasks; there is a next one if there are more rows than it shows.
pub(crate) fn page(mut rows: Vec<Row>, limit: u32, sort: SortKey) -> Result<TaskPage, DbError> {
    let fits = |row: &Row| limit <= SHORT || row.i64("bytes_so_far").is_ok_and(|bytes| bytes <= MAX_BYTES);
    let count = rows.iter().take(limit as usize).take_while(|row| fits(row)).count();
    let has_more = rows.len() > count;
    rows.truncate(count);
    let next = rows.last().filter(|_| has_more).map(|row| position(row, sort)).transpose()?;
    Ok(TaskPage { tasks: tasks(rows)?, next })
}

fn position(row: &Row, sort: SortKey) -> Result<Position, DbError> {
    let key = match sort {
        SortKey::Id => String::new(),
        SortKey::CreatedAt => row.time("created_at")?,
        SortKey::UpdatedAt => row.time("updated_at")?,
        SortKey::Title => row.text("sort_key")?,
        SortKey::Priority => row.get::<i16>("priority")?.to_string(),
    };
    Ok(Position { key, id: row.i64("id")? })
}

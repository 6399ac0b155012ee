//! Which statement reads a page of a list, and the page that its rows make.

use db::{DbError, Param, Row};
use folded_text::folded;
use serde_json::{Map, Value};

use crate::bindings::exports::todo::tasks::store::{
    DueFilter, Position, SortKey, StatusFilter, Task, TaskPage, TaskQuery,
};
use crate::rows::{json, optional, rank, tasks};
use crate::search::SearchPatterns;
use crate::statements;

/// By id, without a search, and short: what is asked for most.
const LIST_TASKS: &str = include_str!("../sql/list_tasks.sql");

/// By the time when they are due, of tasks that are due at certain times, and short: what the page counts and shows as today's.
const LIST_DUE_TASKS: &str = include_str!("../sql/list_due_tasks.sql");

/// So many tasks cannot hold [`MAX_BYTES`] of text.
const SHORT: u32 = 100;
/// How many bytes of text a page has at most. Host and components hold each of them several times.
const MAX_BYTES: i64 = 4 << 20;

/// Whether an index may help that only owners with many tasks have.
pub(crate) fn needs_index(query: &TaskQuery) -> bool {
    let by_index = matches!(query.sort, SortKey::Title | SortKey::CreatedAt | SortKey::UpdatedAt);
    let is_inbox = query.list.as_ref().is_some_and(String::is_empty);
    by_index || is_inbox || query.due == Some(DueFilter::None) || !query.words.is_empty()
}

/// The statement for one page and its parameters. `is_indexed` says that the owner's tasks have grams.
pub(crate) fn statement(owner: String, query: TaskQuery, is_indexed: bool) -> (&'static str, Vec<Param>) {
    let (limit, sort, descending) = (query.limit, query.sort, query.descending);
    let rows = (i64::from(limit) + 1).into();
    let (id, key) = query
        .after
        .as_ref()
        .map_or((Param::DbNull, Param::DbNull), |Position { key, id }| ((*id).into(), key.clone().into()));
    let filter = filter(query, is_indexed);
    let by_status = filter.keys().all(|name| name == "completed");
    if sort == SortKey::Id && by_status && limit <= SHORT {
        let completed = optional(filter.get("completed").and_then(Value::as_bool));
        return (LIST_TASKS, vec![owner.into(), rows, completed, id, descending.into()]);
    }
    let statement = match is_due_range(&filter) && sort == SortKey::Due && !descending && limit <= SHORT {
        true => LIST_DUE_TASKS,
        false => ordered(sort, descending),
    };
    let mut params = vec![owner.into(), rows, json(&Value::Object(filter)), id];
    if sort != SortKey::Id {
        params.push(key);
    }
    (statement, params)
}

/// Whether a filter selects by a range of due times, and by nothing but completion beside it.
fn is_due_range(filter: &Map<String, Value>) -> bool {
    let is_range = |(name, value): (&String, &Value)| match name.as_str() {
        "due" => value != due_word(DueFilter::None),
        "due_after" | "due_before" => true,
        _ => false,
    };
    filter.iter().all(|member| member.0 == "completed" || is_range(member)) && filter.iter().any(is_range)
}

/// The statement that counts the tasks of a list, and its parameters. `is_indexed` as for a page.
pub(crate) fn count_statement(owner: String, query: TaskQuery, is_indexed: bool) -> (&'static str, Vec<Param>) {
    (statements::COUNT, vec![owner.into(), json(&Value::Object(filter(query, is_indexed)))])
}

/// The filter of a list, as the function `task_fits` takes it: members that are given alone.
fn filter(query: TaskQuery, is_indexed: bool) -> Map<String, Value> {
    let SearchPatterns { patterns, numbers, terms } = SearchPatterns::new(&query.words);
    let completed = match query.status {
        StatusFilter::All => None,
        StatusFilter::Pending => Some(false),
        StatusFilter::Completed => Some(true),
    };
    let some = |values: Vec<String>| (!values.is_empty()).then(|| Value::from(values));
    let members = [
        ("completed", completed.map(Value::from)),
        ("priority", query.priority.map(|priority| rank(priority).into())),
        ("words", some(patterns)),
        ("terms", some(terms).filter(|_| is_indexed)),
        ("searchable", is_indexed.then_some(true.into())),
        // A task has one number: two different ones find nothing, as a number that no task has does.
        ("number", numbers.iter().min().map(|id| if numbers.iter().all(|other| other == id) { *id } else { 0 }.into())),
        ("tags", some(query.tags.iter().map(|tag| folded(tag)).collect())),
        ("list", query.list.map(|name| folded(&name).into())),
        ("parent", query.parent.map(Value::from)),
        ("due", query.due.map(|due| due_word(due).into())),
        ("due_after", query.due_after.map(Value::from)),
        ("due_before", query.due_before.map(Value::from)),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn due_word(due: DueFilter) -> &'static str {
    match due {
        DueFilter::Today => "today",
        DueFilter::Tomorrow => "tomorrow",
        DueFilter::Week => "week",
        DueFilter::Overdue => "overdue",
        DueFilter::None => "none",
    }
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
        (SortKey::Due, false) => include_str!("../sql/list/by_due.sql"),
        (SortKey::Due, true) => include_str!("../sql/list/by_due_desc.sql"),
        (SortKey::Position, false) => include_str!("../sql/list/by_position.sql"),
        (SortKey::Position, true) => include_str!("../sql/list/by_position_desc.sql"),
    }
}

/// The page of at most `limit` tasks, and the version of the list; there is a next one if there are more rows than it shows.
pub(crate) fn page(mut rows: Vec<Row>, limit: u32, sort: SortKey) -> Result<TaskPage, DbError> {
    let version = rows.first().map(|row| row.text("version")).transpose()?.unwrap_or_default();
    let mut tasks = tasks(&rows)?;
    let (count, has_more) = match limit {
        0..=SHORT => (tasks.len().min(limit as usize), tasks.len() > limit as usize),
        _ => whole_page(&rows[..tasks.len()], limit),
    };
    tasks.truncate(count);
    rows.truncate(count);
    let last = tasks.last().zip(rows.last()).filter(|_| has_more);
    let next = last.map(|(task, row)| position(task, row, sort)).transpose()?;
    Ok(TaskPage { tasks, next, version })
}

/// How many rows a page of at most `limit` tasks has by the text in them, and whether there are more.
pub(crate) fn whole_page(rows: &[Row], limit: u32) -> (usize, bool) {
    let fits = |row: &&Row| row.i64("bytes_so_far").is_ok_and(|bytes| bytes <= MAX_BYTES);
    let count = rows.iter().take(limit as usize).take_while(fits).count();
    (count, rows.len() > count)
}

/// The place behind this task, which `row` ends with.
fn position(task: &Task, row: &Row, sort: SortKey) -> Result<Position, DbError> {
    let key = match sort {
        SortKey::Id => String::new(),
        SortKey::CreatedAt => task.created_at.clone(),
        SortKey::UpdatedAt => task.updated_at.clone(),
        SortKey::Title | SortKey::Due | SortKey::Position => row.text("sort_key")?,
        SortKey::Priority => rank(task.priority).to_string(),
    };
    Ok(Position { key, id: task.id })
}

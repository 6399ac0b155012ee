//! Rows into tasks, and values into parameters.

use db::{DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{Priority, Task, TaskWrite};

pub(crate) fn tasks(rows: Vec<Row>) -> Result<Vec<Task>, DbError> {
    rows.into_iter().map(task).collect()
}

/// The tasks of a write, whose rows have the number of the change too.
pub(crate) fn write(rows: Vec<Row>) -> Result<TaskWrite, DbError> {
    let change = rows.first().map(|row| row.get("change")).transpose()?.flatten();
    Ok(TaskWrite { tasks: tasks(rows)?, change })
}

pub(crate) fn task(mut row: Row) -> Result<Task, DbError> {
    Ok(Task {
        id: row.i64("id")?,
        title: row.take_text("title")?,
        description: row.opt_text("description")?,
        completed: row.bool("completed")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
        completed_at: row.opt_time("completed_at")?,
        priority: to_priority(row.get("priority")?),
    })
}

/// The number of a priority in the database, in the order of a list.
pub(crate) fn rank(priority: Priority) -> i16 {
    match priority {
        Priority::High => 1,
        Priority::Medium => 2,
        Priority::Low => 3,
        Priority::None => 4,
    }
}

fn to_priority(rank: i16) -> Priority {
    match rank {
        1 => Priority::High,
        2 => Priority::Medium,
        3 => Priority::Low,
        _ => Priority::None,
    }
}

pub(crate) fn optional<T>(value: Option<T>) -> Param
where
    Param: From<T>,
{
    value.map_or(Param::DbNull, Param::from)
}

pub(crate) fn texts(texts: Vec<String>) -> Param {
    Param::ArrayStr(texts.into_iter().map(Some).collect())
}

pub(crate) fn numbers(numbers: Vec<i64>) -> Param {
    Param::ArrayInt64(numbers.into_iter().map(Some).collect())
}

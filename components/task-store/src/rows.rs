//! Rows into tasks, and values into parameters.

use db::{DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{Occurrence, Priority, RepeatStart, Task, TaskWrite};

pub(crate) fn tasks(rows: Vec<Row>) -> Result<Vec<Task>, DbError> {
    rows.into_iter().map(task).collect()
}

/// The tasks of a write, whose rows have the number of the change too.
pub(crate) fn write(rows: Vec<Row>) -> Result<TaskWrite, DbError> {
    let change = number_of_change(&rows)?;
    Ok(TaskWrite { tasks: tasks(rows)?, change })
}

/// The same where the rows tell of occurrences that were completed, in the columns `occurrence_due` and `occurrence_at`.
pub(crate) fn completed_write(rows: Vec<Row>) -> Result<TaskWrite, DbError> {
    let change = number_of_change(&rows)?;
    let tasks: Result<_, _> = rows.into_iter().map(changed_task).collect();
    Ok(TaskWrite { tasks: tasks?, change })
}

/// The number of the change in the rows of a write.
pub(crate) fn number_of_change(rows: &[Row]) -> Result<Option<i64>, DbError> {
    Ok(rows.first().map(|row| row.get("change")).transpose()?.flatten())
}

/// A task from the columns of the function `shown_task`.
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
        due: row.opt_text("due")?,
        due_at: row.opt_time("due_at")?,
        overdue: row.bool("overdue")?,
        repeat: row.opt_text("repeat")?,
        repeat_from: match row.text("repeat_from")?.as_str() {
            "completion" => RepeatStart::Completion,
            _ => RepeatStart::Due,
        },
        remind: row.get::<Vec<Option<i32>>>("remind")?.into_iter().flatten().collect(),
        remind_at: row.get::<Vec<Option<String>>>("remind_at")?.into_iter().flatten().collect(),
        tags: row.get::<Vec<Option<String>>>("tags")?.into_iter().flatten().collect(),
        list: row.opt_text("list")?,
        parent: row.get("parent")?,
        position: row.take_text("position")?,
        occurrence: None,
    })
}

/// A task that a change may have completed for this time, from these columns too.
pub(crate) fn changed_task(row: Row) -> Result<Task, DbError> {
    let occurrence = match row.opt_text("occurrence_due")? {
        Some(due) => Some(Occurrence { due, completed_at: row.time("occurrence_at")? }),
        None => None,
    };
    Ok(Task { occurrence, ..task(row)? })
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

pub(crate) fn json(value: &serde_json::Value) -> Param {
    Param::Jsonb(value.to_string().into_bytes())
}

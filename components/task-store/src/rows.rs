//! Rows into tasks, and values into parameters.

use std::slice;

use db::{DbError, Param, Row, RowText};

use crate::bindings::exports::todo::tasks::store::{Occurrence, Priority, RepeatStart, Task, TaskWrite};

/// The tasks of rows, whose column `task` holds one, several, or none.
pub(crate) fn tasks(rows: &[Row]) -> Result<Vec<Task>, DbError> {
    let mut tasks = Vec::new();
    for row in rows {
        if let Some(text) = row.opt_text("task")? {
            tasks.append(&mut RowText::read_all(&text, read_task)?);
        }
    }
    Ok(tasks)
}

/// The task of a row, if it has one.
pub(crate) fn task(row: &Row) -> Result<Option<Task>, DbError> {
    Ok(tasks(slice::from_ref(row))?.pop())
}

/// The same where the row tells of the occurrence that was completed, in the columns `occurrence_due` and `occurrence_at`.
pub(crate) fn changed_task(row: &Row) -> Result<Option<Task>, DbError> {
    let Some(task) = task(row)? else { return Ok(None) };
    let occurrence = match row.opt_text("occurrence_due")? {
        Some(due) => Some(Occurrence { due, completed_at: row.time("occurrence_at")? }),
        None => None,
    };
    Ok(Some(Task { occurrence, ..task }))
}

/// What an addition returns.
pub(crate) struct AdditionRow {
    /// Whether there is the user.
    pub(crate) is_known: bool,
    /// Whether the key was used with another task.
    pub(crate) is_reused: bool,
    pub(crate) replayed: bool,
    pub(crate) deleted: bool,
    pub(crate) change: Option<i64>,
    pub(crate) task: Option<Task>,
}

/// The fields of the function `new_task_as_text`, in the column `written`.
pub(crate) fn addition(row: &Row) -> Result<AdditionRow, DbError> {
    written(row, |record| {
        Ok(AdditionRow {
            is_known: record.bool()?,
            replayed: record.bool()?,
            is_reused: record.bool()?,
            deleted: record.bool()?,
            change: record.opt_i64()?,
            task: nested_task(record)?,
        })
    })
}

/// What a change of one task returns.
pub(crate) struct UpdateRow {
    /// Whether there is the task, perhaps with another version than the expected ones.
    pub(crate) is_present: bool,
    pub(crate) change: Option<i64>,
    pub(crate) task: Option<Task>,
}

/// The fields of the function `change_as_text`, in the column `written`.
pub(crate) fn update(row: &Row) -> Result<UpdateRow, DbError> {
    written(row, |record| {
        let (is_present, change, task) = (record.bool()?, record.opt_i64()?, nested_task(record)?);
        let occurrence = match (record.opt_text()?, record.opt_time()?) {
            (Some(due), Some(completed_at)) => Some(Occurrence { due, completed_at }),
            _ => None,
        };
        Ok(UpdateRow { is_present, change, task: task.map(|task| Task { occurrence, ..task }) })
    })
}

fn written<T>(row: &Row, read: impl FnMut(&mut RowText<'_>) -> Result<T, DbError>) -> Result<T, DbError> {
    let written = RowText::read_all(&row.text("written")?, read)?.pop();
    written.ok_or_else(|| DbError::Internal("a write returned no row".to_owned()))
}

/// The task of a field, if it has one.
fn nested_task(record: &mut RowText<'_>) -> Result<Option<Task>, DbError> {
    match record.opt_text()? {
        Some(text) => Ok(RowText::read_all(&text, read_task)?.pop()),
        None => Ok(None),
    }
}

/// The tasks of a write, whose rows have the number of the change too.
pub(crate) fn write(rows: &[Row]) -> Result<TaskWrite, DbError> {
    Ok(TaskWrite { tasks: tasks(rows)?, change: number_of_change(rows)? })
}

/// The same where the rows tell of occurrences that were completed.
pub(crate) fn completed_write(rows: &[Row]) -> Result<TaskWrite, DbError> {
    let tasks: Result<_, _> = rows.iter().filter_map(|row| changed_task(row).transpose()).collect();
    Ok(TaskWrite { tasks: tasks?, change: number_of_change(rows)? })
}

/// A write of this one task; its row has the number of the change too.
pub(crate) fn single_write(task: Task, row: &Row) -> Result<TaskWrite, DbError> {
    Ok(TaskWrite { tasks: vec![task], change: row.get("change")? })
}

/// The number of the change in the rows of a write.
pub(crate) fn number_of_change(rows: &[Row]) -> Result<Option<i64>, DbError> {
    Ok(rows.first().map(|row| row.get("change")).transpose()?.flatten())
}

/// A task from the fields of the function `task_fields`.
fn read_task(record: &mut RowText<'_>) -> Result<Task, DbError> {
    Ok(Task {
        id: record.i64()?,
        title: record.text()?,
        description: record.opt_text()?,
        completed: record.bool()?,
        created_at: record.time()?,
        updated_at: record.time()?,
        completed_at: record.opt_time()?,
        priority: to_priority(record.i64()?),
        due: record.opt_text()?,
        due_at: record.opt_time()?,
        overdue: record.bool()?,
        repeat: record.opt_text()?,
        repeat_from: match record.text()?.as_str() {
            "completion" => RepeatStart::Completion,
            _ => RepeatStart::Due,
        },
        remind: record.numbers()?,
        tags: record.texts()?,
        list: record.opt_text()?,
        parent: record.opt_i64()?,
        position: record.text()?,
        remind_at: record.texts()?,
        occurrence: None,
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

fn to_priority(rank: i64) -> Priority {
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

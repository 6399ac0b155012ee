//! A page of an export.

use db::{DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{ExportPage, ExportedTask, RepeatSeries, StoreError};
use crate::connection::rows;
use crate::list::whole_page;
use crate::rows::{optional, task};
use crate::statements;

pub(crate) fn page(owner: String, after: Option<i64>, limit: u32) -> Result<ExportPage, StoreError> {
    let params: [Param; 3] = [owner.into(), (i64::from(limit) + 1).into(), optional(after)];
    let mut rows = rows(statements::EXPORT, &params)?;
    let (count, has_more) = whole_page(&rows, limit);
    rows.truncate(count);
    let tasks: Result<Vec<ExportedTask>, DbError> = rows.iter().map(exported).collect();
    let tasks = tasks?;
    let next = tasks.last().filter(|_| has_more).map(|last| last.task.id);
    Ok(ExportPage { tasks, next })
}

fn exported(row: &Row) -> Result<ExportedTask, DbError> {
    let series = match row.opt_text("repeat_anchor")? {
        Some(anchor) => {
            let passed = u32::try_from(row.get::<i32>("repeat_done")?).unwrap_or_default();
            Some(RepeatSeries { anchor, passed })
        }
        None => None,
    };
    let task = task(row)?.ok_or_else(|| DbError::Internal("a row of an export has no task".to_owned()))?;
    Ok(ExportedTask { task, series })
}

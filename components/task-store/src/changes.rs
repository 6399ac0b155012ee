//! The kept changes: which rows of the history make a page, and what an undo returns.

use db::{DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{
    Author, HistoryPage, HistoryQuery, RecentChanges, StoreError, TaskChange, UndoResult,
};
use crate::connection::{days, limit, rows};
use crate::rows::{optional, tasks};
use crate::{actor, statements};

/// How many bytes of text a page has at most, unless its first change has more.
const MAX_BYTES: i64 = 1 << 20;

/// Undoes this change, or the actor's last one; or brings back one deleted task.
pub(crate) fn undo(author: Author, change: Option<i64>, restored: Option<i64>) -> Result<UndoResult, StoreError> {
    let (limit, days) = (limit()?, days()?);
    let (owner, actor) = actor::parameters(author, None);
    let params = [owner, optional(change), optional(restored), i64::from(limit).into(), days.into(), actor];
    let rows = rows(statements::UNDO, &params)?;
    let first = rows.first().ok_or_else(|| StoreError::Internal("undo returned nothing".to_owned()))?;
    match first.text("state")?.as_str() {
        "done" => Ok(undone(&rows)?),
        "undone" => Err(StoreError::AlreadyUndone),
        "changed" => Err(StoreError::ChangedSince(first.text("kept")?)),
        "full" => Err(StoreError::LimitReached(limit)),
        _ => Err(StoreError::NotFound),
    }
}

fn undone(rows: &[Row]) -> Result<UndoResult, DbError> {
    let first = &rows[0];
    let (change, undone, count) = (first.i64("made")?, first.i64("undone")?, first.i64("amount")?);
    let (kind, title) = (first.text("kind")?, first.opt_text("undone_title")?);
    let (deleted, kept, lists) = (first.text("gone")?, first.text("kept")?, first.text("lists")?);
    let tasks = tasks(rows)?;
    Ok(UndoResult { change, undone, kind, title, tasks, count, deleted, kept, lists })
}

/// What was changed behind a change.
pub(crate) fn since(owner: String, since: Option<i64>, most: u32) -> Result<RecentChanges, StoreError> {
    let rows = rows(statements::CHANGES_SINCE, &[owner.into(), optional(since), i64::from(most).into()])?;
    let first = rows.first().ok_or_else(|| StoreError::Internal("no version was returned".to_owned()))?;
    Ok(RecentChanges {
        version: first.i64("version")?,
        deleted: first.text("gone")?,
        lists_changed: first.bool("lists_changed")?,
        reload: first.bool("reload")?,
        tasks: tasks(&rows)?,
    })
}

/// One page of the history.
pub(crate) fn list(owner: String, query: HistoryQuery) -> Result<HistoryPage, StoreError> {
    let HistoryQuery { limit, before, task, actor, kind } = query;
    let more = i64::from(limit) + 1;
    let params: [Param; 7] =
        [owner.into(), more.into(), optional(before), optional(task), optional(actor), optional(kind), days()?.into()];
    let mut rows = rows(statements::CHANGES, &params)?;
    let fits = |row: &Row| row.i64("bytes_so_far").is_ok_and(|bytes| bytes <= MAX_BYTES);
    let count = rows.iter().take(limit as usize).take_while(|row| fits(row)).count().max(rows.len().min(1));
    let has_more = rows.len() > count;
    rows.truncate(count);
    let changes: Result<Vec<TaskChange>, DbError> = rows.into_iter().map(change).collect();
    Ok(HistoryPage { changes: changes?, has_more })
}

fn change(row: Row) -> Result<TaskChange, DbError> {
    Ok(TaskChange {
        id: row.i64("id")?,
        made_at: row.time("made_at")?,
        kind: row.text("kind")?,
        actor: row.text("actor")?,
        app_name: row.opt_text("app_name")?,
        conversation: row.get("conversation_id")?,
        turn: row.get("turn")?,
        undoes: row.get("undoes")?,
        undone_by: row.get("undone_by")?,
        count: row.i64("amount")?,
        tasks: row.text("tasks")?,
        lists: row.text("lists")?,
    })
}

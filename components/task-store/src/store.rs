//! The calls of the interface.

use db::Param;

use crate::bindings::exports::todo::tasks::store::{
    AddResult, Author, BulkChanges, BulkTask, BulkWrite, Draft, ExportPage, Guest, HistoryPage, HistoryQuery,
    ImportFile, ImportResult, ListMembers, ListWrite, PastImport, RecentChanges, SettingsMembers, SeveralAdded,
    StoreError, Task, TaskList, TaskMembers, TaskPage, TaskQuery, TaskRoom, TaskWrite, UndoResult, UserClock,
    UserSettings,
};
use crate::connection::{limit, once_row, open, rows};
use crate::members::{self, task_members};
use crate::rows::{
    AdditionRow, addition, completed_write, json, numbers, optional, single_write, task, texts, update, write,
};
use crate::search::prepared;
use crate::{actor, bulk, changes, export, list, lists, statements};

pub(crate) struct SqlTaskStore;

impl Guest for SqlTaskStore {
    fn list_tasks(owner: String, query: TaskQuery) -> Result<TaskPage, StoreError> {
        let (limit, sort) = (query.limit, query.sort);
        let is_indexed = list::needs_index(&query) && prepared(&open()?, &owner)?;
        let (statement, params) = list::statement(owner, query, is_indexed);
        Ok(list::page(rows(statement, &params)?, limit, sort)?)
    }

    fn list_version(owner: String) -> Result<String, StoreError> {
        Ok(open()?.query_row(statements::LIST_VERSION, &[owner.into()])?.text("version")?)
    }

    fn changes_since(owner: String, since: Option<i64>, most: u32) -> Result<RecentChanges, StoreError> {
        changes::since(owner, since, most)
    }

    fn export_tasks(owner: String, after: Option<i64>, limit: u32) -> Result<ExportPage, StoreError> {
        export::page(owner, after, limit)
    }

    fn count_tasks(owner: String, query: TaskQuery) -> Result<u64, StoreError> {
        let db = open()?;
        let is_indexed = list::needs_index(&query) && prepared(&db, &owner)?;
        let (statement, params) = list::count_statement(owner, query, is_indexed);
        Ok(db.query_row(statement, &params)?.i64("amount")?.unsigned_abs())
    }

    fn get_task(owner: String, id: i64) -> Result<Task, StoreError> {
        let row = open()?.query_row(statements::GET, &[owner.into(), id.into()])?;
        task(&row)?.ok_or(StoreError::NotFound)
    }

    fn add_task(author: Author, new: TaskMembers, key: Option<String>) -> Result<AddResult, StoreError> {
        let limit = limit()?;
        let (owner, actor) = actor::parameters(author, None);
        let params = [owner, json(&task_members(new)), i64::from(limit).into(), optional(key), actor];
        let written = addition(&once_row(&open()?, statements::ADD, &params)?)?;
        match written {
            AdditionRow { is_known: false, .. } => Err(StoreError::UnknownOwner),
            AdditionRow { is_reused: true, .. } => Err(StoreError::KeyReused),
            AdditionRow { task: None, .. } => Err(StoreError::LimitReached(limit)),
            AdditionRow { task: Some(task), replayed, deleted, change, .. } => {
                Ok(AddResult { task, replayed, deleted, change })
            }
        }
    }

    fn add_tasks(author: Author, tasks: Vec<TaskMembers>, key: Option<String>) -> Result<SeveralAdded, StoreError> {
        bulk::add(author, tasks, key)
    }

    fn change_tasks(author: Author, tasks: Vec<BulkTask>, changes: BulkChanges) -> Result<BulkWrite, StoreError> {
        bulk::change(author, tasks, changes)
    }

    fn update_task(
        author: Author,
        id: i64,
        changes: TaskMembers,
        expected: Option<Vec<String>>,
    ) -> Result<TaskWrite, StoreError> {
        let conditional = expected.is_some();
        let versions = expected.map_or(Param::DbNull, texts);
        let (owner, actor) = actor::parameters(author, None);
        let params = [owner, id.into(), json(&task_members(changes)), versions, actor];
        let written = update(&once_row(&open()?, statements::UPDATE, &params)?)?;
        match (written.task, written.is_present && conditional) {
            (Some(task), _) => Ok(TaskWrite { tasks: vec![task], change: written.change }),
            (None, true) => Err(StoreError::Stale),
            (None, false) => Err(StoreError::NotFound),
        }
    }

    fn delete_task(author: Author, id: i64, expected: Option<Vec<String>>) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        let params = [owner, numbers(vec![id]), expected.map_or(Param::DbNull, texts), actor];
        let row = rows(statements::DELETE, &params)?.pop().ok_or(StoreError::NotFound)?;
        Ok(single_write(task(&row)?.ok_or(StoreError::Stale)?, &row)?)
    }

    fn complete_tasks(author: Author, ids: Vec<i64>, completed: bool) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        Ok(completed_write(&rows(statements::COMPLETE, &[owner, numbers(ids), completed.into(), actor])?)?)
    }

    fn delete_tasks(author: Author, ids: Vec<i64>) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        Ok(write(&rows(statements::DELETE, &[owner, numbers(ids), Param::DbNull, actor])?)?)
    }

    fn restore_task(author: Author, id: i64) -> Result<UndoResult, StoreError> {
        changes::undo(author, None, Some(id))
    }

    fn undo(author: Author, change: Option<i64>) -> Result<UndoResult, StoreError> {
        changes::undo(author, change, None)
    }

    fn list_changes(owner: String, query: HistoryQuery) -> Result<HistoryPage, StoreError> {
        changes::list(owner, query)
    }

    fn move_task(author: Author, id: i64, neighbour: i64, behind: bool) -> Result<TaskWrite, StoreError> {
        lists::move_task(author, id, neighbour, behind)
    }

    fn get_lists(owner: String) -> Result<Vec<TaskList>, StoreError> {
        lists::all(owner)
    }

    fn add_list(author: Author, list: ListMembers) -> Result<ListWrite, StoreError> {
        lists::add(author, &list)
    }

    fn change_list(author: Author, id: i64, changes: ListMembers) -> Result<Option<i64>, StoreError> {
        lists::change(author, id, &changes)
    }

    fn delete_list(author: Author, id: i64, with_tasks: bool) -> Result<Option<i64>, StoreError> {
        lists::delete(author, id, with_tasks)
    }

    fn get_settings(owner: String) -> Result<UserSettings, StoreError> {
        lists::settings(owner)
    }

    fn get_clock(owner: String, zone: Option<String>) -> Result<UserClock, StoreError> {
        lists::clock(owner, zone)
    }

    fn change_settings(owner: String, changes: SettingsMembers) -> Result<UserSettings, StoreError> {
        lists::change_settings(owner, changes)
    }

    fn find_import(owner: String, digest: String) -> Result<Option<PastImport>, StoreError> {
        let Some(row) = rows(statements::FILE_IMPORTED, &[owner.into(), digest.into()])?.pop() else { return Ok(None) };
        let count = u32::try_from(row.i64("amount")?).unwrap_or(u32::MAX);
        Ok(Some(PastImport { at: row.time("imported_at")?, count }))
    }

    fn get_room(owner: String) -> Result<TaskRoom, StoreError> {
        let most = limit()?;
        let left = open()?.query_row(statements::ROOM, &[owner.into(), i64::from(most).into()])?.i64("room")?;
        Ok(TaskRoom { most, left: u32::try_from(left).unwrap_or(most) })
    }

    fn import_tasks(
        author: Author,
        drafts: Vec<Draft>,
        key: Option<String>,
        file: Option<ImportFile>,
    ) -> Result<ImportResult, StoreError> {
        let user = author.owner.clone();
        let limit = limit()?;
        let (owner, actor) = actor::import_parameters(author, file.as_ref());
        let params = [owner, json(&members::drafts(drafts)), i64::from(limit).into(), optional(key), actor];
        let added = once_row(&open()?, statements::IMPORT, &params);
        let row = match (added, file) {
            (Err(error), Some(file)) if error.violates("imported_file_once") => {
                let past = Self::find_import(user, file.digest)?;
                return Err(past.map_or_else(|| StoreError::from(error), StoreError::AlreadyImported));
            }
            (row, _) => row?,
        };
        match (row.bool("known")?, row.bool("reused")?, row.bool("fits")?) {
            (false, ..) => Err(StoreError::UnknownOwner),
            (_, true, _) => Err(StoreError::KeyReused),
            (.., false) => Err(StoreError::LimitReached(limit)),
            (true, false, true) => {
                let count = u32::try_from(row.i64("added")?).unwrap_or(u32::MAX);
                Ok(ImportResult { count, replayed: row.bool("replayed")?, change: row.get("change")? })
            }
        }
    }

    fn keep_connection(may_keep: bool) {
        db::keep_connection(may_keep);
    }
}

//! The calls of the interface.

use db::Param;

use crate::bindings::exports::todo::tasks::store::{
    AddResult, Author, Draft, Guest, HistoryPage, HistoryQuery, ImportResult, NewTask, StoreError, Task, TaskChanges,
    TaskPage, TaskQuery, TaskWrite, UndoResult,
};
use crate::connection::{limit, once, open, rows};
use crate::rows::{numbers, optional, rank, task, texts, write};
use crate::{actor, changes, list, statements};

pub(crate) struct SqlTaskStore;

impl Guest for SqlTaskStore {
    fn list_tasks(owner: String, query: TaskQuery) -> Result<TaskPage, StoreError> {
        let (limit, sort) = (query.limit, query.sort);
        let (statement, params) = list::statement(owner, query);
        Ok(list::page(rows(statement, &params)?, limit, sort)?)
    }

    fn get_task(owner: String, id: i64) -> Result<Task, StoreError> {
        let found = rows(statements::GET, &[owner.into(), id.into()])?.pop();
        Ok(task(found.ok_or(StoreError::NotFound)?)?)
    }

    fn add_task(author: Author, new: NewTask, key: Option<String>) -> Result<AddResult, StoreError> {
        let limit = limit()?;
        let NewTask { title, description, priority } = new;
        let (text, more) = (title.clone(), optional(description.clone()));
        let (owner, actor) = actor::parameters(author, None);
        let params = [owner, text.into(), more, rank(priority).into(), i64::from(limit).into(), optional(key), actor];
        let row = once(&open()?, statements::ADD, &params)?;
        match (row.bool("known")?, row.bool("reused")?, row.get::<Option<i64>>("id")?) {
            (false, ..) => Err(StoreError::UnknownOwner),
            (_, true, _) => Err(StoreError::KeyReused),
            (_, _, None) => Err(StoreError::LimitReached(limit)),
            (_, _, Some(id)) => {
                let created_at = row.time("created_at")?;
                let updated_at = created_at.clone();
                let (completed, completed_at) = (false, None);
                let task = Task { id, title, description, completed, created_at, updated_at, completed_at, priority };
                let change = row.get("change")?;
                Ok(AddResult { task, replayed: row.bool("replayed")?, deleted: row.bool("deleted")?, change })
            }
        }
    }

    fn update_task(
        author: Author,
        id: i64,
        changes: TaskChanges,
        expected: Option<Vec<String>>,
    ) -> Result<TaskWrite, StoreError> {
        let TaskChanges { title, description, completed, priority } = changes;
        let clear = matches!(description, Some(None));
        let conditional = expected.is_some();
        let (owner, actor) = actor::parameters(author, None);
        let params = [
            owner,
            id.into(),
            optional(title),
            optional(description.flatten()),
            clear.into(),
            optional(completed),
            optional(priority.map(rank)),
            expected.map_or(Param::DbNull, texts),
            actor,
        ];
        let row = open()?.query_row(statements::UPDATE, &params)?;
        match (row.get::<Option<i64>>("id")?, row.bool("present")? && conditional) {
            (Some(_), _) => Ok(write(vec![row])?),
            (None, true) => Err(StoreError::Stale),
            (None, false) => Err(StoreError::NotFound),
        }
    }

    fn delete_task(author: Author, id: i64, expected: Option<Vec<String>>) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        let params = [owner, numbers(vec![id]), expected.map_or(Param::DbNull, texts), actor];
        let row = rows(statements::DELETE, &params)?.pop().ok_or(StoreError::NotFound)?;
        match row.get::<Option<i64>>("id")? {
            Some(_) => Ok(write(vec![row])?),
            None => Err(StoreError::Stale),
        }
    }

    fn complete_tasks(author: Author, ids: Vec<i64>, completed: bool) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        Ok(write(rows(statements::COMPLETE, &[owner, numbers(ids), completed.into(), actor])?)?)
    }

    fn delete_tasks(author: Author, ids: Vec<i64>) -> Result<TaskWrite, StoreError> {
        let (owner, actor) = actor::parameters(author, None);
        Ok(write(rows(statements::DELETE, &[owner, numbers(ids), Param::DbNull, actor])?)?)
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

    fn import_tasks(author: Author, drafts: Vec<Draft>, key: Option<String>) -> Result<ImportResult, StoreError> {
        let limit = limit()?;
        let (mut titles, mut descriptions, mut completed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut created, mut updated) = (Vec::new(), Vec::new());
        let (mut finished, mut priorities) = (Vec::new(), Vec::new());
        for draft in drafts {
            titles.push(Some(draft.title));
            descriptions.push(draft.description);
            completed.push(Some(draft.completed.to_string()));
            created.push(draft.created_at);
            updated.push(draft.updated_at);
            finished.push(draft.completed_at);
            priorities.push(Some(rank(draft.priority).to_string()));
        }
        let columns = [titles, descriptions, completed, created, updated, finished, priorities].map(Param::ArrayStr);
        let (owner, actor) = actor::parameters(author, Some("import"));
        let rest = [i64::from(limit).into(), optional(key), actor];
        let params: Vec<Param> = std::iter::once(owner).chain(columns).chain(rest).collect();
        let row = once(&open()?, statements::IMPORT, &params)?;
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
}

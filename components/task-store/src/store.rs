//! The calls of the interface.

use db::{Db, DbError, Param, Row};

use crate::bindings::exports::todo::tasks::store::{
    AddResult, Draft, Guest, ImportResult, NewTask, StoreError, Task, TaskChanges, TaskPage, TaskQuery,
};
use crate::rows::{numbers, optional, rank, task, tasks, texts};
use crate::{list, statements};

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

    fn add_task(owner: String, new: NewTask, key: Option<String>) -> Result<AddResult, StoreError> {
        let limit = limit()?;
        let NewTask { title, description, priority } = new;
        let (text, more) = (title.clone(), optional(description.clone()));
        let params = [owner.into(), text.into(), more, rank(priority).into(), i64::from(limit).into(), optional(key)];
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
                Ok(AddResult { task, replayed: row.bool("replayed")?, deleted: row.bool("deleted")? })
            }
        }
    }

    fn update_task(
        owner: String,
        id: i64,
        changes: TaskChanges,
        expected: Option<Vec<String>>,
    ) -> Result<Task, StoreError> {
        let TaskChanges { title, description, completed, priority } = changes;
        let clear = matches!(description, Some(None));
        let conditional = expected.is_some();
        let params = [
            owner.into(),
            id.into(),
            optional(title),
            optional(description.flatten()),
            clear.into(),
            optional(completed),
            optional(priority.map(rank)),
            expected.map_or(Param::DbNull, texts),
        ];
        let row = open()?.query_row(statements::UPDATE, &params)?;
        match (row.get::<Option<i64>>("id")?, row.bool("present")? && conditional) {
            (Some(_), _) => Ok(task(row)?),
            (None, true) => Err(StoreError::Stale),
            (None, false) => Err(StoreError::NotFound),
        }
    }

    fn delete_task(owner: String, id: i64, expected: Option<Vec<String>>) -> Result<Task, StoreError> {
        let params = [owner.into(), numbers(vec![id]), expected.map_or(Param::DbNull, texts)];
        let row = rows(statements::DELETE, &params)?.pop().ok_or(StoreError::NotFound)?;
        match row.get::<Option<i64>>("id")? {
            Some(_) => Ok(task(row)?),
            None => Err(StoreError::Stale),
        }
    }

    fn complete_tasks(owner: String, ids: Vec<i64>, completed: bool) -> Result<Vec<Task>, StoreError> {
        Ok(tasks(rows(statements::COMPLETE, &[owner.into(), numbers(ids), completed.into()])?)?)
    }

    fn delete_tasks(owner: String, ids: Vec<i64>) -> Result<Vec<Task>, StoreError> {
        Ok(tasks(rows(statements::DELETE, &[owner.into(), numbers(ids), Param::DbNull])?)?)
    }

    fn restore_task(owner: String, id: i64) -> Result<Task, StoreError> {
        restore(owner, Some(id))?.pop().ok_or(StoreError::NotFound)
    }

    fn undo_deletion(owner: String) -> Result<Vec<Task>, StoreError> {
        restore(owner, None)
    }

    fn import_tasks(owner: String, drafts: Vec<Draft>, key: Option<String>) -> Result<ImportResult, StoreError> {
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
        let rest = [i64::from(limit).into(), optional(key)];
        let params: Vec<Param> = std::iter::once(owner.into()).chain(columns).chain(rest).collect();
        let row = once(&open()?, statements::IMPORT, &params)?;
        match (row.bool("known")?, row.bool("reused")?, row.bool("fits")?) {
            (false, ..) => Err(StoreError::UnknownOwner),
            (_, true, _) => Err(StoreError::KeyReused),
            (.., false) => Err(StoreError::LimitReached(limit)),
            (true, false, true) => {
                let count = u32::try_from(row.i64("added")?).unwrap_or(u32::MAX);
                Ok(ImportResult { count, replayed: row.bool("replayed")? })
            }
        }
    }
}

/// Runs a statement that may store an idempotency key.
fn once(db: &Db, statement: &str, params: &[Param]) -> Result<Row, DbError> {
    match db.query_row(statement, params) {
        // Another call with this key was faster: now its result can be read.
        Err(error) if error.violates("idempotency_key_pkey") => db.query_row(statement, params),
        row => row,
    }
}

fn restore(owner: String, id: Option<i64>) -> Result<Vec<Task>, StoreError> {
    let limit = limit()?;
    let rows = rows(statements::RESTORE, &[owner.into(), optional(id), i64::from(limit).into()])?;
    let first = rows.first().ok_or(StoreError::NotFound)?;
    match first.get::<Option<i64>>("id")? {
        Some(_) => Ok(tasks(rows)?),
        None => Err(StoreError::LimitReached(limit)),
    }
}

/// Runs a statement that may find nothing.
fn rows(statement: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
    Ok(open()?.query(statement, params)?)
}

fn open() -> Result<Db, StoreError> {
    Ok(Db::open(&variable("database_url")?)?)
}

/// The most tasks of one user.
fn limit() -> Result<u32, StoreError> {
    let text = variable("max_tasks_per_user")?;
    text.parse().map_err(|_| StoreError::Internal("variable max_tasks_per_user is not a number".to_owned()))
}

fn variable(name: &str) -> Result<String, StoreError> {
    spin_host::variable(name).map_err(|error| StoreError::Internal(error.reason().to_owned()))
}

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(text) => Self::Unavailable(text),
            other if other.violates("task_counter_user_id_fkey") || other.violates("task_user_id_fkey") => {
                Self::UnknownOwner
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

//! [`TaskClient`]: the task store behind the WIT import `todo:tasks/store`, which task-store exports and the host
//! composes in. For tasks and mcp; holds no rules of its own.

use task::{
    AddResult, BulkChanges, BulkItem, BulkTask, Draft, ExpectedVersions, ExportPage, HistoryPage, HistoryQuery,
    ImportFile, ImportResult, ListChanges, ListStore, MAX_RECENT, NewTask, PastImport, Position, RecentChanges,
    RecordedWrite, SettingsChanges, SettingsStore, SeveralAdded, StoreError, Task, TaskAuthor, TaskChanges, TaskId,
    TaskList, TaskPage, TaskQuery, TaskRoom, TaskStore, TimeZone, UndoResult, UserClock, UserSettings,
};

mod bindings;
mod bulk;
mod changes;
mod given;
mod query;
mod stored;

use bindings::todo::tasks::store;
use bulk::{bulk_changes, bulk_task, bulk_write, several_added};
use changes::{history_page, many, one, recent_changes, to_author, to_history_query, undo_result};
use given::{draft, list_members, members, settings_members, task_changes};
use stored::{exported, list, settings, task, tasks};

/// The imported store.
pub struct TaskClient;

/// Whether the store may keep its connection to the database from one call to the next.
pub fn keep_connection(may_keep: bool) {
    store::keep_connection(may_keep);
}

impl TaskStore for TaskClient {
    fn list(&self, owner: &str, query: &TaskQuery) -> Result<TaskPage, StoreError> {
        let page = store::list_tasks(owner, &query::to_query(query))?;
        let position = |at: store::Position| TaskId::new(at.id).map(|id| Position { key: at.key, id });
        Ok(TaskPage { tasks: tasks(page.tasks), next: page.next.and_then(position), version: page.version })
    }

    fn list_version(&self, owner: &str) -> Result<String, StoreError> {
        Ok(store::list_version(owner)?)
    }

    fn changes_since(&self, owner: &str, since: Option<i64>) -> Result<RecentChanges, StoreError> {
        recent_changes(store::changes_since(owner, since, MAX_RECENT)?)
    }

    fn export(&self, owner: &str, after: Option<TaskId>, limit: u32) -> Result<ExportPage, StoreError> {
        let page = store::export_tasks(owner, after.map(TaskId::get), limit)?;
        let tasks: Result<_, StoreError> = page.tasks.into_iter().map(exported).collect();
        Ok(ExportPage { tasks: tasks?, next: page.next.and_then(TaskId::new) })
    }

    fn count(&self, owner: &str, query: &TaskQuery) -> Result<u64, StoreError> {
        Ok(store::count_tasks(owner, &query::to_query(query))?)
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        Ok(task(store::get_task(owner, id.get())?))
    }

    fn add(&self, author: TaskAuthor, new: NewTask, key: Option<&str>) -> Result<AddResult, StoreError> {
        let new = members(Some(new.title), new.members);
        let store::AddResult { task: added, replayed, deleted, change } =
            store::add_task(&to_author(author), &new, key)?;
        Ok(AddResult { task: task(added), replayed, deleted, change })
    }

    fn add_all(&self, author: TaskAuthor, new: Vec<NewTask>, key: Option<&str>) -> Result<SeveralAdded, StoreError> {
        let new: Vec<store::TaskMembers> =
            new.into_iter().map(|task| members(Some(task.title), task.members)).collect();
        Ok(several_added(store::add_tasks(&to_author(author), &new, key)?))
    }

    fn change_all(
        &self,
        author: TaskAuthor,
        tasks: &[BulkTask],
        changes: BulkChanges,
    ) -> Result<RecordedWrite<Vec<BulkItem>>, StoreError> {
        let tasks: Vec<store::BulkTask> = tasks.iter().map(bulk_task).collect();
        Ok(bulk_write(store::change_tasks(&to_author(author), &tasks, &bulk_changes(changes))?))
    }

    fn update(
        &self,
        author: TaskAuthor,
        id: TaskId,
        changes: TaskChanges,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        one(store::update_task(&to_author(author), id.get(), &task_changes(changes), expected)?)
    }

    fn delete(
        &self,
        author: TaskAuthor,
        id: TaskId,
        expected: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        one(store::delete_task(&to_author(author), id.get(), expected)?)
    }

    fn complete_all(
        &self,
        author: TaskAuthor,
        ids: &[TaskId],
        completed: bool,
    ) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        Ok(many(store::complete_tasks(&to_author(author), &numbers(ids), completed)?))
    }

    fn delete_all(&self, author: TaskAuthor, ids: &[TaskId]) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        Ok(many(store::delete_tasks(&to_author(author), &numbers(ids))?))
    }

    fn restore(&self, author: TaskAuthor, id: TaskId) -> Result<UndoResult, StoreError> {
        undo_result(store::restore_task(&to_author(author), id.get())?)
    }

    fn undo(&self, author: TaskAuthor, change: Option<i64>) -> Result<UndoResult, StoreError> {
        undo_result(store::undo(&to_author(author), change)?)
    }

    fn history(&self, owner: &str, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        history_page(store::list_changes(owner, &to_history_query(query))?)
    }

    fn find_import(&self, owner: &str, digest: &str) -> Result<Option<PastImport>, StoreError> {
        let past = store::find_import(owner, digest)?;
        Ok(past.map(|store::PastImport { at, count }| PastImport { at, count }))
    }

    fn room(&self, owner: &str) -> Result<TaskRoom, StoreError> {
        let store::TaskRoom { most, left } = store::get_room(owner)?;
        Ok(TaskRoom { most, left })
    }

    fn import(
        &self,
        author: TaskAuthor,
        drafts: Vec<Draft>,
        key: Option<&str>,
        file: Option<ImportFile>,
    ) -> Result<ImportResult, StoreError> {
        let file = file.map(|ImportFile { digest, again }| store::ImportFile { digest, again });
        let drafts: Vec<store::Draft> = drafts.into_iter().map(draft).collect();
        let store::ImportResult { count, replayed, change } =
            store::import_tasks(&to_author(author), &drafts, key, file.as_ref())?;
        Ok(ImportResult { count, replayed, change })
    }
}

impl ListStore for TaskClient {
    fn lists(&self, owner: &str) -> Result<Vec<TaskList>, StoreError> {
        Ok(store::get_lists(owner)?.into_iter().map(list).collect())
    }

    fn add_list(&self, author: TaskAuthor, list: ListChanges) -> Result<RecordedWrite<i64>, StoreError> {
        let store::ListWrite { id, change } = store::add_list(&to_author(author), &list_members(list))?;
        Ok(RecordedWrite { result: id, change })
    }

    fn change_list(&self, author: TaskAuthor, id: TaskId, changes: ListChanges) -> Result<Option<i64>, StoreError> {
        Ok(store::change_list(&to_author(author), id.get(), &list_members(changes))?)
    }

    fn delete_list(&self, author: TaskAuthor, id: TaskId, with_tasks: bool) -> Result<Option<i64>, StoreError> {
        Ok(store::delete_list(&to_author(author), id.get(), with_tasks)?)
    }

    fn move_task(
        &self,
        author: TaskAuthor,
        id: TaskId,
        neighbour: TaskId,
        is_behind: bool,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        one(store::move_task(&to_author(author), id.get(), neighbour.get(), is_behind)?)
    }
}

impl SettingsStore for TaskClient {
    fn settings(&self, owner: &str) -> Result<UserSettings, StoreError> {
        Ok(settings(store::get_settings(owner)?))
    }

    fn clock(&self, owner: &str, zone: Option<&TimeZone>) -> Result<UserClock, StoreError> {
        let store::UserClock { zone, local, today, utc, week_start } =
            store::get_clock(owner, zone.map(TimeZone::as_str))?;
        let unread = || StoreError::Internal("the clock cannot be read".to_owned());
        UserClock::parse(zone, &local, &today, &utc, &week_start).ok_or_else(unread)
    }

    fn change_settings(&self, owner: &str, changes: SettingsChanges) -> Result<UserSettings, StoreError> {
        Ok(settings(store::change_settings(owner, &settings_members(changes))?))
    }
}

fn numbers(ids: &[TaskId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

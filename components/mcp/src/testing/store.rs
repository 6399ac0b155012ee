//! A task store in memory.

use std::cell::RefCell;

use task::{
    AddResult, BulkChanges, BulkItem, BulkTask, Description, Draft, ExpectedVersions, ExportPage, HistoryPage,
    HistoryQuery, ImportFile, ImportResult, ListChanges, ListName, ListStore, NewTask, PastImport, Position,
    RecentChanges, RecordedWrite, SeveralAdded, StatusFilter, StoreError, Task, TaskAuthor, TaskChanges, TaskDue,
    TaskId, TaskList, TaskPage, TaskQuery, TaskRoom, TaskStore, Title, UndoResult,
};

/// Tasks with their owners. A broken store returns its error for every call.
#[derive(Default)]
pub(crate) struct MemoryStore {
    tasks: RefCell<Vec<(String, Task)>>,
    deleted: RefCell<Vec<(String, Task)>>,
    broken: Option<StoreError>,
}

impl MemoryStore {
    pub(crate) fn broken(error: StoreError) -> Self {
        Self { broken: Some(error), ..Self::default() }
    }

    fn check(&self) -> Result<(), StoreError> {
        self.broken.clone().map_or(Ok(()), Err)
    }

    fn position(&self, owner: &str, id: TaskId) -> Result<usize, StoreError> {
        self.check()?;
        let tasks = self.tasks.borrow();
        tasks.iter().position(|(of, task)| of == owner && task.id == id.get()).ok_or(StoreError::NotFound)
    }
}

impl TaskStore for MemoryStore {
    fn list(&self, owner: &str, query: &TaskQuery) -> Result<TaskPage, StoreError> {
        self.check()?;
        let limit = query.limit;
        let wanted = |task: &Task| match query.status {
            StatusFilter::All => true,
            StatusFilter::Pending => !task.completed,
            StatusFilter::Completed => task.completed,
        };
        let says = |task: &Task| {
            let text = format!("{} {}", task.title, task.description.as_deref().unwrap_or_default()).to_lowercase();
            query.search.words().iter().all(|word| text.contains(&word.to_lowercase()))
        };
        let after = query.after.as_ref().map(|after| after.id.get());
        let follows =
            |task: &Task| after.is_none_or(|id| if query.sort.descending { task.id < id } else { task.id > id });
        let tasks = self.tasks.borrow();
        let all = tasks.iter().filter(|(of, task)| of == owner && follows(task) && wanted(task) && says(task));
        let mut page: Vec<Task> = all.map(|(_, task)| task.clone()).collect();
        if query.sort.descending {
            page.reverse();
        }
        page.truncate(limit as usize + 1);
        let more = page.len() > limit as usize;
        page.truncate(limit as usize);
        let next = page.last().filter(|_| more).and_then(|task| TaskId::new(task.id)).map(Position::after);
        let owned = tasks.iter().filter(|(of, _)| of == owner).count();
        Ok(TaskPage { tasks: page, next, version: format!("0 0 {owned}") })
    }

    fn list_version(&self, _: &str) -> Result<String, StoreError> {
        unreachable!("no tool reads the version of the list")
    }

    fn changes_since(&self, _: &str, _: Option<i64>) -> Result<RecentChanges, StoreError> {
        unreachable!("no tool reads what was changed")
    }

    fn change_all(
        &self,
        _: TaskAuthor,
        _: &[BulkTask],
        _: BulkChanges,
    ) -> Result<RecordedWrite<Vec<BulkItem>>, StoreError> {
        unreachable!("no tool changes many")
    }

    fn add_all(&self, author: TaskAuthor, tasks: Vec<NewTask>, _: Option<&str>) -> Result<SeveralAdded, StoreError> {
        let added = tasks.into_iter().map(|task| self.add(author, task, None).map(|added| Some(added.task)));
        Ok(SeveralAdded { tasks: added.collect::<Result<_, _>>()?, replayed: false, change: Some(6) })
    }

    fn count(&self, owner: &str, query: &TaskQuery) -> Result<u64, StoreError> {
        let all = TaskQuery { limit: 1000, ..query.clone() };
        self.list(owner, &all).map(|page| page.tasks.len() as u64)
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        Ok(self.tasks.borrow()[position].1.clone())
    }

    fn add(&self, author: TaskAuthor, new: NewTask, _key: Option<&str>) -> Result<AddResult, StoreError> {
        let owner = author.owner;
        self.check()?;
        let mut tasks = self.tasks.borrow_mut();
        let last = tasks
            .iter()
            .chain(self.deleted.borrow().iter())
            .filter(|(of, _)| of == owner)
            .map(|(_, task)| task.id)
            .max();
        let at = "2026-11-24T00:00:00.000Z".to_owned();
        let task = Task {
            id: last.unwrap_or(0) + 1,
            title: new.title.into_string(),
            description: new.members.description.flatten().map(Description::into_string),
            completed: false,
            created_at: at.clone(),
            updated_at: at,
            completed_at: None,
            priority: new.members.priority.unwrap_or_default(),
            due: new.members.due.flatten().map(TaskDue::into_string),
            repeat: new.members.repeat.flatten().map(|rule| rule.to_string()),
            remind: minutes(new.members.remind),
            parent: new.members.parent.flatten().map(TaskId::get),
            list: new.members.list.flatten().map(ListName::into_string),
            ..Task::default()
        };
        tasks.push((owner.to_owned(), task.clone()));
        Ok(AddResult { task, replayed: false, deleted: false, change: Some(1) })
    }

    fn update(
        &self,
        author: TaskAuthor,
        id: TaskId,
        changes: TaskChanges,
        _: ExpectedVersions,
    ) -> Result<RecordedWrite<Task>, StoreError> {
        let position = self.position(author.owner, id)?;
        let task = &mut self.tasks.borrow_mut()[position].1;
        if let Some(title) = changes.title.map(Title::into_string) {
            task.title = title;
        }
        if let Some(description) = changes.members.description {
            task.description = description.map(Description::into_string);
        }
        task.priority = changes.members.priority.unwrap_or(task.priority);
        if let Some(due) = changes.members.due {
            task.due = due.map(TaskDue::into_string);
        }
        if changes.members.remind.is_some() {
            task.remind = minutes(changes.members.remind);
        }
        task.completed = changes.completed.unwrap_or(task.completed);
        Ok(RecordedWrite { result: task.clone(), change: Some(2) })
    }

    fn delete(&self, author: TaskAuthor, id: TaskId, _: ExpectedVersions) -> Result<RecordedWrite<Task>, StoreError> {
        let position = self.position(author.owner, id)?;
        let gone = self.tasks.borrow_mut().remove(position);
        self.deleted.borrow_mut().push(gone.clone());
        Ok(RecordedWrite { result: gone.1, change: Some(3) })
    }

    fn restore(&self, author: TaskAuthor, id: TaskId) -> Result<UndoResult, StoreError> {
        self.check()?;
        let mut deleted = self.deleted.borrow_mut();
        let position = deleted.iter().rposition(|(of, task)| of == author.owner && task.id == id.get());
        let back = deleted.remove(position.ok_or(StoreError::NotFound)?);
        self.tasks.borrow_mut().push(back.clone());
        let (kind, title) = ("delete".to_owned(), Some(back.1.title.clone()));
        let (tasks, deleted, kept) = (vec![back.1], Vec::new(), Vec::new());
        Ok(UndoResult { change: 4, undone: 3, kind, title, tasks, count: 1, deleted, kept, lists: Vec::new() })
    }

    /// Deletions alone are undone; their number is 3.
    fn undo(&self, author: TaskAuthor, change: Option<i64>) -> Result<UndoResult, StoreError> {
        self.check()?;
        if change.is_some_and(|change| change != 3) {
            return Err(StoreError::NotFound);
        }
        let last = self.deleted.borrow().iter().rev().find(|(of, _)| of == author.owner).map(|(_, task)| task.id);
        self.restore(author, last.and_then(TaskId::new).ok_or(StoreError::NotFound)?)
    }

    fn history(&self, _: &str, _: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        unreachable!("no tool reads the history")
    }

    fn complete_all(
        &self,
        author: TaskAuthor,
        ids: &[TaskId],
        completed: bool,
    ) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        let complete = |id: &TaskId| self.update(author, *id, TaskChanges::completed(completed), None);
        let results = ids.iter().map(complete).filter(|result| result != &Err(StoreError::NotFound));
        let tasks = results.map(|result| result.map(|write| write.result)).collect::<Result<_, _>>()?;
        Ok(RecordedWrite { result: tasks, change: Some(5) })
    }

    fn delete_all(&self, _: TaskAuthor, _: &[TaskId]) -> Result<RecordedWrite<Vec<Task>>, StoreError> {
        unreachable!("no tool deletes many")
    }

    fn export(&self, _: &str, _: Option<TaskId>, _: u32) -> Result<ExportPage, StoreError> {
        unreachable!("no tool exports tasks")
    }

    fn room(&self, _: &str) -> Result<TaskRoom, StoreError> {
        unreachable!("no tool asks how many tasks fit")
    }

    fn find_import(&self, _: &str, _: &str) -> Result<Option<PastImport>, StoreError> {
        unreachable!("no tool imports a file")
    }

    fn import(
        &self,
        _: TaskAuthor,
        _: Vec<Draft>,
        _: Option<&str>,
        _: Option<ImportFile>,
    ) -> Result<ImportResult, StoreError> {
        unreachable!("no tool imports a file")
    }
}

fn minutes(remind: Option<Vec<u32>>) -> Vec<i32> {
    remind.unwrap_or_default().into_iter().map(|minutes| i32::try_from(minutes).unwrap()).collect()
}

impl ListStore for MemoryStore {
    /// The lists of the tasks.
    fn lists(&self, owner: &str) -> Result<Vec<TaskList>, StoreError> {
        self.check()?;
        let mut lists: Vec<TaskList> = Vec::new();
        for name in self.tasks.borrow().iter().filter(|(of, _)| of == owner).filter_map(|(_, task)| task.list.clone()) {
            match lists.iter_mut().find(|list| list.name == name) {
                Some(list) => list.open_tasks += 1,
                None => {
                    let (id, position) = (lists.len() as i64 + 1, lists.len() as i64 + 1);
                    let created_at = String::new();
                    lists.push(TaskList {
                        id,
                        name,
                        color: None,
                        archived: false,
                        position,
                        open_tasks: 1,
                        created_at,
                    });
                }
            }
        }
        Ok(lists)
    }

    fn add_list(&self, _: TaskAuthor, _: ListChanges) -> Result<RecordedWrite<i64>, StoreError> {
        unreachable!("no tool adds a list by itself")
    }

    fn change_list(&self, _: TaskAuthor, _: TaskId, _: ListChanges) -> Result<Option<i64>, StoreError> {
        unreachable!("no tool changes lists")
    }

    fn delete_list(&self, _: TaskAuthor, _: TaskId, _: bool) -> Result<Option<i64>, StoreError> {
        unreachable!("no tool deletes lists")
    }

    fn move_task(&self, _: TaskAuthor, _: TaskId, _: TaskId, _: bool) -> Result<RecordedWrite<Task>, StoreError> {
        unreachable!("no tool moves tasks")
    }
}

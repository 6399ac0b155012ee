//! A task store in memory.

use std::cell::RefCell;

use task::{
    AddResult, Description, Draft, ExpectedVersions, ImportResult, NewTask, Position, StatusFilter, StoreError, Task,
    TaskChanges, TaskId, TaskPage, TaskQuery, TaskStore, Title,
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
        let after = query.after.as_ref().map_or(0, |after| after.id.get());
        let tasks = self.tasks.borrow();
        let all = tasks.iter().filter(|(of, task)| of == owner && task.id > after && wanted(task));
        let mut page: Vec<Task> = all.map(|(_, task)| task.clone()).take(limit as usize + 1).collect();
        let more = page.len() > limit as usize;
        page.truncate(limit as usize);
        let next = page.last().filter(|_| more).and_then(|task| TaskId::new(task.id)).map(Position::after);
        Ok(TaskPage { tasks: page, next })
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        Ok(self.tasks.borrow()[position].1.clone())
    }

    fn add(&self, owner: &str, new: NewTask, _key: Option<&str>) -> Result<AddResult, StoreError> {
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
            description: new.description.map(Description::into_string),
            completed: false,
            created_at: at.clone(),
            updated_at: at,
            completed_at: None,
            priority: new.priority,
        };
        tasks.push((owner.to_owned(), task.clone()));
        Ok(AddResult { task, replayed: false, deleted: false })
    }

    fn update(&self, owner: &str, id: TaskId, changes: TaskChanges, _: ExpectedVersions) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        let task = &mut self.tasks.borrow_mut()[position].1;
        if let Some(title) = changes.title.map(Title::into_string) {
            task.title = title;
        }
        if let Some(description) = changes.description {
            task.description = description.map(Description::into_string);
        }
        task.priority = changes.priority.unwrap_or(task.priority);
        task.completed = changes.completed.unwrap_or(task.completed);
        Ok(task.clone())
    }

    fn delete(&self, owner: &str, id: TaskId, _: ExpectedVersions) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        let gone = self.tasks.borrow_mut().remove(position);
        self.deleted.borrow_mut().push(gone.clone());
        Ok(gone.1)
    }

    fn restore(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        self.check()?;
        let mut deleted = self.deleted.borrow_mut();
        let position = deleted.iter().rposition(|(of, task)| of == owner && task.id == id.get());
        let back = deleted.remove(position.ok_or(StoreError::NotFound)?);
        self.tasks.borrow_mut().push(back.clone());
        Ok(back.1)
    }

    fn undo(&self, owner: &str) -> Result<Vec<Task>, StoreError> {
        self.check()?;
        let last = self.deleted.borrow().iter().rev().find(|(of, _)| of == owner).map(|(_, task)| task.id);
        let id = last.and_then(TaskId::new).ok_or(StoreError::NotFound)?;
        self.restore(owner, id).map(|task| vec![task])
    }

    fn complete_all(&self, _: &str, _: &[TaskId], _: bool) -> Result<Vec<Task>, StoreError> {
        unreachable!("no tool completes many")
    }

    fn delete_all(&self, _: &str, _: &[TaskId]) -> Result<Vec<Task>, StoreError> {
        unreachable!("no tool deletes many")
    }

    fn import(&self, _: &str, _: Vec<Draft>, _: Option<&str>) -> Result<ImportResult, StoreError> {
        unreachable!("no tool imports")
    }
}

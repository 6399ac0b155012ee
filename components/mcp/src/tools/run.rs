//! What a command does with the store, as the result of its tool.

use task::tool::{ToolCommand, ToolOutput, UndoTarget};
use task::{ListName, RecordedWrite, StoreError, Task, TaskAuthor, TaskChanges};

use super::{page, several};
use crate::env::{McpEnv, ToolStore};

/// Runs a command. A call with a `key` that was used before adds nothing again.
pub(super) fn run(
    command: ToolCommand,
    author: TaskAuthor,
    key: Option<&str>,
    env: &McpEnv,
) -> Result<ToolOutput, StoreError> {
    let (owner, store) = (author.owner, env.store);
    let written = |RecordedWrite { result, change }: RecordedWrite<Task>| ToolOutput::task(result, change);
    match command {
        ToolCommand::Add(task) => store.add(author, task, key).map(|added| ToolOutput::task(added.task, added.change)),
        ToolCommand::AddMany(tasks) => several::add(tasks, author, key, store),
        ToolCommand::List(query) => page::read(query, owner, store),
        ToolCommand::Get(id) => store.get(owner, id).map(ToolOutput::whole_task),
        ToolCommand::CompleteMany(ids, completed) => several::complete(&ids, completed, author, store),
        ToolCommand::Search(query) => store.list(owner, &query).map(|page| ToolOutput::found(env.origin, page)),
        ToolCommand::Fetch(id) => store.get(owner, id).map(|task| ToolOutput::document(env.origin, task)),
        ToolCommand::Complete(id) => store.update(author, id, TaskChanges::completed(true), None).map(written),
        ToolCommand::Update(id, changes) => store.update(author, id, changes, None).map(written),
        ToolCommand::Delete(id) => {
            store.delete(author, id, None).map(|deleted| ToolOutput::deleted(deleted.result, deleted.change))
        }
        ToolCommand::Undo(target) => undo(target, author, store),
        ToolCommand::ListLists => store.lists(owner).map(ToolOutput::lists),
    }
}

fn undo(target: UndoTarget, author: TaskAuthor, store: &dyn ToolStore) -> Result<ToolOutput, StoreError> {
    let undone = match target {
        UndoTarget::LastChange => store.undo(author, None),
        UndoTarget::Change(change) => store.undo(author, Some(change)),
        UndoTarget::Deletion(id) => store.restore(author, id),
    };
    undone.map(ToolOutput::undone)
}

/// The lists that a command names and that are not there: it makes them.
pub(super) fn unknown_lists(
    command: &ToolCommand,
    owner: &str,
    store: &dyn ToolStore,
) -> Result<Vec<ListName>, StoreError> {
    let named = command.named_lists();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let known = store.lists(owner)?;
    let mut unknown: Vec<ListName> = Vec::new();
    for name in named {
        let is_known =
            known.iter().any(|list| name.is(&list.name)) || unknown.iter().any(|other| name.is(other.as_str()));
        if !is_known {
            unknown.push(name.clone());
        }
    }
    Ok(unknown)
}

//! Several tasks at once: what a call gives, and what its rows say.

use db::{DbError, Param, Row};
use folded_text::folded;
use serde_json::{Map, Value};

use crate::bindings::exports::todo::tasks::store::{
    Author, BulkChanges, BulkItem, BulkState, BulkTask, BulkWrite, SeveralAdded, StoreError, TaskMembers,
};
use crate::connection::{limit, once, open};
use crate::members::task_members;
use crate::rows::{changed_task, json, number_of_change, numbers, optional, rank, task};
use crate::{actor, statements};

/// Adds these tasks, or none.
pub(crate) fn add(author: Author, tasks: Vec<TaskMembers>, key: Option<String>) -> Result<SeveralAdded, StoreError> {
    let limit = limit()?;
    let (owner, actor) = actor::parameters(author, Some("add"));
    let drafts: Value = tasks.into_iter().map(task_members).collect();
    let params = [owner, json(&drafts), i64::from(limit).into(), optional(key), actor];
    let rows = once(&open()?, statements::ADD_SEVERAL, &params)?;
    let first = rows.first().ok_or_else(|| StoreError::Internal("nothing was added".to_owned()))?;
    let (replayed, change) = (first.bool("replayed")?, number_of_change(&rows)?);
    match (first.bool("known")?, first.bool("reused")?, first.bool("fits")?) {
        (false, ..) => Err(StoreError::UnknownOwner),
        (_, true, _) => Err(StoreError::KeyReused),
        (.., false) => Err(StoreError::LimitReached(limit)),
        (true, false, true) => {
            let tasks: Result<_, DbError> = rows.iter().map(task).collect();
            Ok(SeveralAdded { tasks: tasks?, replayed, change })
        }
    }
}

/// Changes or deletes these tasks.
pub(crate) fn change(author: Author, tasks: Vec<BulkTask>, changes: BulkChanges) -> Result<BulkWrite, StoreError> {
    let (owner, actor) = actor::parameters(author, None);
    let (ids, dues): (Vec<i64>, Vec<Option<String>>) = tasks.into_iter().map(|task| (task.id, task.due)).unzip();
    let (user, first) = (owner.clone(), ids.first().copied());
    let params = [owner, numbers(ids), Param::ArrayStr(dues), json(&members(changes)), actor];
    let db = open()?;
    let rows = match db.query(statements::CHANGE_SEVERAL, &params) {
        Err(error) if error.violates("task_neighbour_gone") => {
            let row = db.query_row(statements::SIBLINGS, &[user, optional(first)])?;
            let siblings = row.get::<Vec<Option<i64>>>("siblings")?;
            return Err(StoreError::NeighbourGone(siblings.into_iter().flatten().collect()));
        }
        rows => rows?,
    };
    let change = number_of_change(&rows)?;
    let items: Result<_, DbError> = rows.iter().map(item).collect();
    Ok(BulkWrite { items: items?, change })
}

fn item(row: &Row) -> Result<BulkItem, DbError> {
    let state = match row.text("state")?.as_str() {
        "changed" => BulkState::Changed,
        "unchanged" => BulkState::Unchanged,
        "deleted" => BulkState::Deleted,
        "not_current" => BulkState::NotCurrent,
        "too_many_tags" => BulkState::TooManyTags,
        _ => BulkState::NotFound,
    };
    Ok(BulkItem { id: row.i64("asked")?, state, task: changed_task(row)? })
}

/// The members as the function `change_tasks` takes them.
fn members(changes: BulkChanges) -> Value {
    let folded_tags = |tags: &[String]| tags.iter().map(|tag| folded(tag)).collect::<Vec<_>>();
    let some = |tags: Vec<String>| (!tags.is_empty()).then(|| Value::from(tags));
    let mut set = Map::new();
    let mut put = |name: &str, value: Option<Value>| set.extend(value.map(|value| (name.to_owned(), value)));
    put("completed", changes.completed.map(Value::from));
    put("priority", changes.priority.map(|priority| rank(priority).into()));
    put("due", changes.due.map(Value::from));
    put("due_day", changes.due_day.map(Value::from));
    if let Some(list) = changes.list {
        put("list_key", Some(list.as_deref().map(folded).into()));
        put("list", Some(list.into()));
    }
    put("add_tag_keys", some(folded_tags(&changes.add_tags)));
    put("add_tags", some(changes.add_tags));
    put("remove_tag_keys", some(folded_tags(&changes.remove_tags)));
    put("neighbour", changes.place.map(|place| place.neighbour.into()));
    put("behind", changes.place.map(|place| place.behind.into()));
    put("delete", changes.delete.then_some(true.into()));
    put("zone", changes.zone.map(Value::from));
    put("key", changes.key.map(Value::from));
    Value::Object(set)
}

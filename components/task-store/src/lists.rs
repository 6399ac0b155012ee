//! Lists, settings, and the order of tasks.

use db::{Param, Row};

use crate::bindings::exports::todo::tasks::store::{
    Author, ListMembers, ListWrite, SettingsMembers, StoreError, TaskList, TaskRule, TaskWrite, UserClock, UserSettings,
};
use crate::connection::{open, rows};
use crate::members::list_members;
use crate::rows::{json, optional, single_write, task};
use crate::{actor, statements};

pub(crate) fn all(owner: String) -> Result<Vec<TaskList>, StoreError> {
    let list = |row: Row| {
        Ok(TaskList {
            id: row.i64("id")?,
            name: row.text("name")?,
            color: row.opt_text("color")?,
            archived: row.bool("archived")?,
            position: row.i64("position")?,
            open_tasks: row.i64("open_tasks")?,
            created_at: row.time("created_at")?,
        })
    };
    rows(statements::LISTS, &[owner.into()])?.into_iter().map(list).collect()
}

pub(crate) fn add(author: Author, list: &ListMembers) -> Result<ListWrite, StoreError> {
    let (owner, actor) = actor::parameters(author, None);
    let set = list_members(list);
    let text = |name: &str| optional(set[name].as_str().map(str::to_owned));
    let params = [owner, text("name"), text("name_key"), text("color"), actor];
    let row = open()?.query_row(statements::ADD_LIST, &params)?;
    let id: Option<i64> = row.get("id")?;
    Ok(ListWrite { id: id.ok_or(StoreError::ListExists)?, change: row.get("change")? })
}

pub(crate) fn change(author: Author, id: i64, changes: &ListMembers) -> Result<Option<i64>, StoreError> {
    let (owner, actor) = actor::parameters(author, None);
    let params = [owner, id.into(), json(&list_members(changes)), actor];
    written(&open()?.query_row(statements::CHANGE_LIST, &params)?)
}

pub(crate) fn delete(author: Author, id: i64, with_tasks: bool) -> Result<Option<i64>, StoreError> {
    let (owner, actor) = actor::parameters(author, None);
    written(&open()?.query_row(statements::DELETE_LIST, &[owner, id.into(), with_tasks.into(), actor])?)
}

/// The number of the change, if there is such a list.
fn written(row: &Row) -> Result<Option<i64>, StoreError> {
    if row.bool("is_known")? { Ok(row.get("change")?) } else { Err(StoreError::NotFound) }
}

pub(crate) fn move_task(author: Author, id: i64, neighbour: i64, behind: bool) -> Result<TaskWrite, StoreError> {
    let (owner, actor) = actor::parameters(author, Some("move"));
    let row = open()?.query_row(statements::MOVE, &[owner, id.into(), neighbour.into(), behind.into(), actor])?;
    match (task(&row)?, row.bool("present")?) {
        (Some(task), _) => Ok(single_write(task, &row)?),
        (None, false) => Err(StoreError::NotFound),
        (None, true) => {
            Err(StoreError::NeighbourGone(row.get::<Vec<Option<i64>>>("siblings")?.into_iter().flatten().collect()))
        }
    }
}

pub(crate) fn settings(owner: String) -> Result<UserSettings, StoreError> {
    read_settings(&open()?.query_row(statements::SETTINGS, &[owner.into()])?)
}

pub(crate) fn clock(owner: String, zone: Option<String>) -> Result<UserClock, StoreError> {
    let row = open()?.query_row(statements::CLOCK, &[owner.into(), optional(zone)])?;
    Ok(UserClock {
        zone: row.text("zone")?,
        local: row.text("local")?,
        today: row.text("today")?,
        utc: row.text("utc")?,
        week_start: row.text("week_start")?,
    })
}

pub(crate) fn change_settings(owner: String, changes: SettingsMembers) -> Result<UserSettings, StoreError> {
    let clear = matches!(changes.time_zone, Some(None));
    let params: [Param; 6] = [
        owner.into(),
        optional(changes.time_zone.flatten()),
        clear.into(),
        optional(changes.day_start),
        optional(changes.week_start),
        optional(changes.reminder_time),
    ];
    let row = open()?.query_row(statements::CHANGE_SETTINGS, &params)?;
    match (row.bool("zone_known")?, row.bool("known")?) {
        (false, _) => Err(StoreError::Rule(TaskRule::UnknownZone)),
        (true, false) => Err(StoreError::UnknownOwner),
        (true, true) => read_settings(&row),
    }
}

fn read_settings(row: &Row) -> Result<UserSettings, StoreError> {
    Ok(UserSettings {
        time_zone: row.opt_text("time_zone")?,
        day_start: row.text("day_start")?,
        week_start: row.text("week_start")?,
        reminder_time: row.text("reminder_time")?,
    })
}

//! The kept changes of tasks: who made them, what they did, and how they are undone.

mod lists;
mod recent;

pub use lists::{ChangedList, UndoneList};
pub use recent::{MAX_RECENT, RecentChanges};

use json_fields::whole_number;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::fields::TaskId;
use crate::priority::Priority;
use crate::time::TaskTime;

/// The most changes of one page of the history.
pub const MAX_CHANGES: u32 = 100;

/// Who changes tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskActor {
    /// The owner, on the page.
    Page,
    /// A program with the owner's access token.
    Api,
    /// The assistant, in a turn of a conversation.
    Chat {
        /// Number of the conversation.
        conversation: i64,
        /// Number of the turn in it.
        turn: i64,
    },
    /// An AI client: its id, if the token was issued to one.
    Mcp(Option<String>),
}

impl TaskActor {
    /// The words of the API for the kinds of actors.
    pub const WORDS: [&'static str; 4] = ["page", "api", "chat", "mcp"];
}

/// The header of a call by the assistant, which names its turn: `conversation-turn`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnName {
    /// Number of the conversation.
    pub conversation: i64,
    /// Number of the turn in it.
    pub turn: i64,
}

impl TurnName {
    /// The name of the header.
    pub const HEADER: &'static str = "todo-turn";

    /// Reads the value of the header.
    pub fn parse(text: &str) -> Option<Self> {
        let (conversation, turn) = text.split_once('-')?;
        Some(Self { conversation: whole_number(conversation)?, turn: whole_number(turn)? })
    }
}

/// In whose list a call writes, and who does.
#[derive(Debug, Clone, Copy)]
pub struct TaskAuthor<'a> {
    /// Id of the user whose list it is.
    pub owner: &'a str,
    /// Who changes it.
    pub actor: &'a TaskActor,
}

/// What a write returned, and the number of the change; `None` if nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedWrite<T> {
    /// The tasks.
    pub result: T,
    /// The change, for [`crate::TaskStore::undo`].
    pub change: Option<i64>,
}

/// Which changes a history shows: up to `limit` ones, the newest first, with a number below `before`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryQuery {
    /// How many at most.
    pub limit: u32,
    /// Where the page before ended.
    pub before: Option<i64>,
    /// Only changes of this task.
    pub task: Option<TaskId>,
    /// Only changes of this kind of actor, one of [`TaskActor::WORDS`].
    pub actor: Option<String>,
    /// Only changes of this kind, one of [`CHANGE_KINDS`].
    pub kind: Option<String>,
}

/// The kinds of changes: the word of the API, and what the change did, in words.
pub const CHANGE_KINDS: [(&str, &str); 13] = [
    ("add", "added"),
    ("import", "imported"),
    ("edit", "changed"),
    ("complete", "completed"),
    ("reopen", "reopened"),
    ("move", "moved"),
    ("delete", "deleted"),
    ("restore", "brought back"),
    ("undo", "undone"),
    ("redo", "done again"),
    ("list_add", "added the list"),
    ("list_edit", "changed the list"),
    ("list_delete", "deleted the list"),
];

/// What a change of this kind did, in words.
pub fn kind_in_words(kind: &str) -> &str {
    CHANGE_KINDS.iter().find(|(word, _)| *word == kind).map_or("changed", |(_, words)| words)
}

/// A kept change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskChangeEntry {
    /// The owner's running number of the change.
    pub id: i64,
    /// When it was made: RFC 3339, UTC, milliseconds.
    pub made_at: String,
    /// One of [`CHANGE_KINDS`].
    pub kind: String,
    /// One of [`TaskActor::WORDS`].
    pub actor: String,
    /// The name of the AI client.
    pub app: Option<String>,
    /// The conversation of the assistant's turn.
    pub conversation_id: Option<i64>,
    /// The assistant's turn.
    pub turn: Option<i64>,
    /// The change that this one undid.
    pub undoes: Option<i64>,
    /// The change that undid this one.
    pub undone_by: Option<i64>,
    /// How many tasks it changed.
    pub count: i64,
    /// The first of them.
    pub tasks: Vec<ChangedTask>,
    /// The lists that it changed.
    pub lists: Vec<ChangedList>,
}

/// What a change did to a task: the members that changed. An added task has no `before`, a deleted one no `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedTask {
    /// The task's number.
    pub id: i64,
    /// Its title after the change.
    pub title: String,
    /// The members as they were.
    #[serde(default)]
    pub before: Option<Map<String, Value>>,
    /// The members as they are since.
    #[serde(default)]
    pub after: Option<Map<String, Value>>,
}

impl ChangedTask {
    /// Reads the stored form, whose members are columns, into the API's members.
    pub fn read(stored: &str) -> Result<Vec<Self>, serde_json::Error> {
        let mut tasks: Vec<Self> = serde_json::from_str(stored)?;
        for task in &mut tasks {
            task.before = task.before.take().map(api_members);
            task.after = task.after.take().map(api_members);
        }
        Ok(tasks)
    }
}

/// A task that an undo left as it is, in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTask {
    /// The task's number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// The members that were changed since the change that is undone.
    pub members: Vec<String>,
}

impl KeptTask {
    /// Reads the stored form, whose members are columns.
    pub fn read(stored: &str) -> Result<Vec<Self>, serde_json::Error> {
        let mut tasks: Vec<Self> = serde_json::from_str(stored)?;
        for task in &mut tasks {
            let mut members: Vec<String> =
                task.members.iter().filter_map(|column| member(column)).map(str::to_owned).collect();
            members.dedup();
            task.members = members;
        }
        tasks.retain(|task| !task.members.is_empty());
        Ok(tasks)
    }
}

/// One page of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    /// The changes.
    pub changes: Vec<TaskChangeEntry>,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// The member of the API that a column holds, if an undo writes it and clients know it.
fn member(column: &str) -> Option<&'static str> {
    Some(match column {
        "title" => "title",
        "description" => "description",
        "completed" => "completed",
        "completed_at" => "completed_at",
        "priority" => "priority",
        "due_day" | "due_time" => "due",
        "repeat" => "repeat",
        "repeat_from" => "repeat_from",
        "remind" => "remind",
        "tags" => "tags",
        "list_id" => "list",
        "parent" => "parent",
        "place" => "position",
        _ => return None,
    })
}

/// The columns of a task as members of the API. Columns that the API does not show are left out. `list` is the number of the
/// list; `due` is only the day or only the time where nothing else of it changed.
fn api_members(columns: Map<String, Value>) -> Map<String, Value> {
    let due = due_text(&columns);
    let mut members = Map::new();
    for (column, stored) in columns {
        let Some(name) = member(&column) else { continue };
        let value = match name {
            "priority" => stored.as_i64().map(priority).map_or(Value::Null, |priority| priority.as_str().into()),
            "completed_at" => stored
                .as_str()
                .and_then(|time| TaskTime::parse(time).ok())
                .map_or(Value::Null, |time| time.into_string().into()),
            "due" => due.clone().into(),
            _ => stored,
        };
        members.insert(name.to_owned(), value);
    }
    members
}

fn due_text(columns: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| columns.get(name).and_then(Value::as_str);
    // PostgreSQL writes seconds too.
    match (text("due_day"), text("due_time").map(|time| time.get(..5).unwrap_or(time))) {
        (Some(day), Some(time)) => Some(format!("{day}T{time}")),
        (day, time) => day.or(time).map(str::to_owned),
    }
}

/// The priority with this number in the database.
fn priority(rank: i64) -> Priority {
    match rank {
        1 => Priority::High,
        2 => Priority::Medium,
        3 => Priority::Low,
        _ => Priority::None,
    }
}

#[cfg(test)]
mod tests;

//! What a file holds.

use serde::Serialize;
use task::{Description, Priority, TaskSeries, Title};

use crate::date::Moment;

/// The program or format that wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Our own export.
    Own,
    /// A table with a head.
    Table,
    /// Todoist's CSV.
    Todoist,
    /// TickTick's CSV.
    Ticktick,
    /// Outlook's CSV.
    Outlook,
    /// Microsoft To Do's JSON.
    MicrosoftGraph,
    /// Google Takeout's JSON.
    GoogleTasks,
    /// iCalendar.
    Icalendar,
    /// Vikunja's JSON.
    Vikunja,
    /// Super Productivity's JSON.
    SuperProductivity,
    /// JSON of Things' URL scheme.
    Things,
    /// Tasks.org's backup.
    TasksOrg,
    /// Donetick's JSON.
    Donetick,
    /// JSON with names that are known.
    Json,
    /// todo.txt.
    TodoTxt,
    /// A checklist in Markdown.
    Markdown,
    /// Org mode.
    Org,
    /// A task a line.
    Lines,
}

/// A task of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedTask {
    /// Where it begins: a line, counted from 1.
    pub line: u64,
    /// What to do.
    pub title: Title,
    /// Details, with the comments of the file behind them.
    pub description: Option<Description>,
    /// Whether it is completed.
    pub completed: bool,
    /// When it was completed, if the file says so.
    pub completed_at: Option<Moment>,
    /// When it is due.
    pub due: Option<Moment>,
    /// The rule by which it repeats: the text of an RRULE (RFC 5545).
    pub repeat: Option<String>,
    /// Whether the next time is counted from the completion.
    pub from_completion: bool,
    /// Where its series stands, if the file says so.
    pub series: Option<TaskSeries>,
    /// Minutes before it is due at which to remind.
    pub remind: Vec<u32>,
    /// How important it is.
    pub priority: Priority,
    /// Names of tags, without a mark.
    pub tags: Vec<String>,
    /// The name of its list; `None` for the Inbox.
    pub list: Option<String>,
    /// The task of which it is a step: an index into [`TaskFile::tasks`]. That task has no parent.
    pub parent: Option<usize>,
    /// Its place among the tasks, counted from 1, where the file orders them in another way than by lines.
    pub rank: Option<usize>,
    /// When it was added.
    pub created_at: Option<Moment>,
    /// When it last changed.
    pub updated_at: Option<Moment>,
}

/// A row that came in changed, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowNote {
    /// Its line, counted from 1.
    pub line: u64,
    /// The title, if there is one.
    pub title: Option<String>,
    /// What happened, as a code.
    pub what: &'static str,
    /// The value that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A part of a file that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostPart {
    /// Its kind, as a code.
    pub what: &'static str,
    /// The name of a column or member that nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How often.
    pub count: usize,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskFile {
    /// What wrote it.
    pub format: FileFormat,
    /// Its tasks, in the order of the file.
    pub tasks: Vec<ImportedTask>,
    /// Tasks that are not as the file has them.
    pub changed: Vec<RowNote>,
    /// Rows that are no task.
    pub skipped: Vec<RowNote>,
    /// What is lost.
    pub not_kept: Vec<LostPart>,
}

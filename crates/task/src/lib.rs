//! What a task is: its members with their types and limits, the store that keeps tasks ([`TaskStore`]) and the one table
//! of tools ([`tool`]) from which REST bodies, MCP schemas and Gemini declarations derive. Never does I/O, knows no
//! HTTP.

mod bulk;
mod due;
mod export;
mod fields;
mod history;
mod import;
mod list;
mod members;
mod names;
mod priority;
mod query;
mod rule;
mod series;
mod settings;
mod store;
mod stored_task;
mod time;
mod time_zone;
pub mod tool;

pub use bulk::{BulkChanges, BulkItem, BulkPlace, BulkState, BulkTask};
pub use due::{DueFilter, TaskDue};
pub use export::{ExportPage, ExportedTask};
pub use fields::{Description, MAX_DESCRIPTION, MAX_IDS, MAX_IMPORT, MAX_TITLE, StatusFilter, TaskId, Title};
pub use history::{
    CHANGE_KINDS, ChangedList, ChangedTask, HistoryPage, HistoryQuery, KeptTask, MAX_CHANGES, MAX_RECENT,
    RecentChanges, RecordedWrite, TaskActor, TaskAuthor, TaskChangeEntry, TurnName, UndoneList, kind_in_words,
};
pub use import::{Draft, ImportFile, ImportResult, PastImport, TaskRoom};
pub use json_fields::{FieldReader, MemberError, ValueError, whole_number};
pub use list::{ListChanges, ListColor, ListStore, MAX_LISTS, SettingsStore, TaskList};
pub use members::{MAX_REMIND_MINUTES, MAX_REMINDERS, TaskMembers};
pub use names::{ListName, MAX_LIST_NAME, MAX_TAG, MAX_TAGS, TaskTags};
pub use priority::Priority;
pub use query::{MAX_PAGE, MAX_SEARCH, Position, SearchWords, SortKey, SortOrder, TaskQuery};
pub use recurrence::{RepeatFrom, RepeatRule, SeriesState, repeat_text};
pub use rule::TaskRuleError;
pub use series::TaskSeries;
pub use settings::{ClockTime, SettingsChanges, UserClock, UserSettings, WeekStart};
pub use store::{
    AddResult, ExpectedVersions, NewTask, SeveralAdded, StoreError, TaskChanges, TaskPage, TaskStore, UndoResult,
};
pub use stored_task::{Occurrence, Task};
pub use time::TaskTime;
pub use time_zone::TimeZone;

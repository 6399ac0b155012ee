//! What a task is: its members with their types and limits, the store that keeps tasks ([`TaskStore`]) and the one table
//! of tools ([`tool`]) from which REST bodies, MCP schemas and Gemini declarations derive. Never does I/O, knows no
//! HTTP.

mod fields;
mod history;
mod priority;
mod query;
mod store;
mod time;
pub mod tool;

pub use fields::{Description, MAX_DESCRIPTION, MAX_IDS, MAX_IMPORT, MAX_TITLE, StatusFilter, TaskId, Title};
pub use history::{
    CHANGE_KINDS, ChangedTask, HistoryPage, HistoryQuery, KeptTask, MAX_CHANGES, RecordedWrite, TaskActor, TaskAuthor,
    TaskChangeEntry, TurnName, kind_in_words,
};
pub use json_fields::{FieldReader, MemberError, ValueError, whole_number};
pub use priority::Priority;
pub use query::{MAX_PAGE, MAX_SEARCH, Position, SearchWords, SortKey, SortOrder, TaskQuery};
pub use store::{
    AddResult, Draft, ExpectedVersions, ImportResult, NewTask, StoreError, Task, TaskChanges, TaskPage, TaskStore,
    UndoResult,
};
pub use time::TaskTime;

//! What a task is: its parsed parts with their limits, the store that keeps them ([`TaskStore`]) and the one table
//! of tools ([`tool`]) from which REST bodies, MCP schemas and Gemini declarations derive. Never does I/O, knows no
//! HTTP.

mod fields;
mod list;
mod part;
mod store;
mod time;
pub mod tool;

pub use fields::{Fault, Fields};
pub use list::{MAX_PAGE, MAX_SEARCH, Position, Query, Search, Sort, SortBy};
pub use part::{
    Description, Invalid, MAX_DESCRIPTION, MAX_IDS, MAX_IMPORT, MAX_TITLE, Status, TaskId, Title, whole_number,
};
pub use store::{Added, Changes, Draft, Expected, Imported, NewTask, Page, StoreError, Task, TaskStore};
pub use time::Time;

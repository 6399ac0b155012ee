//! What a task is: its parsed parts with their limits, the store that keeps them ([`TaskStore`]) and the one table
//! of tools ([`tool`]) from which REST bodies, MCP schemas and Gemini declarations derive. Never does I/O, knows no
//! HTTP.

mod fields;
mod part;
mod store;
pub mod tool;

pub use fields::{Fault, Fields};
pub use part::{Description, Invalid, MAX_DESCRIPTION, MAX_TITLE, Status, TaskId, Title};
pub use store::{Changes, NewTask, Page, StoreError, Task, TaskStore};

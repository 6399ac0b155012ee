//! The one table of tools. What a tool is called, takes, returns and may do stands here once: MCP schemas and, by way
//! of MCP, a model's function declarations derive from it, and its arguments become domain types here.

mod argument_names;
mod argument_values;
mod brief;
mod command;
mod cursor;
mod document;
mod note;
mod output;
mod schema;
mod table;

pub use brief::BriefTask;
pub use command::{ParsedToolCall, ToolCommand};
pub use document::{FoundTask, TaskDocument};
pub use output::{ItemOutput, NotedOutput, TaskOutput, ToolOutput};
pub use table::{
    ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DEFAULT_LIMIT, DELETE_TASK, FETCH, GET_TASK, LIST_TASKS,
    MAX_BATCH, MAX_LIMIT, SEARCH, TOOLS, Tool, UNDO, UPDATE_TASK, find,
};

#[cfg(test)]
mod tests;

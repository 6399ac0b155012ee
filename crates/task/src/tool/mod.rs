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
mod result_schema;
mod schema;
mod table;
mod tool_name;

pub use brief::BriefTask;
pub use command::{ParsedToolCall, ToolCommand, UndoTarget};
pub use document::{FoundTask, TaskDocument};
pub use output::{ItemOutput, ListOutput, NotedOutput, TaskOutput, ToolOutput};
pub use table::{DEFAULT_LIMIT, MAX_BATCH, MAX_LIMIT, TOOLS, Tool, find};
pub use tool_name::{
    ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, FETCH, GET_TASK, LIST_LISTS, LIST_TASKS, SEARCH,
    UNDO, UPDATE_TASK,
};

#[cfg(test)]
mod tests;

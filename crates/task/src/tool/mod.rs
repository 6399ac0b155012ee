//! The one table of tools. What a tool is called, takes, returns and may do stands here once: MCP schemas and, by way
//! of MCP, a model's function declarations derive from it, and its arguments become domain types here.

mod argument_names;
mod argument_values;
mod command;
mod note;
mod output;
mod schema;
mod table;

pub use command::{ParsedToolCall, ToolCommand};
pub use output::{NotedOutput, TaskOutput, ToolOutput};
pub use table::{
    ADD_TASK, COMPLETE_TASK, DEFAULT_LIMIT, DELETE_TASK, LIST_TASKS, MAX_LIMIT, TOOLS, Tool, UNDO, UPDATE_TASK, find,
};

#[cfg(test)]
mod tests;

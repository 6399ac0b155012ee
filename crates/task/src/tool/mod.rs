//! The one table of tools. What a tool is called, takes, returns and may do stands here once: MCP schemas and, by way
//! of MCP, a model's function declarations derive from it, and its arguments become domain types here.

mod command;
mod output;
mod schema;
mod table;

pub use command::ToolCommand;
pub use output::{TaskOutput, ToolOutput};
pub use table::{DEFAULT_LIMIT, MAX_LIMIT, TOOLS, Tool, find};

#[cfg(test)]
mod tests;

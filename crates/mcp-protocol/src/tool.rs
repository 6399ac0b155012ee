//! Tools: how `tools/list` describes them, and how a call ends.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// A tool as `tools/list` describes it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct McpTool {
    /// The name that `tools/call` uses.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What it does, for the model.
    pub description: &'static str,
    /// JSON Schema of the arguments.
    pub input_schema: Value,
    /// JSON Schema of the structured result.
    pub output_schema: Value,
    /// What a host may assume before it asks the user.
    pub annotations: ToolAnnotations,
}

/// What a host may assume of a tool before it asks the user. All are sent, since the defaults assume the worst.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToolAnnotations {
    /// Changes nothing.
    pub read_only_hint: bool,
    /// May overwrite or remove.
    pub destructive_hint: bool,
    /// A second call with the same arguments changes nothing more.
    pub idempotent_hint: bool,
    /// Reaches beyond the server's own data.
    pub open_world_hint: bool,
}

/// How a tool call ended.
#[derive(Debug)]
pub enum ToolOutcome {
    /// The structured result, an object that the tool's output schema describes. The model gets the same as text.
    Done(Box<RawValue>),
    /// What went wrong and what to do next, for the model.
    Failed(String),
}

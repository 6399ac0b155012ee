//! The tools of the server: which there are, and calls of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::mcp::client::{CallOptions, McpClient, McpClientError};
use crate::model::ToolDeclaration;
use crate::text::storable;
use crate::tool_names::ADD_TASK;

const MAX_TOOLS: usize = 64;
/// Pages of the list of tools that are read.
const MAX_PAGES: usize = 4;
/// The error of a call whose effect is not known.
const UNREACHABLE: &str = "The task tools cannot be reached at the moment; whether it was done is not known.";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToolList {
    tools: Vec<ToolEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToolEntry {
    name: String,
    #[serde(default)]
    description: String,
    input_schema: Box<RawValue>,
    #[serde(default)]
    annotations: ToolHints,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct ToolHints {
    read_only_hint: bool,
    destructive_hint: Option<bool>,
    idempotent_hint: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToolResult {
    #[serde(default)]
    content: Vec<TextBlock>,
    structured_content: Option<Value>,
    #[serde(default)]
    is_error: bool,
}

#[derive(Deserialize)]
struct TextBlock {
    #[serde(default)]
    text: String,
}

impl From<ToolEntry> for ToolDeclaration {
    fn from(entry: ToolEntry) -> Self {
        let ToolEntry { name, description, input_schema, annotations: hints } = entry;
        Self {
            reads: hints.read_only_hint,
            destructive: !hints.read_only_hint && hints.destructive_hint.unwrap_or(true),
            // Our own server adds a task once for each idempotency key.
            repeatable: hints.read_only_hint || hints.idempotent_hint || name == ADD_TASK,
            name,
            description,
            schema: input_schema,
        }
    }
}

impl McpClient<'_> {
    /// The tools that the server offers to this user. The list may be a cached one: the server checks each call anyway.
    pub(crate) async fn tools(&self, timeout: Duration) -> Result<Vec<ToolDeclaration>, McpClientError> {
        let name = format!("tools:{}:{}", self.server.url, self.server.user_id);
        let cached = (self.env.recall)(&name).and_then(|list| serde_json::from_str(&list).ok());
        let list = match cached {
            Some(list) => list,
            None => {
                let list = self.list_tools(timeout).await?;
                if let Ok(text) = serde_json::to_string(&list) {
                    (self.env.remember)(&name, &text);
                }
                list
            }
        };
        let usable = |tool: &ToolEntry| is_function_name(&tool.name) && self.allows(&tool.name);
        Ok(list.tools.into_iter().filter(usable).take(MAX_TOOLS).map(ToolDeclaration::from).collect())
    }

    /// Checks that the server can be reached and serves this user.
    pub async fn reach(&self, timeout: Duration) -> Result<(), McpClientError> {
        self.list_tools(timeout).await.map(drop)
    }

    async fn list_tools(&self, timeout: Duration) -> Result<ToolList, McpClientError> {
        let mut list = ToolList { tools: Vec::new(), next_cursor: None };
        for _ in 0..MAX_PAGES {
            let params = list.next_cursor.take().map_or_else(|| json!({}), |cursor| json!({ "cursor": cursor }));
            let options = CallOptions { idempotency_key: "", repeatable: true };
            let result = self.request("tools/list", params, options, timeout).await?;
            // From text: a schema stays as it is written.
            let page: ToolList = serde_json::from_str(&result.to_string())
                .map_err(|_| McpClientError::Unusable("tools/list: unknown shape".into()))?;
            list.tools.extend(page.tools);
            list.next_cursor = page.next_cursor;
            if list.next_cursor.is_none() {
                break;
            }
        }
        Ok(list)
    }

    fn allows(&self, name: &str) -> bool {
        self.server.allowed.is_empty() || self.server.allowed.iter().any(|allowed| allowed == name)
    }

    /// Calls one tool. The error is one sentence for the model and the user.
    pub async fn call(
        &self,
        name: &str,
        arguments: &Map<String, Value>,
        options: CallOptions<'_>,
        timeout: Duration,
    ) -> Result<Value, String> {
        let params = json!({"name": name, "arguments": arguments});
        let result = self.request("tools/call", params, options, timeout).await.map_err(|error| match error {
            McpClientError::Rejected { method: "tools/call", message, .. } => message.replace('\0', ""),
            McpClientError::Rejected { .. } | McpClientError::Unusable(_) => UNREACHABLE.to_owned(),
        })?;
        let result: ToolResult = serde_json::from_value(storable(result)).map_err(|_| UNREACHABLE.to_owned())?;
        let text = result.content.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n");
        match (result.is_error, result.structured_content) {
            (true, _) if text.is_empty() => Err("The tool failed without saying why.".into()),
            (true, _) => Err(text),
            (false, Some(value)) => Ok(value),
            (false, None) => Ok(json!({ "text": text })),
        }
    }
}

/// Whether Gemini accepts a name as that of a function.
fn is_function_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let rest = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-'));
    first && rest && name.len() <= 128
}

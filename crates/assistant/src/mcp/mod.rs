//! The tools, as the MCP server offers them. The server takes the user from the bearer token that is passed on; it is told
//! of no user by name.

mod wire;

use std::time::Duration;

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::env::TurnEnv;
use crate::model::ToolDeclaration;
use crate::visible::storable;
use wire::McpSession;

const MOST_TOOLS: usize = 64;
/// Pages of the list of tools that are read.
const PAGES: usize = 4;
/// Our own server does this only once for each key.
const ADD_TOOL: &str = "add_task";

/// The MCP server, for one user.
pub struct McpClient<'a> {
    at: McpServer<'a>,
    env: TurnEnv<'a>,
    session: RefCell<Option<McpSession>>,
}

/// Where the tools are, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct McpServer<'a> {
    /// Address of its endpoint.
    pub url: &'a str,
    /// The user's access token.
    pub token: &'a str,
    /// The names of the tools that may be used; all if empty.
    pub allowed: &'a [String],
    /// The user, under whose name the list of tools is remembered.
    pub known_as: &'a str,
}

/// How a call is sent.
#[derive(Debug, Clone, Copy)]
pub struct CallOptions<'a> {
    /// By this key the server recognizes a call that it has done already; empty for none.
    pub idempotency_key: &'a str,
    /// Whether the call is sent again when its response got lost.
    pub repeatable: bool,
}

/// The server could not be used at all. For the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("MCP server: {0}")]
pub struct McpClientError(pub String);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToolList {
    tools: Vec<DeclaredTool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeclaredTool {
    name: String,
    #[serde(default)]
    description: String,
    input_schema: Value,
    #[serde(default)]
    annotations: Hints,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Hints {
    read_only_hint: bool,
    destructive_hint: Option<bool>,
    idempotent_hint: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CallResult {
    #[serde(default)]
    content: Vec<Block>,
    structured_content: Option<Value>,
    #[serde(default)]
    is_error: bool,
}

#[derive(Deserialize)]
struct Block {
    #[serde(default)]
    text: String,
}

impl<'a> McpClient<'a> {
    /// A client; no request is made before something is wanted.
    pub fn new(at: McpServer<'a>, env: TurnEnv<'a>) -> Self {
        Self { at, env, session: RefCell::default() }
    }

    /// The tools that the server offers to this user, or offered a short while ago: a call is judged by the server anyway.
    pub(crate) fn tools(&self, timeout: Duration) -> Result<Vec<ToolDeclaration>, McpClientError> {
        let name = format!("tools:{}:{}", self.at.url, self.at.known_as);
        let remembered = (self.env.recall)(&name).and_then(|list| serde_json::from_str(&list).ok());
        let list = match remembered {
            Some(list) => list,
            None => {
                let list = self.ask_for_tools(timeout)?;
                if let Ok(text) = serde_json::to_string(&list) {
                    (self.env.remember)(&name, &text);
                }
                list
            }
        };
        let usable = |tool: &DeclaredTool| is_function_name(&tool.name) && self.allows(&tool.name);
        let declared = |tool: DeclaredTool| ToolDeclaration {
            destructive: !tool.annotations.read_only_hint && tool.annotations.destructive_hint.unwrap_or(true),
            repeatable: tool.annotations.read_only_hint || tool.annotations.idempotent_hint || tool.name == ADD_TOOL,
            name: tool.name,
            description: tool.description,
            schema: tool.input_schema,
        };
        Ok(list.tools.into_iter().filter(usable).take(MOST_TOOLS).map(declared).collect())
    }

    /// Whether the server answers this user.
    pub fn reach(&self, timeout: Duration) -> Result<(), McpClientError> {
        self.ask_for_tools(timeout).map(drop)
    }

    fn ask_for_tools(&self, timeout: Duration) -> Result<ToolList, McpClientError> {
        let mut list = ToolList { tools: Vec::new(), next_cursor: None };
        for _ in 0..PAGES {
            let params = list.next_cursor.take().map_or_else(|| json!({}), |cursor| json!({ "cursor": cursor }));
            let result = self
                .request("tools/list", params, CallOptions { idempotency_key: "", repeatable: true }, timeout)?
                .map_err(|error| {
                    McpClientError(format!("tools/list was answered with error {}", error.code)) // its text may hold anything
                })?;
            let page: ToolList =
                serde_json::from_value(result).map_err(|_| McpClientError("tools/list: unknown shape".into()))?;
            list.tools.extend(page.tools);
            list.next_cursor = page.next_cursor;
            if list.next_cursor.is_none() {
                break;
            }
        }
        Ok(list)
    }

    fn allows(&self, name: &str) -> bool {
        self.at.allowed.is_empty() || self.at.allowed.iter().any(|allowed| allowed == name)
    }

    /// Calls one tool. The error is one sentence for the model and the user.
    pub fn call(
        &self,
        name: &str,
        arguments: &Map<String, Value>,
        options: CallOptions,
        timeout: Duration,
    ) -> Result<Value, String> {
        const TEMPORARY: &str = "The task tools cannot be reached at the moment; whether it was done is not known.";
        let params = json!({"name": name, "arguments": arguments});
        let answered = self.request("tools/call", params, options, timeout).map_err(|_| TEMPORARY.to_owned())?;
        let result = answered.map_err(|error| error.message.replace('\0', ""))?;
        let result: CallResult = serde_json::from_value(storable(result)).map_err(|_| TEMPORARY.to_owned())?;
        let text = result.content.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n");
        match (result.is_error, result.structured_content) {
            (true, _) if text.is_empty() => Err("The tool failed without saying why.".into()),
            (true, _) => Err(text),
            (false, Some(value)) => Ok(value),
            (false, None) => Ok(json!({ "text": text })),
        }
    }
}

/// What Gemini takes as the name of a function.
fn is_function_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let rest = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-'));
    first && rest && name.len() <= 128
}

#[cfg(test)]
#[path = "mcp_tests.rs"]
mod tests;

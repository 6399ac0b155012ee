//! Titles of tasks, for questions to the user.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::mcp::{CallOptions, McpClient};
use crate::tool_names::LIST_TASKS;

/// Pages of the list that are read to find a title.
const MAX_PAGES: usize = 5;

/// The titles that the server returned in this turn, by the number of the task; none where it did not return one.
#[derive(Default)]
pub(crate) struct TitleCache(HashMap<i64, Option<String>>);

impl TitleCache {
    /// Takes the titles from a tool's result.
    pub(crate) fn learn(&mut self, result: &Value) {
        let tasks = result["tasks"].as_array().into_iter().flatten().chain(result.get("task"));
        for task in tasks {
            if let (Some(id), Some(title)) = (task["id"].as_i64(), task["title"].as_str()) {
                self.0.insert(id, Some(title.to_owned()));
            }
        }
    }

    /// Returns the title of a task. The list is read for it once.
    pub(crate) fn find(&mut self, mcp: &McpClient, task: i64, time: Duration) -> Option<String> {
        let mut cursor = Value::Null;
        for _ in 0..MAX_PAGES {
            if self.0.contains_key(&task) {
                break;
            }
            let mut arguments = Map::from_iter([("limit".to_owned(), json!(100)), ("status".to_owned(), json!("all"))]);
            if !cursor.is_null() {
                arguments.insert("cursor".to_owned(), cursor);
            }
            let options = CallOptions { idempotency_key: "", repeatable: true };
            let Ok(page) = mcp.call(LIST_TASKS, &arguments, options, time) else { break };
            self.learn(&page);
            cursor = page["next_cursor"].clone();
            if cursor.is_null() {
                break;
            }
        }
        self.0.entry(task).or_default().clone()
    }
}

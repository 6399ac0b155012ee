//! The list of tasks, for questions to the user and for the tasks that a message names.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::mcp::{CallOptions, McpClient};
use crate::tool_names::LIST_TASKS;

/// Pages of the list that are read.
const MAX_PAGES: usize = 5;

/// The tasks that the server returned in this turn.
#[derive(Default)]
pub(crate) struct TaskCache {
    /// Titles by the number of the task.
    titles: HashMap<i64, String>,
    /// The whole list, once it is read, and whether it is complete.
    list: Option<(Vec<Value>, bool)>,
}

impl TaskCache {
    /// Takes the titles from a tool's result.
    pub(crate) fn learn(&mut self, result: &Value) {
        for task in result["tasks"].as_array().into_iter().flatten().chain(result.get("task")) {
            if let (Some(id), Some(title)) = (task["id"].as_i64(), task["title"].as_str()) {
                self.titles.insert(id, title.to_owned());
            }
        }
    }

    /// Returns the title of a task; an error if there is no such task.
    pub(crate) async fn title(
        &mut self,
        mcp: &McpClient<'_>,
        task: i64,
        time: Duration,
    ) -> Result<Option<String>, NoSuchTask> {
        if !self.titles.contains_key(&task) {
            let (_, is_complete) = self.read(mcp, time).await;
            if *is_complete && !self.titles.contains_key(&task) {
                return Err(NoSuchTask);
            }
        }
        Ok(self.titles.get(&task).cloned())
    }

    /// Returns the objects of all tasks; none where they are too many to know them all.
    pub(crate) async fn all(&mut self, mcp: &McpClient<'_>, time: Duration) -> Vec<Value> {
        match self.read(mcp, time).await {
            (tasks, true) => tasks.clone(),
            _ => Vec::new(),
        }
    }

    /// Reads the list, once.
    async fn read(&mut self, mcp: &McpClient<'_>, time: Duration) -> &(Vec<Value>, bool) {
        if self.list.is_none() {
            let list = read_list(mcp, time).await;
            self.learn(&json!({ "tasks": list.0 }));
            self.list = Some(list);
        }
        self.list.get_or_insert_default()
    }
}

/// The user has no task with this number.
#[derive(Debug)]
pub(crate) struct NoSuchTask;

async fn read_list(mcp: &McpClient<'_>, time: Duration) -> (Vec<Value>, bool) {
    let (mut tasks, mut cursor) = (Vec::new(), Value::Null);
    for _ in 0..MAX_PAGES {
        let mut arguments = Map::from_iter([("limit".to_owned(), json!(100)), ("status".to_owned(), json!("all"))]);
        if !cursor.is_null() {
            arguments.insert("cursor".to_owned(), cursor);
        }
        let options = CallOptions { idempotency_key: "", repeatable: true };
        let Ok(page) = mcp.call(LIST_TASKS, &arguments, options, time).await else { return (tasks, false) };
        tasks.extend(page["tasks"].as_array().into_iter().flatten().cloned());
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            return (tasks, page["tasks"].is_array());
        }
    }
    (tasks, false)
}

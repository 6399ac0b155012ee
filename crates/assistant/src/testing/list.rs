//! A small list of tasks behind an MCP server.

use serde_json::{Value, json};

use super::TestHost;
use crate::env::TransportError;

impl TestHost {
    pub(super) fn serve_mcp(
        &self,
        request: &http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        if self.mcp_is_down.get() {
            return Err(TransportError::Failed("refused".into()));
        }
        let key = request.headers().get("idempotency-key").map(|key| key.to_str().unwrap());
        let request: Value = serde_json::from_slice(request.body()).unwrap();
        let result = match request["method"].as_str() {
            Some("tools/list") => tool_list(self.has_dates.get()),
            _ => {
                let (name, arguments) = (request["params"]["name"].as_str().unwrap(), &request["params"]["arguments"]);
                match key.and_then(|key| self.keys.borrow().get(key).cloned()) {
                    Some(done) => done,
                    None => self.serve_call(name, arguments, key),
                }
            }
        };
        Ok(http::Response::new(json!({"jsonrpc": "2.0", "id": 1, "result": result}).to_string().into_bytes()))
    }

    fn serve_call(&self, name: &str, arguments: &Value, key: Option<&str>) -> Value {
        if key.is_some() {
            self.called.borrow_mut().push((name.to_owned(), arguments.clone()));
        }
        let result = match self.use_tool(name, arguments) {
            Ok(value) => json!({"content": [{"type": "text", "text": "…"}], "structuredContent": value}),
            Err(text) => json!({"content": [{"type": "text", "text": text}], "isError": true}),
        };
        if let Some(key) = key {
            self.keys.borrow_mut().insert(key.to_owned(), result.clone());
        }
        result
    }

    pub(crate) fn use_tool(&self, name: &str, arguments: &Value) -> Result<Value, String> {
        let (items, one, member) = match name {
            "add_tasks" => (&arguments["tasks"], "add_task", None),
            "complete_tasks" => (&arguments["task_ids"], "complete_task", Some("task_id")),
            _ => return self.use_tool_once(name, arguments),
        };
        let arguments = |item: &Value| member.map_or_else(|| item.clone(), |member| json!({ member: item }));
        let results = items.as_array().unwrap().iter().map(|item| self.use_tool_once(one, &arguments(item)));
        Ok(json!({"results": results.collect::<Result<Vec<_>, _>>()?}))
    }

    fn use_tool_once(&self, name: &str, arguments: &Value) -> Result<Value, String> {
        let mut tasks = self.tasks.borrow_mut();
        if name == "add_task" {
            tasks.push(Some((arguments["title"].as_str().unwrap().to_owned(), false)));
            self.keep_members(tasks.len(), arguments);
            return Ok(json!({"task": self.object(tasks.len(), tasks.last().unwrap())}));
        }
        if name == "list_tasks" {
            let all = tasks.iter().enumerate().filter(|(_, task)| task.is_some());
            let listed =
                all.map(|(at, task)| self.object(at + 1, task)).filter(|task| match arguments["status"].as_str() {
                    Some("pending") => task["completed"] == false,
                    Some("completed") => task["completed"] == true,
                    _ => true,
                });
            return Ok(json!({"tasks": listed.collect::<Vec<_>>()}));
        }
        if name == "undo" {
            let (id, title) = self.deleted.borrow_mut().take().ok_or("Nothing was deleted. Call list_tasks.")?;
            tasks[id - 1] = Some((title, false));
            return Ok(json!({"tasks": [self.object(id, &tasks[id - 1])]}));
        }
        let id = arguments["task_id"].as_u64().unwrap_or(0) as usize;
        let missing = format!("No task with id {id}. Call list_tasks to see the current ids.");
        let slot = tasks.get_mut(id.wrapping_sub(1)).ok_or(missing.clone())?;
        let Some(task) = slot.as_mut() else { return Err(missing) };
        match name {
            "complete_task" => task.1 = true,
            "update_task" => {
                task.0 = arguments["title"].as_str().map_or(task.0.clone(), str::to_owned);
                task.1 = arguments["completed"].as_bool().unwrap_or(task.1);
                self.keep_members(id, arguments);
            }
            _ => {
                self.deleted.replace(Some((id, task.0.clone())));
                let deleted = json!({"deleted_id": id, "title": task.0});
                *slot = None;
                return Ok(deleted);
            }
        }
        Ok(json!({"task": self.object(id, slot)}))
    }

    /// Keeps the members of a task other than its title and completion.
    fn keep_members(&self, id: usize, arguments: &Value) {
        let mut members = self.members.borrow_mut();
        let members = members.entry(id).or_default();
        for (name, value) in arguments.as_object().unwrap() {
            if !matches!(name.as_str(), "task_id" | "title" | "completed") {
                members.insert(name.clone(), value.clone());
            }
        }
    }

    fn object(&self, id: usize, task: &Option<(String, bool)>) -> Value {
        let (title, completed) = task.clone().unwrap_or_default();
        let mut object = json!({"id": id, "title": title, "completed": completed});
        for (name, value) in self.members.borrow().get(&id).into_iter().flatten() {
            object[name] = value.clone();
        }
        object
    }
}

fn tool_list(has_dates: bool) -> Value {
    let names = [
        "add_task",
        "list_tasks",
        "complete_task",
        "update_task",
        "delete_task",
        "undo",
        "add_tasks",
        "complete_tasks",
    ];
    let tools = names.map(|name| {
        let hints = json!({"readOnlyHint": name == "list_tasks", "destructiveHint": matches!(name, "update_task" | "delete_task")});
        let schema = if has_dates { json!({"type": "object", "properties": {"due": {}}}) } else { json!({"type": "object"}) };
        json!({"name": name, "description": "…", "inputSchema": schema, "annotations": hints})
    });
    json!({ "tools": tools })
}

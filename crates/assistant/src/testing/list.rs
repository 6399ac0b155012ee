//! A small list of tasks behind an MCP server.

use serde_json::{Value, json};

use super::{TaskSnapshot, TestHost};
use crate::env::{TransportError, WholeResponse};

/// The day on which the tests talk.
const TODAY: &str = "2026-11-28";
/// The time at which the tests talk.
const NOW: &str = "2026-11-28T12:00";

impl TestHost {
    pub(super) fn serve_mcp(&self, request: &http::Request<Vec<u8>>) -> WholeResponse {
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
        match name {
            "list_tasks" => return Ok(self.list_tasks(arguments)),
            "undo" => return self.undo(arguments),
            _ => {}
        }
        let before = self.snapshot();
        let mut result = match name {
            "add_tasks" => self.change_several("add_task", arguments["tasks"].as_array().unwrap().clone())?,
            "complete_tasks" => {
                let completed = arguments["completed"] != false;
                let items = arguments["task_ids"].as_array().unwrap().iter();
                self.change_several(
                    "update_task",
                    items.map(|id| json!({"task_id": id, "completed": completed})).collect(),
                )?
            }
            _ => self.change(name, arguments)?,
        };
        if self.snapshot() != before {
            let mut changes = self.changes.borrow_mut();
            changes.push((before, false));
            result["change"] = json!(changes.len());
        }
        Ok(result)
    }

    fn change_several(&self, name: &str, items: Vec<Value>) -> Result<Value, String> {
        assert!(items.len() <= 25, "a tool takes 25 tasks at once");
        let results = items.iter().map(|item| self.change(name, item));
        Ok(json!({"results": results.collect::<Result<Vec<_>, _>>()?}))
    }

    fn list_tasks(&self, arguments: &Value) -> Value {
        let tasks = self.tasks.borrow();
        let all = tasks.iter().enumerate().filter(|(_, task)| task.is_some());
        let listed =
            all.map(|(at, task)| self.object(at + 1, task)).filter(|task| match arguments["status"].as_str() {
                Some("pending") => task["completed"] == false,
                Some("completed") => task["completed"] == true,
                _ => true,
            });
        let has = |task: &Value, tag: &Value| task["tags"].as_array().is_some_and(|tags| tags.contains(tag));
        let fits = |task: &Value| {
            (arguments["priority"].is_null() || task["priority"] == arguments["priority"])
                && (arguments["list"].is_null() || task["list"] == arguments["list"])
                && arguments["tags"].as_array().into_iter().flatten().all(|tag| has(task, tag))
        };
        let listed = listed.filter(fits);
        let mut listed: Vec<Value> = listed.collect();
        sort(&mut listed, arguments["sort"].as_str().unwrap_or_default());
        let start = arguments["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
        let end = arguments["limit"].as_u64().map_or(listed.len(), |limit| listed.len().min(start + limit as usize));
        let mut page = json!({"tasks": listed[start..end]});
        if end < listed.len() {
            page["next_cursor"] = json!(end.to_string());
        }
        page
    }

    fn change(&self, name: &str, arguments: &Value) -> Result<Value, String> {
        let mut tasks = self.tasks.borrow_mut();
        if name == "add_task" {
            tasks.push(Some((arguments["title"].as_str().unwrap().to_owned(), false)));
            self.keep_members(tasks.len(), arguments);
            return Ok(json!({"task": self.object(tasks.len(), tasks.last().unwrap())}));
        }
        let id = arguments["task_id"].as_u64().unwrap_or(0) as usize;
        let missing = format!("No task with id {id}. Call list_tasks to see the current ids.");
        let slot = tasks.get_mut(id.wrapping_sub(1)).ok_or(missing.clone())?;
        let Some(task) = slot.as_mut() else { return Err(missing) };
        match name {
            "complete_task" => match self.next_occurrence(id) {
                Some(occurrence) => {
                    let mut object = self.object(id, slot);
                    object["occurrence"] = occurrence;
                    return Ok(json!({ "task": object }));
                }
                None => task.1 = true,
            },
            "update_task" => {
                task.0 = arguments["title"].as_str().map_or(task.0.clone(), str::to_owned);
                task.1 = arguments["completed"].as_bool().unwrap_or(task.1);
                self.keep_members(id, arguments);
            }
            _ => {
                let deleted = json!({"deleted_id": id, "title": task.0});
                *slot = None;
                return Ok(deleted);
            }
        }
        Ok(json!({"task": self.object(id, slot)}))
    }

    /// Moves a task that repeats daily or weekly to its next day, and returns the one that is done.
    fn next_occurrence(&self, id: usize) -> Option<Value> {
        let mut members = self.members.borrow_mut();
        let members = members.get_mut(&id)?;
        let days = if members.get("repeat")?.as_str()?.contains("WEEKLY") { 7 } else { 1 };
        let due = members.get("due")?.as_str()?.to_owned();
        let day: chrono::NaiveDate = due[..10].parse().unwrap();
        let next = format!("{}{}", day + chrono::TimeDelta::days(days), &due[10..]);
        members.insert("due".to_owned(), json!(next));
        Some(json!({"due": due, "completed_at": "2026-11-28T11:00:00Z"}))
    }

    fn snapshot(&self) -> TaskSnapshot {
        TaskSnapshot { tasks: self.tasks.borrow().clone(), members: self.members.borrow().clone() }
    }

    /// Undoes a change by its number, or the last one: the tasks that it touched are as before.
    fn undo(&self, arguments: &Value) -> Result<Value, String> {
        let now = self.snapshot();
        let mut changes = self.changes.borrow_mut();
        let words = |at: usize| self.undos.borrow().get(&(at + 1)).copied();
        let last = (0..changes.len()).rev().find(|&at| !changes[at].1 && words(at).is_none());
        let wanted = arguments["change"].as_u64().map(|change| change as usize - 1).or(last);
        let number =
            wanted.filter(|at| !changes[*at].1).ok_or("There is no change of yours that is not undone already.")?;
        changes[number].1 = true;
        let before = changes[number].0.clone();
        let after = changes.get(number + 1).map_or(now.clone(), |(after, _)| after.clone());
        changes.push((now, false));
        let (mut back, mut undone) = (Vec::new(), "changed nothing".to_owned());
        for (at, is) in after.tasks.iter().enumerate() {
            let was = before.tasks.get(at).cloned().flatten();
            if was == *is && before.members.get(&(at + 1)) == after.members.get(&(at + 1)) {
                continue;
            }
            undone = match (&was, is) {
                (None, Some((title, _))) => format!("added \"{title}\""),
                (Some((title, _)), None) => format!("deleted \"{title}\""),
                (Some((_, false)), Some((title, true))) => format!("completed \"{title}\""),
                (Some((_, true)), Some((title, false))) => format!("reopened \"{title}\""),
                (_, task) => format!("changed \"{}\"", task.as_ref().map_or("", |(title, _)| title)),
            };
            self.tasks.borrow_mut()[at] = was.clone();
            let members = before.members.get(&(at + 1)).cloned().unwrap_or_default();
            self.members.borrow_mut().insert(at + 1, members);
            if was.is_some() {
                back.push(self.object(at + 1, &was));
            }
        }
        let own = match words(number) {
            Some(words) => {
                undone = undone.split_once(' ').map_or(String::new(), |(_, title)| format!("{words} {title}"));
                if words == "undone" { "done again" } else { "undone" }
            }
            None => "undone",
        };
        self.undos.borrow_mut().insert(changes.len(), own);
        Ok(json!({"undone": undone, "undone_change": number + 1, "change": changes.len(), "tasks": back}))
    }

    /// Keeps the members of a task other than its title and completion.
    fn keep_members(&self, id: usize, arguments: &Value) {
        let mut members = self.members.borrow_mut();
        let members = members.entry(id).or_default();
        for (name, value) in arguments.as_object().unwrap() {
            match name.as_str() {
                "task_id" | "title" | "completed" => {}
                name if value == "" => drop(members.remove(name)),
                name => drop(members.insert(name.to_owned(), value.clone())),
            }
        }
    }

    fn object(&self, id: usize, task: &Option<(String, bool)>) -> Value {
        let (title, completed) = task.clone().unwrap_or_default();
        let mut object = json!({"id": id, "title": title, "completed": completed});
        for (name, value) in self.members.borrow().get(&id).into_iter().flatten() {
            object[name] = value.clone();
        }
        let is_over = |due: &str| due < if due.contains('T') { NOW } else { TODAY };
        if !completed && object["due"].as_str().is_some_and(is_over) {
            object["overdue"] = json!(true);
        }
        let remind_at = remind_at(&object);
        if !remind_at.is_empty() {
            object["remind_at"] = json!(remind_at);
        }
        object
    }
}

/// Orders tasks as the tool does; those without a date come last.
fn sort(tasks: &mut [Value], order: &str) {
    let text = |task: &Value, name: &str| task[name].as_str().unwrap_or("~").to_lowercase();
    let rank =
        |task: &Value| ["high", "medium", "low"].iter().position(|level| task["priority"] == *level).unwrap_or(3);
    match order.trim_start_matches('-') {
        "" => {}
        "priority" => tasks.sort_by_key(rank),
        "created_at" => tasks.sort_by_key(|task| task["id"].as_i64()),
        name => tasks.sort_by_key(|task| text(task, name)),
    }
    if order.starts_with('-') {
        tasks.reverse();
    }
}

/// When a task reminds: that of a day counts from nine o'clock.
fn remind_at(task: &Value) -> Vec<String> {
    let Some(due) = task["due"].as_str() else { return Vec::new() };
    let due = if due.len() == 10 { format!("{due}T09:00") } else { due.to_owned() };
    let due = chrono::NaiveDateTime::parse_from_str(&due, "%Y-%m-%dT%H:%M").unwrap();
    let minutes = task["remind"].as_array().into_iter().flatten().filter_map(Value::as_i64);
    minutes.map(|minutes| (due - chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string()).collect()
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
        let schema = if has_dates { json!({"type": "object", "properties": {"due": {}, "remind": {}, "list": {}, "tags": {}}}) } else { json!({"type": "object"}) };
        json!({"name": name, "description": "…", "inputSchema": schema, "annotations": hints})
    });
    json!({ "tools": tools })
}

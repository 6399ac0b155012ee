//! The world outside of a turn, scripted: answers of Gemini one after the other, and a small list behind MCP.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use http::StatusCode;

use serde_json::{Value, json};

use crate::gemini::{Gemini, Settings};
use crate::mcp::Mcp;
use crate::model::ChatModel;
use crate::offline::Offline;
use crate::outside::{FetchError, Outside, Take};
use crate::rounds::{Assistant, Event, Kept, Reply, TurnError, Witness};
use crate::turn::{CallOutcome, Step, Turn};

/// What Gemini answers to one request.
pub(crate) enum Scripted {
    /// Status and body.
    Http(u16, String),
    /// The connection breaks.
    Cut,
}

#[derive(Default)]
pub(crate) struct World {
    pub(crate) script: RefCell<VecDeque<Scripted>>,
    /// Paths and bodies that Gemini got.
    pub(crate) asked: RefCell<Vec<(String, String)>>,
    /// Tool calls that the MCP server got.
    pub(crate) called: RefCell<Vec<(String, Value)>>,
    /// The tasks behind the tools: title and whether it is completed; `None` once deleted.
    pub(crate) tasks: RefCell<Vec<Option<(String, bool)>>>,
    /// What was deleted last.
    pub(crate) deleted: RefCell<Option<(usize, String)>>,
    pub(crate) slept: RefCell<Vec<Duration>>,
    pub(crate) logged: RefCell<Vec<String>>,
    pub(crate) kept: RefCell<Vec<Step>>,
    /// Text and calls as they were watched.
    pub(crate) seen: RefCell<Vec<String>>,
    /// After how many events the watcher goes away.
    pub(crate) leaves_after: Cell<Option<usize>>,
    /// After how many things kept the turn is cut off.
    pub(crate) dies_after: Cell<Option<usize>>,
    /// Calls that were made under a key, and what they answered.
    pub(crate) keys: RefCell<HashMap<String, Value>>,
    pub(crate) live: Cell<bool>,
    /// How many turns were begun.
    pub(crate) turns: Cell<u32>,
    pub(crate) clock: Cell<u64>,
    pub(crate) mcp_is_down: Cell<bool>,
}

impl World {
    pub(crate) fn with_tasks(titles: &[&str]) -> Self {
        let tasks = titles.iter().map(|title| Some(((*title).to_owned(), false))).collect();
        Self { tasks: RefCell::new(tasks), clock: Cell::new(1_795_478_400_000), ..Self::default() }
    }

    pub(crate) fn gemini_says(self, answers: Vec<Scripted>) -> Self {
        self.script.borrow_mut().extend(answers);
        self
    }

    /// One turn with Gemini.
    pub(crate) fn chat(&self, history: &[Turn], message: &str) -> Result<Reply, TurnError<()>> {
        let settings = Settings {
            url: "http://gemini.test".into(),
            version: "v1".into(),
            key: "k".into(),
            model: "m-1".into(),
            fallback: "m-2".into(),
        };
        self.with_outside(|outside| self.run(&Gemini::new(&settings, outside), outside, history, asked(message)))
    }

    /// One turn with the offline assistant.
    pub(crate) fn chat_offline(&self, message: &str) -> Reply {
        self.kept.borrow_mut().clear();
        self.with_outside(|outside| self.run(&Offline, outside, &[Turn::default()], asked(message))).unwrap()
    }

    /// One turn with any model.
    pub(crate) fn chat_with(&self, model: &dyn ChatModel, message: &str) -> Result<Reply, TurnError<()>> {
        self.go_on_with(model, asked(message))
    }

    /// The rest of a turn that was cut off.
    pub(crate) fn go_on_with(&self, model: &dyn ChatModel, turn: Turn) -> Result<Reply, TurnError<()>> {
        self.with_outside(|outside| self.run(model, outside, &[], turn))
    }

    /// The turn as it was kept so far.
    pub(crate) fn turn(&self, message: &str) -> Turn {
        Turn { message: message.to_owned(), steps: self.kept.borrow().clone() }
    }

    fn with_outside<T>(&self, then: impl FnOnce(Outside) -> T) -> T {
        then(Outside {
            fetch: &|request, _| self.serve_mcp(&request),
            stream: &|request, _, take| self.stream(request, take),
            recall: &|_| None,
            remember: &|_, _| (),
            now_ms: &|| self.clock.get(),
            sleep: &|time| {
                self.clock.set(self.clock.get() + u64::try_from(time.as_millis()).unwrap());
                self.slept.borrow_mut().push(time);
            },
            log: &|event| self.logged.borrow_mut().push(event.to_string()),
        })
    }

    fn run(
        &self,
        model: &dyn ChatModel,
        outside: Outside,
        history: &[Turn],
        turn: Turn,
    ) -> Result<Reply, TurnError<()>> {
        let mcp = Mcp { url: "http://mcp.test/mcp", token: "t", allowed: &[], outside, known_as: "ann" };
        let witness =
            Witness { keep: &|kept| self.keep(kept), watch: &|event| self.watch(event), live: self.live.get() };
        if turn.steps.is_empty() && self.kept.borrow().is_empty() {
            self.turns.set(self.turns.get() + 1);
        }
        let turn_id = format!("7-{}", self.turns.get());
        Assistant { model, mcp: &mcp, outside, today: None, turn_id: &turn_id }.run(None, history, turn, &witness)
    }

    fn keep(&self, kept: Kept) -> Result<(), ()> {
        if let Some(left) = self.dies_after.get() {
            self.dies_after.set(Some(left.checked_sub(1).ok_or(())?));
        }
        let mut steps = self.kept.borrow_mut();
        let (step, new) = match kept {
            Kept::Answer(step, answer) => (step, Step::Model(answer.clone())),
            Kept::Calls(step, calls) => (step, Step::Tools(calls.to_vec())),
        };
        steps.truncate(step - 1);
        assert_eq!(steps.len(), step - 1, "no step is left out");
        steps.push(new);
        Ok(())
    }

    fn watch(&self, event: Event) -> ControlFlow<()> {
        let mut seen = self.seen.borrow_mut();
        seen.push(match event {
            Event::Round => "round".to_owned(),
            Event::Text(text) => format!("text {text}"),
            Event::Called { name, .. } => format!("call {name}"),
            Event::Returned(call) => match &call.outcome {
                CallOutcome::Done { .. } => "done".to_owned(),
                other => format!("{other}"),
            },
        });
        match self.leaves_after.get() {
            Some(after) if seen.len() > after => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn stream(&self, request: http::Request<Vec<u8>>, take: &mut Take<'_>) -> Result<StatusCode, FetchError> {
        let body = String::from_utf8(request.body().clone()).unwrap();
        assert_eq!(request.headers()["x-goog-api-key"], "k");
        assert_eq!(request.uri().query(), Some("alt=sse"));
        self.asked.borrow_mut().push((request.uri().path().to_owned(), body));
        match self.script.borrow_mut().pop_front().expect("no more answers are scripted") {
            Scripted::Http(200, body) => {
                // The whole answer as one event; an empty body as none.
                let event =
                    if body.is_empty() { String::new() } else { format!("data: {}\r\n\r\n", body.replace('\n', " ")) };
                let _taken = take(StatusCode::OK, event.as_bytes());
                Ok(StatusCode::OK)
            }
            Scripted::Http(status, body) => {
                let status = StatusCode::from_u16(status).unwrap();
                let _taken = take(status, body.as_bytes());
                Ok(status)
            }
            Scripted::Cut => Err(FetchError::Failed("connection reset".into())),
        }
    }

    fn serve_mcp(&self, request: &http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        if self.mcp_is_down.get() {
            return Err(FetchError::Failed("refused".into()));
        }
        let key = request.headers().get("idempotency-key").map(|key| key.to_str().unwrap());
        let request: Value = serde_json::from_slice(request.body()).unwrap();
        let result = match request["method"].as_str() {
            Some("tools/list") => tool_list(),
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

    fn use_tool(&self, name: &str, arguments: &Value) -> Result<Value, String> {
        let mut tasks = self.tasks.borrow_mut();
        if name == "add_task" {
            tasks.push(Some((arguments["title"].as_str().unwrap().to_owned(), false)));
            return Ok(json!({"task": object(tasks.len(), tasks.last().unwrap())}));
        }
        if name == "list_tasks" {
            let all = tasks.iter().enumerate().filter(|(_, task)| task.is_some());
            let shown = all.map(|(at, task)| object(at + 1, task)).filter(|task| match arguments["status"].as_str() {
                Some("pending") => task["completed"] == false,
                Some("completed") => task["completed"] == true,
                _ => true,
            });
            return Ok(json!({"tasks": shown.collect::<Vec<_>>()}));
        }
        if name == "undo" {
            let (id, title) = self.deleted.borrow_mut().take().ok_or("Nothing was deleted. Call list_tasks.")?;
            tasks[id - 1] = Some((title, false));
            return Ok(json!({"tasks": [object(id, &tasks[id - 1])]}));
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
            }
            _ => {
                self.deleted.replace(Some((id, task.0.clone())));
                let deleted = json!({"deleted_id": id, "title": task.0});
                *slot = None;
                return Ok(deleted);
            }
        }
        Ok(json!({"task": object(id, slot)}))
    }
}

fn asked(message: &str) -> Turn {
    Turn { message: message.to_owned(), steps: Vec::new() }
}

fn object(id: usize, task: &Option<(String, bool)>) -> Value {
    let (title, completed) = task.clone().unwrap_or_default();
    json!({"id": id, "title": title, "completed": completed})
}

fn tool_list() -> Value {
    let names = ["add_task", "list_tasks", "complete_task", "update_task", "delete_task", "undo"];
    let tools = names.map(|name| {
        let hints = json!({"readOnlyHint": name == "list_tasks", "destructiveHint": matches!(name, "update_task" | "delete_task")});
        json!({"name": name, "description": "…", "inputSchema": {"type": "object"}, "annotations": hints})
    });
    json!({ "tools": tools })
}

/// A whole answer of Gemini around `parts`, written as JSON text.
pub(crate) fn parts(parts: &str) -> Scripted {
    finished(parts, "STOP")
}

/// The same with another finish reason.
pub(crate) fn finished(parts: &str, reason: &str) -> Scripted {
    let body = format!(
        r#"{{"candidates":[{{"content":{{"role":"model","parts":{parts}}},"finishReason":"{reason}","index":0}}],
        "usageMetadata":{{"promptTokenCount":168,"totalTokenCount":257}},"modelVersion":"m-1-001","responseId":"x"}}"#
    );
    Scripted::Http(200, body)
}

/// An answer that is only text.
pub(crate) fn says(text: &str) -> Scripted {
    parts(&json!([{ "text": text }]).to_string())
}

/// An error of Google.
pub(crate) fn fails(status: u16, message: &str) -> Scripted {
    Scripted::Http(status, json!({"error": {"code": status, "message": message, "status": "X"}}).to_string())
}

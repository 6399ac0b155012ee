//! One call of a turn: whether it may run, whether it needs the user's word first, and what came of it.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::confirm::{self, Kind, Wish};
use crate::mcp::CallOptions;
use crate::model::{ToolDeclaration, ToolRequest};
use crate::question;
use crate::rounds::{Assistant, TOOL_TIMEOUT};
use crate::turn::{CallOutcome, Step, ToolCall, Turn};

const CALLS_A_ROUND: usize = 8;
const CALLS_A_TURN: usize = 16;
/// The same call with the same arguments is refused the third time.
const SAME_CALLS: usize = 2;
/// Pages of the list that are read to find a title.
const PAGES: usize = 5;
const LIST_TOOL: &str = "list_tasks";

/// What the calls of a turn have used up, and what they told about tasks.
#[derive(Default)]
pub(crate) struct Calls {
    /// Whether the model may call no more.
    pub(crate) exhausted: bool,
    made: Vec<(String, Map<String, Value>)>,
    kinds: Vec<Kind>,
    /// The turn was cut off before the next call was kept; that call may have been made.
    uncertain: bool,
    /// Of tasks; none where the server did not tell.
    titles: HashMap<i64, Option<String>>,
}

impl Calls {
    /// Those that a turn has made so far.
    pub(crate) fn of(turn: &Turn) -> Self {
        let mut calls = Self { uncertain: !turn.steps.is_empty(), ..Self::default() };
        for call in turn.calls() {
            calls.note(call.name.clone(), call.arguments.clone(), &call.outcome);
        }
        // Of earlier rounds; those of the current one are counted together.
        for step in turn.steps.iter().take(turn.steps.len().saturating_sub(1)) {
            if let Step::Tools(done) = step {
                calls.kinds.extend(done.iter().map(kind_of));
            }
        }
        calls
    }

    /// Runs call `index` of the round's `requests`. `place` is the round's step, and when the turn must be over.
    pub(crate) fn run(
        &mut self,
        assistant: &Assistant,
        requests: &[ToolRequest],
        index: usize,
        tools: &[ToolDeclaration],
        wish: &Wish,
        (step, deadline_ms): (usize, u64),
    ) -> CallOutcome {
        let began = (assistant.env.now_ms)();
        let request = &requests[index];
        let tool = tools.iter().find(|tool| tool.name == request.name);
        let uncertain = std::mem::take(&mut self.uncertain);
        let outcome = match self.admit(index, request, tool) {
            Ok(tool) if uncertain && !tool.repeatable => {
                CallOutcome::Failed { error: "This was interrupted; it is not known whether it was done.".to_owned() }
            }
            Err(outcome) => outcome,
            Ok(tool) => {
                let kind = requested_kind(request, tool);
                let of_kind = |other: &&ToolRequest| requested_kind(other, tool) == kind && other.name == request.name;
                let alike = requests.iter().filter(of_kind).count() + self.kinds.iter().filter(|k| **k == kind).count();
                let key = format!("{}-{step}-{index}", assistant.turn_id);
                self.settle(assistant, (request, tool), (alike, wish), &key, deadline_ms)
            }
        };
        if index + 1 == requests.len() {
            let kinds = requests.iter().map(|other| match tools.iter().find(|tool| tool.name == other.name) {
                Some(tool) => requested_kind(other, tool),
                None => Kind::Harmless,
            });
            self.kinds.extend(kinds);
        }
        self.note(request.name.clone(), request.arguments.clone(), &outcome);
        let ms = (assistant.env.now_ms)().saturating_sub(began);
        let status = match &outcome {
            CallOutcome::Done { .. } => "done",
            CallOutcome::Failed { .. } | CallOutcome::NotRun { .. } => "failed",
            CallOutcome::ConfirmationRequired { .. } => "confirmation_required",
            CallOutcome::Denied { .. } => "denied",
        };
        let name = tool.map_or("(unknown)", |tool| &tool.name);
        (assistant.env.log)(json!({"event": "tool_call", "step": step, "tool": name, "status": status, "ms": ms}));
        outcome
    }

    /// Returns the tool of a call that is within the limits of the turn; else the call's outcome.
    fn admit<'a>(
        &mut self,
        index: usize,
        call: &ToolRequest,
        tool: Option<&'a ToolDeclaration>,
    ) -> Result<&'a ToolDeclaration, CallOutcome> {
        if index >= CALLS_A_ROUND {
            return Err(CallOutcome::not_run(&format!("at most {CALLS_A_ROUND} calls in one step.")));
        }
        if self.made.len() >= CALLS_A_TURN {
            self.exhausted = true;
            let reason = format!("at most {CALLS_A_TURN} calls for one message. Answer with what you have.");
            return Err(CallOutcome::not_run(&reason));
        }
        let tool = tool.ok_or_else(|| CallOutcome::Failed { error: "There is no such tool.".to_owned() })?;
        let same =
            |(name, arguments): &&(String, Map<String, Value>)| *name == call.name && *arguments == call.arguments;
        if self.made.iter().filter(same).count() >= SAME_CALLS {
            self.exhausted = true;
            return Err(CallOutcome::not_run("the same call was made before, with the same arguments."));
        }
        Ok(tool)
    }

    /// Runs the call if the user's own words allow it, else asks for them.
    fn settle(
        &mut self,
        assistant: &Assistant,
        (request, tool): (&ToolRequest, &ToolDeclaration),
        (alike, wish): (usize, &Wish),
        key: &str,
        deadline_ms: u64,
    ) -> CallOutcome {
        let kind = requested_kind(request, tool);
        let time = assistant.env.time_until(deadline_ms, TOOL_TIMEOUT);
        if time.is_zero() {
            return CallOutcome::not_run("the time for this turn is over.");
        }
        let id = confirm::task_id(request);
        if !wish.allows(kind, id, alike, || self.title(assistant, id, time)) {
            let title = self.title(assistant, id, time);
            let summary = question::question(request, kind, title.as_deref(), assistant.language);
            return CallOutcome::ConfirmationRequired { action_id: key.to_owned(), summary };
        }
        let repeatable = tool.repeatable && !tool.destructive; // of two deletions the second would find nothing
        match assistant.mcp.call(
            &request.name,
            &request.arguments,
            CallOptions { idempotency_key: key, repeatable },
            time,
        ) {
            Ok(result) => CallOutcome::Done { result },
            Err(error) => CallOutcome::Failed { error },
        }
    }

    /// The title of a task, if the server tells; it is asked once.
    fn title(&mut self, assistant: &Assistant, id: Option<i64>, time: Duration) -> Option<String> {
        let id = id?;
        let mut cursor = Value::Null;
        for _ in 0..PAGES {
            if self.titles.contains_key(&id) {
                break;
            }
            let mut arguments = Map::from_iter([("limit".to_owned(), json!(100)), ("status".to_owned(), json!("all"))]);
            if !cursor.is_null() {
                arguments.insert("cursor".to_owned(), cursor);
            }
            let Ok(page) =
                assistant.mcp.call(LIST_TOOL, &arguments, CallOptions { idempotency_key: "", repeatable: true }, time)
            else {
                break;
            };
            self.learn(&page);
            cursor = page["next_cursor"].clone();
            if cursor.is_null() {
                break;
            }
        }
        self.titles.entry(id).or_default().clone()
    }

    fn note(&mut self, name: String, arguments: Map<String, Value>, outcome: &CallOutcome) {
        match outcome {
            CallOutcome::NotRun { .. } => return,
            CallOutcome::Done { result } => self.learn(result),
            _ => {}
        }
        self.made.push((name, arguments));
    }

    fn learn(&mut self, result: &Value) {
        let tasks = result["tasks"].as_array().into_iter().flatten().chain(result.get("task"));
        for task in tasks {
            if let (Some(id), Some(title)) = (task["id"].as_i64(), task["title"].as_str()) {
                self.titles.insert(id, Some(title.to_owned()));
            }
        }
    }
}

/// What a call does, by its own name and arguments alone.
fn kind_of(call: &ToolCall) -> Kind {
    Kind::of(&call.name, &call.arguments, false)
}

fn requested_kind(request: &ToolRequest, tool: &ToolDeclaration) -> Kind {
    Kind::of(&request.name, &request.arguments, tool.destructive)
}

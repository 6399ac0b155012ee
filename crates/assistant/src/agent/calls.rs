//! The tool calls of a turn: which of them may run, which need the user's confirmation first, and what they return.

use serde_json::{Map, Value, json};

use crate::agent::arguments::schema_fault;
use crate::agent::assistant::{Assistant, TOOL_TIMEOUT};
use crate::agent::confirm::{CallKind, runs_at_once, task_id};
use crate::agent::question::summarize_call;
use crate::agent::single::single_calls;
use crate::agent::titles::{NoSuchTask, TaskCache};
use crate::mcp::CallOptions;
use crate::model::{ToolDeclaration, ToolRequest};
use crate::offline::SpokenOrder;
use crate::turn::{CallOutcome, Step, ToolCall, Turn};

const MAX_CALLS_IN_ROUND: usize = 8;
const MAX_CALLS_IN_TURN: usize = 16;
/// So many calls of a round may be asked about in one question.
const MAX_QUESTIONS: usize = 50;
/// How often the same call may run with the same arguments.
const MAX_SAME_CALLS: usize = 2;

/// Runs the calls of a turn within its limits.
pub(crate) struct CallRunner<'a> {
    assistant: &'a Assistant<'a>,
    order: SpokenOrder,
    tools: &'a [ToolDeclaration],
    deadline_ms: u64,
    /// The model may call no more.
    exhausted: bool,
    /// Name and arguments of each call so far that was not stopped by a limit.
    made: Vec<(String, Map<String, Value>)>,
    /// Kinds of the calls of earlier rounds, and how many of their acts the message does not ask for.
    earlier: Vec<(CallKind, usize)>,
    /// Calls that were not only asked about: in this round, and in the turn.
    ran: (usize, usize),
    /// The turn was cut off before its next call was stored; that call may have run.
    uncertain: bool,
    tasks: TaskCache,
}

impl<'a> CallRunner<'a> {
    /// Starts from the calls that `turn` has made so far.
    pub(crate) fn new(
        assistant: &'a Assistant<'a>,
        turn: &Turn,
        tools: &'a [ToolDeclaration],
        deadline_ms: u64,
    ) -> Self {
        let mut runner = Self {
            assistant,
            order: SpokenOrder::read(&turn.message),
            tools,
            deadline_ms,
            exhausted: false,
            made: Vec::new(),
            earlier: Vec::new(),
            ran: (0, 0),
            uncertain: !turn.steps.is_empty(),
            tasks: TaskCache::default(),
        };
        for call in turn.calls() {
            runner.note(call.name.clone(), call.arguments.clone(), &call.outcome);
        }
        // Those of earlier rounds; calls of the current one are counted together.
        let before = turn.steps.iter().take(turn.steps.len().saturating_sub(1)).flat_map(Step::calls);
        let requests: Vec<ToolRequest> = before.map(stored_request).collect();
        runner.note_round(&requests);
        runner
    }

    /// Whether the model may call no more.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Runs call `index` of the round's `requests`; `step` is the number of the round's results within the turn.
    pub(crate) fn run(&mut self, requests: &[ToolRequest], index: usize, step: usize) -> CallOutcome {
        let env = self.assistant.env;
        let started_ms = (env.now_ms)();
        let request = &requests[index];
        let tool = self.tools.iter().find(|tool| tool.name == request.name);
        let uncertain = std::mem::take(&mut self.uncertain);
        let outcome = match self.admit(index, request, tool) {
            Ok(tool) if uncertain && !tool.repeatable => {
                CallOutcome::Failed { error: "This was interrupted; it is not known whether it was done.".to_owned() }
            }
            Ok(tool) => {
                let key = format!("{}-{step}-{index}", self.assistant.turn_id);
                self.confirm_or_call(requests, index, tool, &key)
            }
            Err(outcome) => outcome,
        };
        if index + 1 == requests.len() {
            self.note_round(requests);
        }
        self.note(request.name.clone(), request.arguments.clone(), &outcome);
        let ms = (env.now_ms)().saturating_sub(started_ms);
        let (name, status) = (tool.map_or("(unknown)", |tool| &tool.name), outcome.status());
        (env.log)(json!({"event": "tool_call", "step": step, "tool": name, "status": status, "ms": ms}));
        outcome
    }

    /// Returns the tool of a call that is within the limits of the turn; else the call's outcome.
    fn admit<'t>(
        &mut self,
        index: usize,
        call: &ToolRequest,
        tool: Option<&'t ToolDeclaration>,
    ) -> Result<&'t ToolDeclaration, CallOutcome> {
        if index == 0 {
            self.ran.0 = 0;
        }
        if index >= MAX_QUESTIONS || self.ran.0 >= MAX_CALLS_IN_ROUND {
            return Err(CallOutcome::not_run(&format!("at most {MAX_CALLS_IN_ROUND} calls in one step.")));
        }
        if self.ran.1 >= MAX_CALLS_IN_TURN {
            self.exhausted = true;
            let reason = format!("at most {MAX_CALLS_IN_TURN} calls for one message. Answer with what you have.");
            return Err(CallOutcome::not_run(&reason));
        }
        let tool = tool.ok_or_else(|| self.unknown_tool())?;
        let same =
            |(name, arguments): &&(String, Map<String, Value>)| *name == call.name && *arguments == call.arguments;
        if self.made.iter().filter(same).count() >= MAX_SAME_CALLS {
            self.exhausted = true;
            return Err(CallOutcome::not_run("the same call was made before, with the same arguments."));
        }
        Ok(tool)
    }

    fn unknown_tool(&self) -> CallOutcome {
        let names: Vec<&str> = self.tools.iter().map(|tool| tool.name.as_str()).collect();
        CallOutcome::Failed { error: format!("There is no such tool. There are: {}.", names.join(", ")) }
    }

    /// Makes the call if it may run at once, else asks the user.
    fn confirm_or_call(
        &mut self,
        requests: &[ToolRequest],
        index: usize,
        tool: &ToolDeclaration,
        key: &str,
    ) -> CallOutcome {
        let (assistant, request) = (self.assistant, &requests[index]);
        let kind = CallKind::of_request(request, tool);
        let time = assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        if time.is_zero() {
            return CallOutcome::not_run("the time for this turn is over.");
        }
        if !self.runs_at_once(kind, requests, index) {
            return self.question(request, kind, tool, key);
        }
        let repeatable = tool.repeatable && !tool.destructive; // of two deletions the second would find nothing
        let options = CallOptions { idempotency_key: key, repeatable };
        match assistant.mcp.call(&request.name, &request.arguments, options, time) {
            Ok(result) => CallOutcome::Done { result },
            Err(error) => CallOutcome::Failed { error },
        }
    }

    fn runs_at_once(&mut self, kind: CallKind, requests: &[ToolRequest], index: usize) -> bool {
        let round: Vec<CallKind> = requests.iter().map(|request| self.kind(request)).collect();
        let unasked: Vec<usize> =
            requests.iter().zip(&round).map(|(request, kind)| self.unasked_acts(*kind, request)).collect();
        let calls = || self.earlier.iter().copied().chain(round.iter().copied().zip(unasked.iter().copied()));
        let alike = calls().filter(|(other, _)| *other == kind).count();
        let asked = unasked[index] == 0 && requests.len() <= MAX_CALLS_IN_ROUND;
        let unasked = calls().filter(|(other, _)| other.is_harmless()).map(|(_, acts)| acts).sum();
        runs_at_once(kind, &self.order, asked, alike, unasked)
    }

    /// How many acts of a call the message does not ask for; one for a call that reads.
    fn unasked_acts(&mut self, kind: CallKind, request: &ToolRequest) -> usize {
        let (mcp, tasks) = (self.assistant.mcp, &mut self.tasks);
        let time = self.assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        let mut is_asked =
            |call: &ToolRequest| kind != CallKind::Read && self.order.asks_for(call, || tasks.all(mcp, time));
        let acts = single_calls(request);
        if acts.is_empty() { 1 } else { acts.iter().filter(|call| !is_asked(call)).count() }
    }

    /// The question whether to make a call; refused if the call cannot be made.
    fn question(&mut self, request: &ToolRequest, kind: CallKind, tool: &ToolDeclaration, key: &str) -> CallOutcome {
        if let Some(error) = schema_fault(request, tool) {
            return CallOutcome::Failed { error };
        }
        let mut summaries = Vec::new();
        for single in single_calls(request) {
            match self.summary(&single, kind) {
                Ok(summary) => summaries.push(summary),
                Err(error) => return CallOutcome::Failed { error },
            }
        }
        CallOutcome::ConfirmationRequired { action_id: key.to_owned(), summary: summaries.join("; ") }
    }

    /// What a call for one task would do; an error if there is no such task.
    fn summary(&mut self, request: &ToolRequest, kind: CallKind) -> Result<String, String> {
        let assistant = self.assistant;
        let time = assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        let title = match task_id(request).map(|task| (task, self.tasks.title(assistant.mcp, task, time))) {
            Some((task, Err(NoSuchTask))) => {
                return Err(format!("No task with id {task}. Call list_tasks to see the current ids."));
            }
            Some((_, Ok(title))) => title,
            None => None,
        };
        Ok(summarize_call(request, kind, title.as_deref(), assistant.language))
    }

    /// What a call does; nothing where there is no such tool.
    fn kind(&self, request: &ToolRequest) -> CallKind {
        let tool = self.tools.iter().find(|tool| tool.name == request.name);
        tool.map_or(CallKind::Read, |tool| CallKind::of_request(request, tool))
    }

    /// Takes a call into account for the calls after it.
    fn note(&mut self, name: String, arguments: Map<String, Value>, outcome: &CallOutcome) {
        match outcome {
            CallOutcome::NotRun { .. } => return,
            CallOutcome::Done { result } => self.tasks.learn(result),
            _ => {}
        }
        if !matches!(outcome, CallOutcome::ConfirmationRequired { .. }) {
            self.ran = (self.ran.0 + 1, self.ran.1 + 1);
        }
        self.made.push((name, arguments));
    }

    /// Takes the calls of a round into account for the rounds after it.
    fn note_round(&mut self, requests: &[ToolRequest]) {
        for request in requests {
            let kind = self.kind(request);
            let unasked = self.unasked_acts(kind, request);
            self.earlier.push((kind, unasked));
        }
    }
}

/// The request for a stored call.
fn stored_request(call: &ToolCall) -> ToolRequest {
    ToolRequest { id: None, name: call.name.clone(), arguments: call.arguments.clone() }
}

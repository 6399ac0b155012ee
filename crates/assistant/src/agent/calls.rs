//! The tool calls of a turn: which of them may run, which need the user's confirmation first, and what they return.

use serde_json::{Map, Value, json};

use crate::agent::assistant::{Assistant, TOOL_TIMEOUT};
use crate::agent::confirm::{CallKind, UserIntent, task_id};
use crate::agent::question::summarize_call;
use crate::agent::titles::TitleCache;
use crate::mcp::CallOptions;
use crate::model::{ToolDeclaration, ToolRequest};
use crate::turn::{CallOutcome, Step, ToolCall, Turn};

const MAX_CALLS_IN_ROUND: usize = 8;
const MAX_CALLS_IN_TURN: usize = 16;
/// How often the same call may run with the same arguments.
const MAX_SAME_CALLS: usize = 2;

/// Runs the calls of a turn within its limits.
pub(crate) struct CallRunner<'a> {
    assistant: &'a Assistant<'a>,
    intent: UserIntent,
    tools: &'a [ToolDeclaration],
    deadline_ms: u64,
    /// The model may call no more.
    exhausted: bool,
    /// Name and arguments of each call so far that was not stopped by a limit.
    made: Vec<(String, Map<String, Value>)>,
    /// Kinds of the calls of earlier rounds.
    kinds: Vec<CallKind>,
    /// The turn was cut off before its next call was stored; that call may have run.
    uncertain: bool,
    titles: TitleCache,
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
            intent: UserIntent::parse(&turn.message),
            tools,
            deadline_ms,
            exhausted: false,
            made: Vec::new(),
            kinds: Vec::new(),
            uncertain: !turn.steps.is_empty(),
            titles: TitleCache::default(),
        };
        for call in turn.calls() {
            runner.note(call.name.clone(), call.arguments.clone(), &call.outcome);
        }
        // Those of earlier rounds; calls of the current one are counted together.
        let earlier = turn.steps.iter().take(turn.steps.len().saturating_sub(1)).flat_map(Step::calls);
        runner.kinds.extend(earlier.map(stored_kind));
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
                self.confirm_or_call(request, tool, self.count_alike(requests, request, tool), &key)
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
        if index >= MAX_CALLS_IN_ROUND {
            return Err(CallOutcome::not_run(&format!("at most {MAX_CALLS_IN_ROUND} calls in one step.")));
        }
        if self.made.len() >= MAX_CALLS_IN_TURN {
            self.exhausted = true;
            let reason = format!("at most {MAX_CALLS_IN_TURN} calls for one message. Answer with what you have.");
            return Err(CallOutcome::not_run(&reason));
        }
        let tool = tool.ok_or_else(|| CallOutcome::Failed { error: "There is no such tool.".to_owned() })?;
        let same =
            |(name, arguments): &&(String, Map<String, Value>)| *name == call.name && *arguments == call.arguments;
        if self.made.iter().filter(same).count() >= MAX_SAME_CALLS {
            self.exhausted = true;
            return Err(CallOutcome::not_run("the same call was made before, with the same arguments."));
        }
        Ok(tool)
    }

    /// The number of calls of the same kind: those of this round by the same tool, and all of earlier rounds.
    fn count_alike(&self, requests: &[ToolRequest], request: &ToolRequest, tool: &ToolDeclaration) -> usize {
        let kind = requested_kind(request, tool);
        let alike = |other: &&ToolRequest| requested_kind(other, tool) == kind && other.name == request.name;
        requests.iter().filter(alike).count() + self.kinds.iter().filter(|earlier| **earlier == kind).count()
    }

    /// Makes the call if the user's own words allow it, else asks the user.
    fn confirm_or_call(
        &mut self,
        request: &ToolRequest,
        tool: &ToolDeclaration,
        alike: usize,
        key: &str,
    ) -> CallOutcome {
        let assistant = self.assistant;
        let kind = requested_kind(request, tool);
        let time = assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        if time.is_zero() {
            return CallOutcome::not_run("the time for this turn is over.");
        }
        let task = task_id(request);
        if !self.intent.allows(kind, task, alike, || self.titles.find(assistant.mcp, task?, time)) {
            let title = task.and_then(|task| self.titles.find(assistant.mcp, task, time));
            let summary = summarize_call(request, kind, title.as_deref(), assistant.language);
            return CallOutcome::ConfirmationRequired { action_id: key.to_owned(), summary };
        }
        let repeatable = tool.repeatable && !tool.destructive; // of two deletions the second would find nothing
        let options = CallOptions { idempotency_key: key, repeatable };
        match assistant.mcp.call(&request.name, &request.arguments, options, time) {
            Ok(result) => CallOutcome::Done { result },
            Err(error) => CallOutcome::Failed { error },
        }
    }

    /// Takes a call into account for the calls after it.
    fn note(&mut self, name: String, arguments: Map<String, Value>, outcome: &CallOutcome) {
        match outcome {
            CallOutcome::NotRun { .. } => return,
            CallOutcome::Done { result } => self.titles.learn(result),
            _ => {}
        }
        self.made.push((name, arguments));
    }

    /// Takes the kinds of a round's calls into account for the rounds after it.
    fn note_round(&mut self, requests: &[ToolRequest]) {
        let kind = |request: &ToolRequest| match self.tools.iter().find(|tool| tool.name == request.name) {
            Some(tool) => requested_kind(request, tool),
            None => CallKind::Harmless,
        };
        self.kinds.extend(requests.iter().map(kind));
    }
}

/// What a stored call does, by its own name and arguments alone.
fn stored_kind(call: &ToolCall) -> CallKind {
    CallKind::of(&call.name, &call.arguments, false)
}

fn requested_kind(request: &ToolRequest, tool: &ToolDeclaration) -> CallKind {
    CallKind::of(&request.name, &request.arguments, tool.destructive)
}

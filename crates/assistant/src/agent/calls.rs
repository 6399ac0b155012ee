//! The tool calls of a turn: which of them may run, which need the user's confirmation first, which run at once, and what they return.

use std::ops::Range;
use std::time::Duration;

use futures::future::join_all;
use serde_json::json;

use crate::agent::arguments::schema_fault;
use crate::agent::assistant::{Assistant, TOOL_TIMEOUT};
use crate::agent::call_limits::{CallLimits, MAX_CALLS_IN_ROUND};
use crate::agent::confirm::{CallKind, runs_at_once, task_id};
use crate::agent::question::{MAX_LISTED, MAX_SHOWN, summarize_call};
use crate::agent::single::single_calls;
use crate::agent::titles::{NoSuchTask, TaskCache};
use crate::day_words::DayWords;
use crate::mcp::CallOptions;
use crate::model::{ToolDeclaration, ToolRequest};
use crate::offline::SpokenOrder;
use crate::turn::{CallOutcome, Step, ToolCall, Turn};

/// Runs the calls of a turn within its limits.
pub(crate) struct CallRunner<'a> {
    assistant: &'a Assistant<'a>,
    order: SpokenOrder,
    tools: &'a [ToolDeclaration],
    deadline_ms: u64,
    limits: CallLimits,
    /// Kinds of the calls of earlier rounds, and how many of their acts the message does not ask for.
    earlier: Vec<(CallKind, usize)>,
    tasks: TaskCache,
}

impl<'a> CallRunner<'a> {
    /// Starts from the calls that `turn` has made so far.
    pub(crate) async fn new(
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
            limits: CallLimits::new(!turn.steps.is_empty()),
            earlier: Vec::new(),
            tasks: TaskCache::default(),
        };
        for call in turn.calls() {
            runner.limits.note(call.name.clone(), call.arguments.clone(), &call.outcome);
            runner.learn(&call.outcome);
        }
        // Those of earlier rounds; calls of the current one are counted together.
        let before = turn.steps.iter().take(turn.steps.len().saturating_sub(1)).flat_map(Step::calls);
        let requests: Vec<ToolRequest> = before.map(stored_request).collect();
        runner.note_round(&requests).await;
        runner
    }

    /// Whether the model may call no more.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.limits.is_exhausted()
    }

    /// The calls from `first` on that are made at once: one, or as many as only read. What changes something waits for what comes
    /// before it.
    pub(crate) fn made_at_once(&self, requests: &[ToolRequest], first: usize) -> Range<usize> {
        let reads = |request: &&ToolRequest| self.kind(request) == CallKind::Read;
        first..first + requests[first..].iter().take_while(reads).count().max(1)
    }

    /// Runs these calls of the round's `requests`; `step` is the number of the round's results within the turn.
    pub(crate) async fn run(&mut self, requests: &[ToolRequest], calls: Range<usize>, step: usize) -> Vec<CallOutcome> {
        let outcomes = match calls.len() {
            1 => vec![self.run_one(requests, calls.start, step).await],
            _ => self.read(requests, calls.clone(), step).await,
        };
        if calls.end == requests.len() {
            self.note_round(requests).await;
        }
        outcomes
    }

    async fn run_one(&mut self, requests: &[ToolRequest], index: usize, step: usize) -> CallOutcome {
        let started_ms = (self.assistant.env.now_ms)();
        let request = &requests[index];
        let outcome = match self.limits.admit(index, request, self.tools) {
            Ok(tool) => self.confirm_or_call(requests, index, tool, &self.key(step, index)).await,
            Err(outcome) => outcome,
        };
        self.limits.note(request.name.clone(), request.arguments.clone(), &outcome);
        self.learn(&outcome);
        self.log(request, &outcome, step, started_ms);
        outcome
    }

    /// Makes calls that only read, all at once.
    async fn read(&mut self, requests: &[ToolRequest], calls: Range<usize>, step: usize) -> Vec<CallOutcome> {
        let started_ms = (self.assistant.env.now_ms)();
        let mut admitted = Vec::new();
        for index in calls {
            let ToolRequest { name, arguments, .. } = &requests[index];
            let tool = self.limits.admit(index, &requests[index], self.tools);
            match &tool {
                Ok(_) => self.limits.count(name.clone(), arguments.clone()),
                Err(outcome) => self.limits.note(name.clone(), arguments.clone(), outcome),
            }
            admitted.push((index, tool));
        }
        let this = &*self;
        let time = this.assistant.env.time_until(this.deadline_ms, TOOL_TIMEOUT);
        let outcomes = join_all(admitted.into_iter().map(async |(index, tool)| {
            let outcome = match tool {
                Ok(tool) => this.call(&requests[index], tool, &this.key(step, index), time).await,
                Err(outcome) => outcome,
            };
            this.log(&requests[index], &outcome, step, started_ms);
            outcome
        }));
        let outcomes = outcomes.await;
        outcomes.iter().for_each(|outcome| self.learn(outcome));
        outcomes
    }

    /// The idempotency key of a call.
    fn key(&self, step: usize, index: usize) -> String {
        format!("{}-{step}-{index}", self.assistant.turn_id)
    }

    fn log(&self, request: &ToolRequest, outcome: &CallOutcome, step: usize, started_ms: u64) {
        let env = self.assistant.env;
        let ms = (env.now_ms)().saturating_sub(started_ms);
        let (name, status) = (self.tool(request).map_or("(unknown)", |tool| &tool.name), outcome.status());
        (env.log)(json!({"event": "tool_call", "step": step, "tool": name, "status": status, "ms": ms}));
    }

    fn tool(&self, request: &ToolRequest) -> Option<&'a ToolDeclaration> {
        self.tools.iter().find(|tool| tool.name == request.name)
    }

    /// Makes the call if it may run at once, else asks the user.
    async fn confirm_or_call(
        &mut self,
        requests: &[ToolRequest],
        index: usize,
        tool: &ToolDeclaration,
        key: &str,
    ) -> CallOutcome {
        let request = &requests[index];
        let kind = CallKind::of_request(request, tool);
        let time = self.assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        if !time.is_zero() && !self.runs_at_once(kind, requests, index).await {
            return self.question(request, kind, tool, key).await;
        }
        self.call(request, tool, key, time).await
    }

    /// Makes a call.
    async fn call(&self, request: &ToolRequest, tool: &ToolDeclaration, key: &str, time: Duration) -> CallOutcome {
        if time.is_zero() {
            return CallOutcome::not_run("the time for this turn is over.");
        }
        let repeatable = tool.repeatable && !tool.destructive; // of two deletions the second would find nothing
        let options = CallOptions { idempotency_key: key, repeatable };
        match self.assistant.mcp.call(&request.name, &request.arguments, options, time).await {
            Ok(result) => CallOutcome::Done { result },
            Err(error) => CallOutcome::Failed { error },
        }
    }

    async fn runs_at_once(&mut self, kind: CallKind, requests: &[ToolRequest], index: usize) -> bool {
        let round: Vec<CallKind> = requests.iter().map(|request| self.kind(request)).collect();
        let mut unasked = Vec::new();
        for (request, kind) in requests.iter().zip(&round) {
            unasked.push(self.unasked_acts(*kind, request).await);
        }
        let calls = || self.earlier.iter().copied().chain(round.iter().copied().zip(unasked.iter().copied()));
        let alike = calls().filter(|(other, _)| *other == kind).count();
        let asked = unasked[index] == 0 && requests.len() <= MAX_CALLS_IN_ROUND;
        let unasked = calls().filter(|(other, _)| other.is_harmless()).map(|(_, acts)| acts).sum();
        runs_at_once(kind, &self.order, asked, alike, unasked)
    }

    /// How many acts of a call the message does not ask for; one for a call that reads.
    async fn unasked_acts(&mut self, kind: CallKind, request: &ToolRequest) -> usize {
        let acts = single_calls(request);
        if acts.is_empty() {
            return 1;
        }
        let mut unasked = 0;
        for call in &acts {
            unasked += usize::from(kind == CallKind::Read || !self.is_asked(call).await);
        }
        unasked
    }

    /// Whether the message asks for just this call. The list of tasks is read only where a title matters.
    async fn is_asked(&mut self, call: &ToolRequest) -> bool {
        let mut is_list_needed = false;
        let without_list = self.order.asks_for(call, || {
            is_list_needed = true;
            Vec::new()
        });
        if !is_list_needed {
            return without_list;
        }
        let time = self.assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        let tasks = self.tasks.all(self.assistant.mcp, time).await;
        self.order.asks_for(call, || tasks.clone())
    }

    /// The question whether to make a call; refused if the call cannot be made.
    async fn question(
        &mut self,
        request: &ToolRequest,
        kind: CallKind,
        tool: &ToolDeclaration,
        key: &str,
    ) -> CallOutcome {
        if let Some(error) = schema_fault(request, tool) {
            return CallOutcome::Failed { error };
        }
        let mut summaries = Vec::new();
        let singles = single_calls(request);
        let count = singles.len();
        let shown = if count > MAX_LISTED { MAX_SHOWN } else { count };
        for single in singles.into_iter().take(shown) {
            match self.summary(&single, kind).await {
                Ok(summary) => summaries.push(summary),
                Err(error) => return CallOutcome::Failed { error },
            }
        }
        if shown < count {
            summaries.push(format!("… (+{})", count - shown));
        }
        CallOutcome::ConfirmationRequired { action_id: key.to_owned(), summary: summaries.join("; ") }
    }

    /// What a call for one task would do; an error if there is no such task.
    async fn summary(&mut self, request: &ToolRequest, kind: CallKind) -> Result<String, String> {
        let assistant = self.assistant;
        let time = assistant.env.time_until(self.deadline_ms, TOOL_TIMEOUT);
        let title = match task_id(request) {
            Some(task) => {
                let title = self.tasks.title(assistant.mcp, task, time).await;
                title
                    .map_err(|NoSuchTask| format!("No task with id {task}. Call list_tasks to see the current ids."))?
            }
            None => None,
        };
        let days = DayWords { language: assistant.language, today: Some(assistant.clock.today) };
        Ok(summarize_call(request, kind, title.as_deref(), &days))
    }

    /// What a call does; nothing where there is no such tool.
    fn kind(&self, request: &ToolRequest) -> CallKind {
        self.tool(request).map_or(CallKind::Read, |tool| CallKind::of_request(request, tool))
    }

    /// Takes what a call returned into account.
    fn learn(&mut self, outcome: &CallOutcome) {
        if let CallOutcome::Done { result } = outcome {
            self.tasks.learn(result);
        }
    }

    /// Takes the calls of a round into account for the rounds after it.
    async fn note_round(&mut self, requests: &[ToolRequest]) {
        for request in requests {
            let kind = self.kind(request);
            let unasked = self.unasked_acts(kind, request).await;
            self.earlier.push((kind, unasked));
        }
    }
}

/// The request for a stored call.
fn stored_request(call: &ToolCall) -> ToolRequest {
    ToolRequest { id: None, name: call.name.clone(), arguments: call.arguments.clone() }
}

//! Runs a turn from its last stored step on. Each step is stored before the observer receives it, so that a turn that was
//! cut off goes on where it stopped.

use std::ops::ControlFlow;

use crate::agent::arguments::normalized;
use crate::agent::assistant::{Assistant, TOOL_TIMEOUT, TurnError, TurnReply};
use crate::agent::calls::CallRunner;
use crate::model::{FinishReason, ModelError, ModelPrompt, ModelResponse, ToolDeclaration, ToolRequest};
use crate::observer::{StoppableObserver, TurnEvent, TurnObserver};
use crate::prompt::system_prompt;
use crate::turn::{ModelStep, RecordStep, Step, StepRecord, ToolCall, Turn};

/// How long a turn may take, in milliseconds.
const TURN_MS: u64 = 90_000;
/// A model's id of a call that is longer than this, in bytes, is replaced.
const MAX_ID: usize = 64;

/// A turn that runs.
struct TurnRun<'a, E> {
    assistant: &'a Assistant<'a>,
    prompt: PromptParts<'a>,
    turn: Turn,
    calls: CallRunner<'a>,
    record: &'a RecordStep<'a, E>,
    observer: StoppableObserver<'a>,
}

/// The parts of the prompt that stay the same during a turn.
struct PromptParts<'a> {
    system: String,
    summary: Option<&'a str>,
    history: &'a [Turn],
    tools: &'a [ToolDeclaration],
    deadline_ms: u64,
}

impl Assistant<'_> {
    /// Continues `turn` from its last stored step until it has an outcome. `history` holds the earlier turns, oldest first, and
    /// `summary` the ones before those.
    pub async fn run<E>(
        &self,
        summary: Option<&str>,
        history: &[Turn],
        turn: Turn,
        record: &RecordStep<'_, E>,
        observer: &dyn TurnObserver,
    ) -> Result<TurnReply, TurnError<E>> {
        let started_ms = (self.env.now_ms)();
        let deadline_ms = started_ms + TURN_MS;
        let tools = self.mcp.tools(TOOL_TIMEOUT).await.map_err(TurnError::Tools)?;
        let system = system_prompt(self.clock);
        let mut run = TurnRun {
            assistant: self,
            prompt: PromptParts { system, summary, history, tools: &tools, deadline_ms },
            calls: CallRunner::new(self, &turn, &tools, deadline_ms).await,
            turn,
            record,
            observer: StoppableObserver::new(observer),
        };
        loop {
            run.execute_calls().await?;
            match run.next_response().await {
                ControlFlow::Continue(step) => run.store(step)?,
                ControlFlow::Break(last) => return self.conclude(run.turn, last, record, &run.observer),
            }
        }
    }
}

impl<E> TurnRun<'_, E> {
    /// Runs the calls of the last response that have no result yet, one after the other, but those at once that only read.
    async fn execute_calls(&mut self) -> Result<(), TurnError<E>> {
        let Some(requests) = pending_requests(&self.turn) else { return Ok(()) };
        if !matches!(self.turn.steps.last(), Some(Step::Tools(_))) {
            self.turn.steps.push(Step::Tools(Vec::new()));
        }
        let number = self.turn.steps.len();
        let ids = call_ids(&requests, &self.turn);
        let Some(Step::Tools(done)) = self.turn.steps.last_mut() else { return Ok(()) };
        while done.len() < requests.len() {
            let calls = self.calls.made_at_once(&requests, done.len());
            let starts = |index: usize| {
                let ToolRequest { name, arguments, .. } = &requests[index];
                self.observer.observe(TurnEvent::CallStarted { id: &ids[index], name, arguments })
            };
            if calls.clone().try_for_each(starts).is_break() {
                if done.is_empty() {
                    self.turn.steps.pop(); // nothing of it is stored
                }
                return Ok(());
            }
            let outcomes = self.calls.run(&requests, calls.clone(), number).await;
            done.extend(calls.clone().zip(outcomes).map(|(index, outcome)| {
                let ToolRequest { name, arguments, .. } = requests[index].clone();
                ToolCall { id: ids[index].clone(), name, arguments, outcome }
            }));
            (self.record)(StepRecord::Calls(number, done)).map_err(TurnError::Storage)?;
            for call in &done[calls] {
                let _gone = self.observer.observe(TurnEvent::CallEnded(call)); // asked again before the next call
            }
        }
        Ok(())
    }

    /// Asks the model. Breaks with its response where that ends the turn.
    async fn next_response(&self) -> ControlFlow<Result<ModelResponse, ModelError>, ModelStep> {
        if self.observer.observe(TurnEvent::RoundStarted).is_break() {
            return ControlFlow::Break(Err(ModelError::Stopped));
        }
        let may_call = self.turn.round() < self.assistant.model.max_rounds() && !self.calls.is_exhausted();
        let hear = |text: &str| self.observer.observe(TurnEvent::Text(text));
        let response = self.assistant.model.respond(&self.prompt(may_call), &hear).await;
        let calls_tools = |response: &ModelResponse| {
            may_call && response.finish == FinishReason::Complete && !response.calls.is_empty()
        };
        match response {
            Ok(response) if calls_tools(&response) => ControlFlow::Continue(response.into_step(None)),
            last => ControlFlow::Break(last),
        }
    }

    fn store(&mut self, step: ModelStep) -> Result<(), TurnError<E>> {
        (self.record)(StepRecord::Model(self.turn.steps.len() + 1, &step)).map_err(TurnError::Storage)?;
        self.turn.steps.push(Step::Model(step));
        Ok(())
    }

    fn prompt(&self, may_call: bool) -> ModelPrompt<'_> {
        let PromptParts { system, summary, history, tools, deadline_ms } = &self.prompt;
        ModelPrompt {
            system,
            summary: *summary,
            history,
            turn: &self.turn,
            tools,
            may_call,
            live: self.observer.is_live(),
            deadline_ms: *deadline_ms,
        }
    }
}

/// The calls of the last response, if some of them have no result yet.
fn pending_requests(turn: &Turn) -> Option<Vec<ToolRequest>> {
    let (step, done) = match turn.steps.as_slice() {
        [.., Step::Model(step)] => (step, 0),
        [.., Step::Model(step), Step::Tools(calls)] => (step, calls.len()),
        _ => return None,
    };
    let requests: Vec<ToolRequest> = ToolRequest::all_in(step.content.as_ref()?).into_iter().map(normalized).collect();
    (step.outcome.is_none() && done < requests.len()).then_some(requests)
}

/// Ids for the calls of the current round: the model's own where they are new and plain, else ours. The same at each attempt.
fn call_ids(requests: &[ToolRequest], turn: &Turn) -> Vec<String> {
    let rounds = turn.steps.iter().filter(|step| matches!(step, Step::Model(_))).count();
    let earlier = &turn.steps[..turn.steps.len() - 1]; // the round's own results are the last step
    let mut taken: Vec<String> = earlier.iter().flat_map(Step::calls).map(|call| call.id.clone()).collect();
    let before = taken.len();
    for (index, request) in requests.iter().enumerate() {
        let plain = |id: &&String| id.len() <= MAX_ID && id.bytes().all(|b| b.is_ascii_graphic());
        let own = request.id.as_ref().filter(plain).filter(|id| !taken.contains(id)).cloned();
        taken.push(own.unwrap_or_else(|| format!("call_{rounds}_{index}")));
    }
    taken.split_off(before)
}

#[cfg(test)]
mod tests;

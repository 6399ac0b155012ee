//! The loop of a turn: the model answers, its calls run, it answers again. The loop is the same for every model. All limits
//! of a turn are here; each failure of a call becomes a result that the model reads. Every step is kept before anybody
//! hears of it, and a turn that was cut off goes on from its last kept step.

use std::time::Duration;

use crate::confirm;
use crate::ending::kept;
use crate::env::TurnEnv;
use crate::execute::Calls;
use crate::language::Language;
use crate::mcp::{McpClient, McpClientError};
use crate::model::{ChatModel, FinishReason, ModelError, ModelPrompt, ToolDeclaration, ToolRequest};
use crate::observer::{StoppableObserver, TurnEvent, TurnObserver};
use crate::prompt::system_prompt;
use crate::turn::{RecordStep, Step, StepRecord, ToolCall, Turn, TurnOutcome};

/// How long a turn may take.
pub const TURN_SECONDS: u64 = 90;
const ROUNDS: usize = 5;
/// A longer name of a call is replaced by one of ours, like one with other than visible characters.
const LONGEST_ID: usize = 64;
/// How long one call of a tool may take.
pub const TOOL_TIMEOUT: Duration = Duration::from_secs(15);

/// What the user gets.
#[derive(Debug, Clone)]
pub struct TurnReply {
    /// The assistant's words.
    pub text: String,
    /// The calls of the whole turn, in order.
    pub calls: Vec<ToolCall>,
    /// How the turn ended.
    pub outcome: TurnOutcome,
}

/// Why a turn has no reply. `E` is the error of storing a step.
#[derive(Debug, thiserror::Error)]
pub enum TurnError<E> {
    /// The model.
    #[error(transparent)]
    Model(ModelError),
    /// The tools.
    #[error(transparent)]
    Tools(McpClientError),
    /// A step could not be stored.
    #[error("step not stored")]
    Storage(E),
}

/// Runs turns for one user.
pub struct Assistant<'a> {
    /// The model.
    pub model: &'a dyn ChatModel,
    /// The tools.
    pub mcp: &'a McpClient<'a>,
    /// Clock, wait and log.
    pub env: TurnEnv<'a>,
    /// The user's date and time, and the zone they are in, in words; the date in UTC if absent.
    pub today: Option<&'a str>,
    /// Of what is said by nobody but us.
    pub language: Language,
    /// The name of this turn, unique for the user: calls are made under it, so that none is done twice.
    pub turn_id: &'a str,
}

/// One turn under way.
struct Running<'a> {
    system: String,
    history: &'a [Turn],
    summary: Option<&'a str>,
    tools: Vec<ToolDeclaration>,
    turn: Turn,
    deadline_ms: u64,
}

impl Assistant<'_> {
    /// Answers the message of `turn`, from its last kept step on. The last step kept has an outcome.
    pub fn run<E>(
        &self,
        summary: Option<&str>,
        history: &[Turn],
        turn: Turn,
        record: &RecordStep<E>,
        observer: &dyn TurnObserver,
    ) -> Result<TurnReply, TurnError<E>> {
        let started = (self.env.now_ms)();
        let tools = self.mcp.tools(TOOL_TIMEOUT).map_err(TurnError::Tools)?;
        let system = system_prompt(started, self.today);
        let deadline_ms = started + TURN_SECONDS * 1000;
        let mut running = Running { system, history, summary, tools, turn, deadline_ms };
        let mut calls = Calls::of(&running.turn);
        let observer = &StoppableObserver::new(observer);
        loop {
            if let Some(requests) = unanswered(&running.turn) {
                self.execute(&requests, &mut running, &mut calls, record, observer)?;
            }
            let round = running.turn.round();
            if observer.observe(TurnEvent::RoundStarted).is_break() {
                return self.conclude(running.turn, Err(ModelError::Stopped), record, observer);
            }
            let may_call = round < ROUNDS && !calls.exhausted;
            let answer = self.model.answer(&running.prompt(may_call, observer.is_live()), &|text| {
                let _gone = observer.observe(TurnEvent::Text(text));
            });
            match answer {
                Ok(answer) if may_call && answer.finish == FinishReason::Complete && !answer.calls.is_empty() => {
                    let step = kept(answer, None);
                    record(StepRecord::Model(running.turn.steps.len() + 1, &step)).map_err(TurnError::Storage)?;
                    running.turn.steps.push(Step::Model(step));
                }
                last => return self.conclude(running.turn, last, record, observer),
            }
        }
    }

    /// Runs the calls of the last answer that have no result yet, one after the other.
    fn execute<E>(
        &self,
        requests: &[ToolRequest],
        running: &mut Running,
        calls: &mut Calls,
        record: &RecordStep<E>,
        observer: &dyn TurnObserver,
    ) -> Result<(), TurnError<E>> {
        if !matches!(running.turn.steps.last(), Some(Step::Tools(_))) {
            running.turn.steps.push(Step::Tools(Vec::new()));
        }
        let step = running.turn.steps.len();
        let ids = ids(requests, &running.turn);
        let wish = confirm::Wish::of(&running.turn.message);
        loop {
            let Some(Step::Tools(done)) = running.turn.steps.last() else { return Ok(()) };
            let index = done.len();
            let Some(request) = requests.get(index) else { return Ok(()) };
            let id = ids[index].clone();
            let (name, arguments) = (request.name.clone(), request.arguments.clone());
            if observer.observe(TurnEvent::CallStarted { id: &id, name: &name, arguments: &arguments }).is_break() {
                return Ok(());
            }
            let outcome = calls.run(self, requests, index, &running.tools, &wish, (step, running.deadline_ms));
            let Some(Step::Tools(done)) = running.turn.steps.last_mut() else { return Ok(()) };
            done.push(ToolCall { id, name, arguments, outcome });
            record(StepRecord::Calls(step, done)).map_err(TurnError::Storage)?;
            if let Some(call) = done.last() {
                let _gone = observer.observe(TurnEvent::CallEnded(call)); // asked before the next call
            }
        }
    }
}

impl Running<'_> {
    fn prompt(&self, may_call: bool, live: bool) -> ModelPrompt<'_> {
        ModelPrompt {
            system: &self.system,
            summary: self.summary,
            history: self.history,
            turn: &self.turn,
            tools: &self.tools,
            may_call,
            live,
            deadline_ms: self.deadline_ms,
        }
    }
}

/// The calls of the last answer, if some of them have no result yet.
fn unanswered(turn: &Turn) -> Option<Vec<ToolRequest>> {
    let (step, done) = match turn.steps.as_slice() {
        [.., Step::Model(step)] => (step, 0),
        [.., Step::Model(step), Step::Tools(calls)] => (step, calls.len()),
        _ => return None,
    };
    let requests = ToolRequest::all_in(step.content.as_ref()?);
    (step.outcome.is_none() && done < requests.len()).then_some(requests)
}

/// Names for the calls of the current round: the model's own where they are new, else ours. The same each time.
fn ids(requests: &[ToolRequest], turn: &Turn) -> Vec<String> {
    let rounds = turn.steps.iter().filter(|step| matches!(step, Step::Model(_))).count();
    let earlier = turn.steps.len() - 1; // the round's own results are the last step
    let mut taken: Vec<String> = turn.steps[..earlier]
        .iter()
        .flat_map(|step| match step {
            Step::Tools(calls) => calls.as_slice(),
            Step::Model(_) => &[],
        })
        .map(|call| call.id.clone())
        .collect();
    let before = taken.len();
    for (index, request) in requests.iter().enumerate() {
        let plain = |id: &&String| id.len() <= LONGEST_ID && id.bytes().all(|b| b.is_ascii_graphic());
        let own = request.id.as_ref().filter(plain).filter(|id| !taken.contains(id)).cloned();
        taken.push(own.unwrap_or_else(|| format!("call_{rounds}_{index}")));
    }
    taken.split_off(before)
}

#[cfg(test)]
#[path = "rounds_tests.rs"]
mod tests;

//! The loop of a turn: the model answers, its calls run, it answers again. The loop is the same for every model. All limits
//! of a turn are here; each failure of a call becomes a result that the model reads. Every step is kept before anybody
//! hears of it, and a turn that was cut off goes on from its last kept step.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::confirm;
use crate::ending::kept;
use crate::execute::Calls;
use crate::language::Language;
use crate::mcp::{Mcp, McpError};
use crate::model::{CallRequest, ChatModel, Finish, ModelError, Prompt, Tool};
use crate::outside::Outside;
use crate::prompt::system_prompt;
use crate::turn::{ModelStep, Outcome, Step, ToolCall, Turn};

/// How long a turn may take.
pub const TURN_SECONDS: u64 = 90;
const ROUNDS: usize = 5;
/// A longer name of a call is replaced by one of ours, like one with other than visible characters.
const LONGEST_ID: usize = 64;
/// How long one call of a tool may take.
pub const TOOL_TIME: Duration = Duration::from_secs(15);

/// What the user gets.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The assistant's words.
    pub text: String,
    /// The calls of the whole turn, in order.
    pub calls: Vec<ToolCall>,
    /// How the turn ended.
    pub outcome: Outcome,
}

/// Why a turn brought no answer. `E` is the keeper's error.
#[derive(Debug, thiserror::Error)]
pub enum TurnError<E> {
    /// The model.
    #[error(transparent)]
    Model(ModelError),
    /// The tools.
    #[error(transparent)]
    Tools(McpError),
    /// The steps could not be kept.
    #[error("steps not kept")]
    Keep(E),
}

/// Something to be kept. `step` counts from 1 within the turn.
#[derive(Debug, Clone, Copy)]
pub enum Kept<'a> {
    /// An answer of the model.
    Answer(usize, &'a ModelStep),
    /// The results of calls so far, of the answer before; replaces what was kept of that step.
    Calls(usize, &'a [ToolCall]),
}

/// What happens in a turn, for those who watch it.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The model is asked.
    Round,
    /// A piece of the assistant's words.
    Text(&'a str),
    /// A call begins.
    Called {
        /// Unique within the turn.
        id: &'a str,
        /// The tool.
        name: &'a str,
        /// Its arguments.
        arguments: &'a Map<String, Value>,
    },
    /// A call ended, or waits for the user's word.
    Returned(&'a ToolCall),
}

/// Who keeps and who watches a turn.
pub struct Witness<'a, E> {
    /// Keeps a step, for good, before this returns.
    pub keep: &'a dyn Fn(Kept) -> Result<(), E>,
    /// Watches; breaks when there is nobody any more to go on for.
    pub watch: &'a dyn Fn(Event) -> ControlFlow<()>,
    /// Whether text is watched while it comes.
    pub live: bool,
}

/// Runs turns for one user.
pub struct Assistant<'a> {
    /// The model.
    pub model: &'a dyn ChatModel,
    /// The tools.
    pub mcp: &'a Mcp<'a>,
    /// Clock, wait and log.
    pub outside: Outside<'a>,
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
    tools: Vec<Tool>,
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
        witness: &Witness<E>,
    ) -> Result<Reply, TurnError<E>> {
        let started = (self.outside.now_ms)();
        let tools = self.mcp.tools(TOOL_TIME).map_err(TurnError::Tools)?;
        let system = system_prompt(started, self.today);
        let deadline_ms = started + TURN_SECONDS * 1000;
        let mut running = Running { system, history, summary, tools, turn, deadline_ms };
        let mut calls = Calls::of(&running.turn);
        let gone = Cell::new(false);
        let watch = |event: Event| {
            gone.set(gone.get() || (witness.watch)(event).is_break());
            if gone.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let witness = Witness { watch: &watch, ..*witness };
        loop {
            if let Some(requests) = unanswered(&running.turn) {
                self.execute(&requests, &mut running, &mut calls, &witness)?;
            }
            let round = running.turn.round();
            if watch(Event::Round).is_break() || gone.get() {
                return self.conclude(running.turn, Err(ModelError::Stopped), &witness);
            }
            let may_call = round < ROUNDS && !calls.exhausted;
            let answer = self.model.answer(&running.prompt(may_call, witness.live), &|text| {
                let _gone = watch(Event::Text(text));
            });
            match answer {
                Ok(answer) if may_call && answer.finish == Finish::Complete && !answer.calls.is_empty() => {
                    let step = kept(answer, None);
                    (witness.keep)(Kept::Answer(running.turn.steps.len() + 1, &step)).map_err(TurnError::Keep)?;
                    running.turn.steps.push(Step::Model(step));
                }
                last => return self.conclude(running.turn, last, &witness),
            }
        }
    }

    /// Runs the calls of the last answer that have no result yet, one after the other.
    fn execute<E>(
        &self,
        requests: &[CallRequest],
        running: &mut Running,
        calls: &mut Calls,
        witness: &Witness<E>,
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
            if (witness.watch)(Event::Called { id: &id, name: &name, arguments: &arguments }).is_break() {
                return Ok(());
            }
            let outcome = calls.run(self, requests, index, &running.tools, &wish, (step, running.deadline_ms));
            let Some(Step::Tools(done)) = running.turn.steps.last_mut() else { return Ok(()) };
            done.push(ToolCall { id, name, arguments, outcome });
            (witness.keep)(Kept::Calls(step, done)).map_err(TurnError::Keep)?;
            if let Some(call) = done.last() {
                let _gone = (witness.watch)(Event::Returned(call)); // asked before the next call
            }
        }
    }
}

impl Running<'_> {
    fn prompt(&self, may_call: bool, live: bool) -> Prompt<'_> {
        Prompt {
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
fn unanswered(turn: &Turn) -> Option<Vec<CallRequest>> {
    let (step, done) = match turn.steps.as_slice() {
        [.., Step::Model(step)] => (step, 0),
        [.., Step::Model(step), Step::Tools(calls)] => (step, calls.len()),
        _ => return None,
    };
    let requests = CallRequest::all_in(step.content.as_ref()?);
    (step.outcome.is_none() && done < requests.len()).then_some(requests)
}

/// Names for the calls of the current round: the model's own where they are new, else ours. The same each time.
fn ids(requests: &[CallRequest], turn: &Turn) -> Vec<String> {
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

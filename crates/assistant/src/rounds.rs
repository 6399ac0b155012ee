//! The loop of a turn: the model answers, its calls run, it answers again. The loop is the same for every model. All limits of a
//! turn are here; each failure of a call becomes a result that the model reads.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::consent::{Consent, DELETE_TOOL};
use crate::mcp::{Mcp, McpError};
use crate::model::{Answer, CallRequest, ChatModel, Finish, ModelError, Prompt, Tool};
use crate::outside::Outside;
use crate::prompt::system_prompt;
use crate::turn::{CallOutcome, ModelStep, Outcome, Step, ToolCall, Turn};

/// How long a turn may take.
pub const TURN_SECONDS: u64 = 90;
const ROUNDS: usize = 5;
const CALLS_A_ROUND: usize = 8;
const CALLS_A_TURN: usize = 16;
/// The same call with the same arguments is refused the third time.
const SAME_CALLS: usize = 2;
const TOOL_TIME: Duration = Duration::from_secs(15);

/// What the user gets.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The assistant's words.
    pub text: String,
    /// The calls of the whole turn, in order.
    pub calls: Vec<ToolCall>,
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

/// Runs turns for one user.
pub struct Assistant<'a> {
    /// The model.
    pub model: &'a dyn ChatModel,
    /// The tools.
    pub mcp: &'a Mcp<'a>,
    /// Clock, wait and log.
    pub outside: Outside<'a>,
}

/// Counts what a turn has used up.
#[derive(Default)]
struct Meter {
    calls: Vec<(String, Map<String, Value>)>,
    deleted: usize,
    exhausted: bool,
}

impl Assistant<'_> {
    /// Answers `message`. `keep` is called with the steps of each round, and at last with the one that has an outcome.
    pub fn run<E>(
        &self,
        history: &[Turn],
        message: &str,
        keep: &dyn Fn(&[Step]) -> Result<(), E>,
    ) -> Result<Reply, TurnError<E>> {
        let started = (self.outside.now_ms)();
        let deadline_ms = started + TURN_SECONDS * 1000;
        let system = system_prompt(started);
        let tools = self.mcp.tools(TOOL_TIME).map_err(TurnError::Tools)?;
        let consent = Consent::of(message);
        let mut meter = Meter::default();
        let mut turn = Turn { message: message.to_owned(), steps: Vec::new() };
        for round in 1..ROUNDS {
            let may_call = !meter.exhausted;
            let prompt = Prompt { system: &system, history, turn: &turn, tools: &tools, may_call, deadline_ms };
            let answer = match self.model.answer(&prompt) {
                Ok(answer) if may_call && answer.finish == Finish::Complete && !answer.calls.is_empty() => answer,
                last => return self.conclude(turn, last, keep),
            };
            let calls = self.execute(&answer.calls, round, &tools, &consent, &mut meter, deadline_ms);
            let steps = [Step::Model(kept(answer, None)), Step::Tools(calls)];
            keep(&steps).map_err(TurnError::Keep)?;
            turn.steps.extend(steps);
        }
        let prompt = Prompt { system: &system, history, turn: &turn, tools: &tools, may_call: false, deadline_ms };
        let last = self.model.answer(&prompt);
        self.conclude(turn, last, keep)
    }

    /// Runs the calls of one answer one after the other: one result for each call, in the same order.
    fn execute(
        &self,
        requests: &[CallRequest],
        round: usize,
        tools: &[Tool],
        consent: &Consent,
        meter: &mut Meter,
        deadline_ms: u64,
    ) -> Vec<ToolCall> {
        let mut done: Vec<ToolCall> = Vec::with_capacity(requests.len());
        for (index, request) in requests.iter().enumerate() {
            let began = (self.outside.now_ms)();
            let outcome = meter.admit(index, request, tools, consent).and_then(|()| {
                match self.outside.time_until(deadline_ms, TOOL_TIME) {
                    Duration::ZERO => Err("Not run: the time for this turn is over.".to_owned()),
                    time => self.mcp.call(&request.name, &request.arguments, time),
                }
            });
            let outcome = match outcome {
                Ok(result) => CallOutcome::Done { result },
                Err(error) => CallOutcome::Failed { error },
            };
            let ok = matches!(outcome, CallOutcome::Done { .. });
            meter.deleted += usize::from(ok && request.name == DELETE_TOOL);
            let tool = tools.iter().find(|tool| tool.name == request.name).map_or("(unknown)", |tool| &tool.name);
            let ms = (self.outside.now_ms)().saturating_sub(began);
            (self.outside.log)(json!({"event": "tool_call", "round": round, "tool": tool, "ok": ok, "ms": ms}));
            let taken = |id: &&String| !done.iter().any(|call| call.id == **id);
            let id = request.id.as_ref().filter(taken).cloned().unwrap_or_else(|| format!("call_{round}_{index}"));
            done.push(ToolCall { id, name: request.name.clone(), arguments: request.arguments.clone(), outcome });
        }
        done
    }

    /// Ends the turn with the model's last answer; if there is none although calls ran, with our own words, so that
    /// nobody repeats what was already done.
    fn conclude<E>(
        &self,
        turn: Turn,
        last: Result<Answer, ModelError>,
        keep: &dyn Fn(&[Step]) -> Result<(), E>,
    ) -> Result<Reply, TurnError<E>> {
        let step = match last {
            Ok(answer) => last_step(answer),
            Err(error) if turn.steps.is_empty() => return Err(TurnError::Model(error)),
            Err(error) => {
                (self.outside.log)(json!({"event": "turn_cut", "reason": error.to_string()}));
                let text = "The steps below ran, but the assistant stopped answering before it could sum them up. \
                            Please look at them before you ask again.";
                ModelStep { text: text.into(), outcome: Some(Outcome::Partial), ..ModelStep::default() }
            }
        };
        let text = step.text.clone();
        keep(&[Step::Model(step)]).map_err(TurnError::Keep)?;
        let calls = turn.steps.into_iter().flat_map(|step| match step {
            Step::Tools(calls) => calls,
            Step::Model(_) => Vec::new(),
        });
        Ok(Reply { text, calls: calls.collect() })
    }
}

fn kept(answer: Answer, outcome: Option<Outcome>) -> ModelStep {
    let Answer { content, text, model, model_version, .. } = answer;
    ModelStep { content: Some(content), text, model, model_version, outcome }
}

/// The answer that ends a turn. Calls in it did not run, so its content is not echoed then.
fn last_step(answer: Answer) -> ModelStep {
    let dangling = !answer.calls.is_empty();
    let finish = answer.finish;
    let mut step = kept(answer, None);
    let (outcome, note) = match finish {
        Finish::Refused => (Outcome::Refused, "I cannot help with that. I can keep your task list."),
        Finish::Truncated => (Outcome::Truncated, "(The answer was cut off here.)"),
        Finish::Complete if dangling || step.text.is_empty() => {
            (Outcome::Partial, "I stopped here: this needs more steps than one message may take.")
        }
        Finish::Complete => (Outcome::Complete, ""),
    };
    if dangling || outcome != Outcome::Complete {
        step.content = None;
    }
    step.text = match outcome {
        Outcome::Refused => note.into(),
        _ => format!("{}\n\n{note}", step.text).trim().into(),
    };
    step.outcome = Some(outcome);
    step
}

impl Meter {
    /// Whether a call may run; else what the model is told.
    fn admit(&mut self, index: usize, call: &CallRequest, tools: &[Tool], consent: &Consent) -> Result<(), String> {
        if index >= CALLS_A_ROUND {
            return Err(format!("Not run: at most {CALLS_A_ROUND} calls in one step."));
        }
        if self.calls.len() >= CALLS_A_TURN {
            self.exhausted = true;
            return Err(format!("Not run: at most {CALLS_A_TURN} calls for one message. Answer with what you have."));
        }
        if !tools.iter().any(|tool| tool.name == call.name) {
            return Err("There is no such tool.".into());
        }
        let key = (call.name.clone(), call.arguments.clone());
        if self.calls.iter().filter(|other| **other == key).count() >= SAME_CALLS {
            self.exhausted = true;
            return Err("Not run: the same call was made before, with the same arguments.".into());
        }
        self.calls.push(key);
        if call.name == DELETE_TOOL {
            let id = call.arguments.get("task_id").and_then(as_id);
            consent.check(id, self.deleted)?;
        }
        Ok(())
    }
}

/// A task's number; models sometimes write it as a string.
fn as_id(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
#[path = "rounds_tests.rs"]
mod tests;

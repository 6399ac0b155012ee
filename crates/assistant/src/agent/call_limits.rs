//! How many tool calls a turn may make, and which of them it has made.

use serde_json::{Map, Value};

use crate::model::{ToolDeclaration, ToolRequest};
use crate::turn::CallOutcome;

pub(crate) const MAX_CALLS_IN_ROUND: usize = 8;
const MAX_CALLS_IN_TURN: usize = 16;
/// So many calls of a round may be asked about in one question.
pub const MAX_QUESTIONS: usize = 50;
/// How often the same call may run with the same arguments.
const MAX_SAME_CALLS: usize = 2;

/// Counts the calls of a turn.
pub(crate) struct CallLimits {
    /// The model may call no more.
    exhausted: bool,
    /// Name and arguments of each call so far that was not stopped by a limit.
    made: Vec<(String, Map<String, Value>)>,
    /// Calls that were not only asked about: in this round, and in the turn.
    ran: (usize, usize),
    /// The turn was cut off before its next call was stored; that call may have run.
    uncertain: bool,
}

impl CallLimits {
    /// Those of a turn that has made no call yet, or was cut off.
    pub(crate) fn new(was_cut_off: bool) -> Self {
        Self { exhausted: false, made: Vec::new(), ran: (0, 0), uncertain: was_cut_off }
    }

    /// Whether the model may call no more.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Returns the tool of call `index` of a round if it is within the limits; else the call's outcome.
    pub(crate) fn admit<'t>(
        &mut self,
        index: usize,
        call: &ToolRequest,
        tools: &'t [ToolDeclaration],
    ) -> Result<&'t ToolDeclaration, CallOutcome> {
        let uncertain = std::mem::take(&mut self.uncertain);
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
        let tool = tools.iter().find(|tool| tool.name == call.name).ok_or_else(|| unknown_tool(tools))?;
        let same =
            |(name, arguments): &&(String, Map<String, Value>)| *name == call.name && *arguments == call.arguments;
        if self.made.iter().filter(same).count() >= MAX_SAME_CALLS {
            self.exhausted = true;
            return Err(CallOutcome::not_run("the same call was made before, with the same arguments."));
        }
        if uncertain && !tool.repeatable {
            let error = "This was interrupted; it is not known whether it was done.".to_owned();
            return Err(CallOutcome::Failed { error });
        }
        Ok(tool)
    }

    /// Takes a call into account for the calls after it.
    pub(crate) fn note(&mut self, name: String, arguments: Map<String, Value>, outcome: &CallOutcome) {
        match outcome {
            CallOutcome::NotRun { .. } => {}
            CallOutcome::ConfirmationRequired { .. } => self.made.push((name, arguments)),
            _ => self.count(name, arguments),
        }
    }

    /// Counts a call that runs.
    pub(crate) fn count(&mut self, name: String, arguments: Map<String, Value>) {
        self.ran = (self.ran.0 + 1, self.ran.1 + 1);
        self.made.push((name, arguments));
    }
}

fn unknown_tool(tools: &[ToolDeclaration]) -> CallOutcome {
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_str()).collect();
    CallOutcome::Failed { error: format!("There is no such tool. There are: {}.", names.join(", ")) }
}

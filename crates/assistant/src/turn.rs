//! What is kept of a turn: the user's words, a model's answers and the results of the tools.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A user's message and what was done for it.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The user's words.
    pub message: String,
    /// A model's answers and the results of their calls, in order.
    pub steps: Vec<Step>,
}

/// One step of a turn.
#[derive(Debug, Clone)]
pub enum Step {
    /// A model answered.
    Model(ModelStep),
    /// The calls of the answer before it ran.
    Tools(Vec<ToolCall>),
}

/// An answer, as it is kept.
#[derive(Debug, Clone, Default)]
pub struct ModelStep {
    /// The answer as it came. None if it must not be echoed or is not the model's own.
    pub content: Option<Box<RawValue>>,
    /// What a person reads.
    pub text: String,
    /// The model that was asked.
    pub model: String,
    /// The model that says it answered.
    pub model_version: Option<String>,
    /// Set on the answer that ends the turn.
    pub outcome: Option<TurnOutcome>,
}

/// A step to be stored, with its number within the turn, counted from 1.
#[derive(Debug, Clone, Copy)]
pub enum StepRecord<'a> {
    /// A response of the model.
    Model(usize, &'a ModelStep),
    /// The results so far of the calls of the response before; replaces what is stored under this number.
    Calls(usize, &'a [ToolCall]),
}

/// Stores a step durably before it returns.
pub type RecordStep<'a, E> = dyn Fn(StepRecord) -> Result<(), E> + 'a;

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnOutcome {
    /// With the model's answer.
    Complete,
    /// With an answer that was cut off.
    Truncated,
    /// The model declined.
    Refused,
    /// Calls ran, but the model gave no last word.
    Partial,
}

/// A tool call that was asked for, and what came of it. This is also its JSON for clients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// Unique within the turn.
    pub id: String,
    /// The tool.
    pub name: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
    /// Its result.
    #[serde(flatten, deserialize_with = "stored_outcome")]
    pub outcome: CallOutcome,
}

/// The result of a tool call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CallOutcome {
    /// The tool succeeded.
    Done {
        /// The tool's result.
        result: Value,
    },
    /// The tool failed, or it is not known whether it ran.
    Failed {
        /// The reason, one sentence for the model and the user.
        error: String,
    },
    /// A limit of the turn kept the call from running. For clients and in the database this is a failed call whose error begins
    /// with "Not run: ".
    #[serde(rename = "failed", skip_deserializing)]
    NotRun {
        /// The reason, with its "Not run: ".
        error: String,
    },
    /// The call waits for the user's confirmation.
    ConfirmationRequired {
        /// Names the call when the user decides.
        action_id: String,
        /// What the call would do, in exact words.
        summary: String,
    },
    /// The user declined the call.
    Denied {
        /// Explanation for the user.
        error: String,
    },
}

/// The beginning of the error of each call that did not run.
const NOT_RUN: &str = "Not run: ";

/// Reads an outcome from JSON, where a call that did not run is told from a failed one by its error alone.
fn stored_outcome<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CallOutcome, D::Error> {
    Ok(match CallOutcome::deserialize(deserializer)? {
        CallOutcome::Failed { error } if error.starts_with(NOT_RUN) => CallOutcome::NotRun { error },
        outcome => outcome,
    })
}

impl Turn {
    /// The calls of the whole turn, in order.
    pub fn calls(&self) -> impl Iterator<Item = &ToolCall> {
        self.steps.iter().flat_map(|step| match step {
            Step::Tools(calls) => calls.as_slice(),
            Step::Model(_) => &[],
        })
    }

    /// Which answer of a model is the next one, counted from 1.
    pub(crate) fn round(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Model(_))).count() + 1
    }

    /// How it ended, if it did.
    pub fn outcome(&self) -> Option<TurnOutcome> {
        match self.steps.last() {
            Some(Step::Model(step)) => step.outcome,
            _ => None,
        }
    }
}

impl ToolCall {
    /// What it would do, if it waits for the user's word.
    pub(crate) fn question(&self) -> Option<&str> {
        match &self.outcome {
            CallOutcome::ConfirmationRequired { summary, .. } => Some(summary),
            _ => None,
        }
    }
}

impl CallOutcome {
    /// The outcome of a call that a limit kept from running.
    pub(crate) fn not_run(reason: &str) -> Self {
        Self::NotRun { error: format!("{NOT_RUN}{reason}") }
    }
}

impl TurnOutcome {
    /// Its name where it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Truncated => "truncated",
            Self::Refused => "refused",
            Self::Partial => "partial",
        }
    }
}

impl fmt::Display for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done { result } => write!(f, "{result}"),
            Self::Failed { error } | Self::NotRun { error } | Self::Denied { error } => f.write_str(error),
            Self::ConfirmationRequired { summary, .. } => f.write_str(summary),
        }
    }
}

#[cfg(test)]
mod tests;

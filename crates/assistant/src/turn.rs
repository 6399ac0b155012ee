//! A turn as it is stored: the user's message, the model's responses and the results of the tools.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A user's message and the steps taken for it.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The user's message.
    pub message: String,
    /// The model's responses and the results of their calls, in order.
    pub steps: Vec<Step>,
}

/// One step of a turn.
#[derive(Debug, Clone)]
pub enum Step {
    /// A response of the model.
    Model(ModelStep),
    /// The results of the calls in the response before.
    Tools(Vec<ToolCall>),
}

/// A response of the model, as it is stored.
#[derive(Debug, Clone, Default)]
pub struct ModelStep {
    /// The content as the model sent it; none where it must not be echoed or is not the model's own.
    pub content: Option<Box<RawValue>>,
    /// The text that the user reads.
    pub text: String,
    /// The model that was asked.
    pub model: String,
    /// The version of the model that responded, as the service reports it.
    pub model_version: Option<String>,
    /// Set on the response that ends the turn.
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
    /// With the model's response.
    Complete,
    /// With a response that was cut off.
    Truncated,
    /// The model refused to respond.
    Refused,
    /// Calls ran, but the model did not sum them up.
    Partial,
}

/// A tool call that a model requested, with its result. Serialized, it is what clients receive and the database stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// Unique within the turn.
    pub id: String,
    /// Name of the tool.
    pub name: String,
    /// Arguments of the call.
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
    /// A limit of the turn kept the call from running. In JSON this is a failed call whose error begins
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

/// Reads an outcome from JSON, where the error alone distinguishes a call that did not run from a failed one.
fn stored_outcome<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CallOutcome, D::Error> {
    Ok(match CallOutcome::deserialize(deserializer)? {
        CallOutcome::Failed { error } if error.starts_with(NOT_RUN) => CallOutcome::NotRun { error },
        outcome => outcome,
    })
}

impl Turn {
    /// The calls of the whole turn, in order.
    pub fn calls(&self) -> impl Iterator<Item = &ToolCall> {
        self.steps.iter().flat_map(Step::calls)
    }

    /// The number of the next response of the model, counted from 1.
    pub(crate) fn round(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Model(_))).count() + 1
    }

    /// How the turn ended; none while it runs.
    pub fn outcome(&self) -> Option<TurnOutcome> {
        match self.steps.last() {
            Some(Step::Model(step)) => step.outcome,
            _ => None,
        }
    }
}

impl Step {
    /// The calls of a step; none for a response of the model.
    pub(crate) fn calls(&self) -> &[ToolCall] {
        match self {
            Self::Tools(calls) => calls,
            Self::Model(_) => &[],
        }
    }
}

impl ToolCall {
    /// What the call would do, if it waits for the user's confirmation.
    pub(crate) fn question(&self) -> Option<&str> {
        match &self.outcome {
            CallOutcome::ConfirmationRequired { summary, .. } => Some(summary),
            _ => None,
        }
    }
}

impl CallOutcome {
    /// Its name in JSON and in logs.
    pub(crate) fn status(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Failed { .. } | Self::NotRun { .. } => "failed",
            Self::ConfirmationRequired { .. } => "confirmation_required",
            Self::Denied { .. } => "denied",
        }
    }

    /// The outcome of a call that a limit kept from running.
    pub(crate) fn not_run(reason: &str) -> Self {
        Self::NotRun { error: format!("{NOT_RUN}{reason}") }
    }
}

impl TurnOutcome {
    /// Its name in the database and in logs.
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

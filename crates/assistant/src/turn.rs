//! What is kept of a turn: the user's words, a model's answers and the results of the tools.

use std::fmt;

use serde::{Deserialize, Serialize};
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
    pub outcome: Option<Outcome>,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
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
    /// What came of it.
    #[serde(flatten)]
    pub outcome: CallOutcome,
}

/// What came of a tool call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CallOutcome {
    /// The tool did it.
    Done {
        /// What it reported.
        result: Value,
    },
    /// It did not run, or failed.
    Failed {
        /// Why, in words.
        error: String,
    },
    /// It waits for the user's word.
    ConfirmationRequired {
        /// What to name in the answer.
        action_id: String,
        /// What it would do, in exact words.
        summary: String,
    },
    /// The user did not want it.
    Denied {
        /// So, in words.
        error: String,
    },
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
    pub fn outcome(&self) -> Option<Outcome> {
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

impl Outcome {
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
            Self::Failed { error } | Self::Denied { error } => f.write_str(error),
            Self::ConfirmationRequired { summary, .. } => f.write_str(summary),
        }
    }
}

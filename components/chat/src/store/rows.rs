//! Rows of conversations and messages as types.

use assistant::{ModelStep, Step, ToolCall, Turn, TurnOutcome};
use db::{DbError, Row};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A turn and its number in the conversation.
pub(crate) struct StoredTurn {
    pub(crate) number: i64,
    pub(crate) turn: Turn,
}

/// Turns of a conversation, oldest first, and a summary of those before them.
#[derive(Default)]
pub(crate) struct StoredTurns {
    pub(crate) turns: Vec<StoredTurn>,
    pub(crate) summary: Option<String>,
}

/// A conversation in a list. This is also its JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ConversationSummary {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

/// A conversation and steps of it, in order.
pub(crate) struct ConversationSteps {
    pub(crate) summary: ConversationSummary,
    /// Whether a turn runs now.
    pub(crate) running: bool,
    pub(crate) steps: Vec<StoredStep>,
}

/// One step of a turn, as users see it.
pub(crate) struct StoredStep {
    pub(crate) turn: i64,
    pub(crate) step: i64,
    pub(crate) created_at: String,
    pub(crate) content: StepContent,
}

/// The content of a step.
pub(crate) enum StepContent {
    /// The user's message.
    User(String),
    /// A text of the model; the last one ends its turn.
    Model { text: String, last: bool },
    /// Tool calls, and the questions that they ask the user.
    Tools(Vec<ToolCall>, Vec<ActionQuestion>),
}

/// A question to the user: whether a tool call may be made.
#[derive(Deserialize)]
pub(crate) struct ActionQuestion {
    /// The id of the action.
    pub(crate) id: String,
    /// What the call would do.
    pub(crate) summary: String,
    /// Whether the user can still decide.
    pub(crate) open: bool,
}

/// Groups rows of steps, which are in order, by turn.
pub(super) fn read_turns(rows: &[Row]) -> Result<StoredTurns, DbError> {
    let mut turns: Vec<StoredTurn> = Vec::new();
    for row in rows {
        if row.text("role")? == "user" {
            let turn = Turn { message: row.text("text")?, steps: Vec::new() };
            turns.push(StoredTurn { number: row.i64("turn")?, turn });
        } else if let Some(current) = turns.last_mut() {
            current.turn.steps.push(read_turn_step(row)?);
        }
    }
    let summary = rows.first().map(|row| row.opt_text("summary")).transpose()?.flatten();
    Ok(StoredTurns { turns, summary })
}

fn read_turn_step(row: &Row) -> Result<Step, DbError> {
    if let Some(calls) = row.opt_text("tool_calls")? {
        return Ok(Step::Tools(parse_json("tool_calls", &calls)?));
    }
    Ok(Step::Model(ModelStep {
        content: row.opt_text("content")?.map(|content| parse_json("content", &content)).transpose()?,
        text: row.opt_text("text")?.unwrap_or_default(),
        model: row.opt_text("model")?.unwrap_or_default(),
        model_version: row.opt_text("model_version")?,
        outcome: row.opt_text("outcome")?.as_deref().and_then(parse_outcome),
    }))
}

/// The step of a row of a conversation; `None` for a conversation without steps.
pub(super) fn read_step(row: &Row) -> Result<Option<StoredStep>, DbError> {
    let Some(turn) = row.get("turn")? else { return Ok(None) };
    let text = row.opt_text("text")?.unwrap_or_default();
    let content = match row.opt_text("tool_calls")? {
        Some(calls) => {
            let questions = row.opt_text("questions")?.map(|json| parse_json("questions", &json)).transpose()?;
            StepContent::Tools(parse_json("tool_calls", &calls)?, questions.unwrap_or_default())
        }
        None if row.text("role")? == "user" => StepContent::User(text),
        None => StepContent::Model { text, last: row.opt_text("outcome")?.is_some() },
    };
    Ok(Some(StoredStep { turn, step: row.i64("step")?, created_at: row.time("said_at")?, content }))
}

/// The conversation of a row.
pub(super) fn read_summary(row: &Row) -> Result<ConversationSummary, DbError> {
    Ok(ConversationSummary {
        id: row.i64("id")?,
        title: row.text("title")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

pub(super) fn parse_json<T: DeserializeOwned>(column: &str, text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Internal(format!("column {column}: {error}")))
}

fn parse_outcome(word: &str) -> Option<TurnOutcome> {
    let outcomes = [TurnOutcome::Complete, TurnOutcome::Truncated, TurnOutcome::Refused, TurnOutcome::Partial];
    outcomes.into_iter().find(|outcome| outcome.word() == word)
}

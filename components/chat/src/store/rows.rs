//! Rows of messages back into turns.

use assistant::{ModelStep, Step, ToolCall, Turn, TurnOutcome};
use db::{DbError, Row};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::conversations::Summary;

/// A turn.
pub(crate) struct StoredTurn {
    /// Its number in the conversation.
    pub(crate) number: i64,
    pub(crate) turn: Turn,
}

/// Turns of a conversation, and what came before them in short.
#[derive(Default)]
pub(crate) struct Stored {
    /// The turns, oldest first.
    pub(crate) turns: Vec<StoredTurn>,
    /// What was said before them.
    pub(crate) summary: Option<String>,
}

/// Groups rows, which are in order, by turn.
pub(crate) fn stored(rows: &[Row]) -> Result<Stored, DbError> {
    let mut turns: Vec<StoredTurn> = Vec::new();
    for row in rows {
        if row.text("role")? == "user" {
            let turn = Turn { message: row.text("text")?, steps: Vec::new() };
            turns.push(StoredTurn { number: row.i64("turn")?, turn });
        } else if let Some(current) = turns.last_mut() {
            current.turn.steps.push(step(row)?);
        }
    }
    let summary = rows.first().map(|row| row.opt_text("summary")).transpose()?.flatten();
    Ok(Stored { turns, summary })
}

/// One step of a turn, as people are shown it.
pub(crate) struct StoredStep {
    pub(crate) turn: i64,
    pub(crate) step: i64,
    pub(crate) created_at: String,
    pub(crate) said: Said,
}

/// What it is.
pub(crate) enum Said {
    /// The user's words.
    User(String),
    /// A model's; with the last ones its turn is over.
    Model { text: String, last: bool },
    /// Calls, and the questions that they asked.
    Tools(Vec<ToolCall>, Vec<Asked>),
}

/// A question to the user.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Its action.
    pub(crate) id: String,
    /// What the call would do.
    pub(crate) summary: String,
    /// Whether it can still be answered.
    pub(crate) open: bool,
}

/// One row of a conversation that is shown; `None` if it has no step.
pub(crate) fn stored_step(row: &Row) -> Result<Option<StoredStep>, DbError> {
    let Some(turn) = row.get("turn")? else { return Ok(None) };
    let text = row.opt_text("text")?.unwrap_or_default();
    let said = match row.opt_text("tool_calls")? {
        Some(calls) => {
            let asked = row.opt_text("asked")?.map(|asked| parsed("asked", &asked)).transpose()?;
            Said::Tools(parsed("tool_calls", &calls)?, asked.unwrap_or_default())
        }
        None if row.text("role")? == "user" => Said::User(text),
        None => Said::Model { text, last: row.opt_text("outcome")?.is_some() },
    };
    Ok(Some(StoredStep { turn, step: row.i64("step")?, created_at: row.text("said_at")?, said }))
}

fn step(row: &Row) -> Result<Step, DbError> {
    if let Some(calls) = row.opt_text("tool_calls")? {
        return Ok(Step::Tools(parsed("tool_calls", &calls)?));
    }
    Ok(Step::Model(ModelStep {
        content: row.opt_text("content")?.map(|content| parsed("content", &content)).transpose()?,
        text: row.opt_text("text")?.unwrap_or_default(),
        model: row.opt_text("model")?.unwrap_or_default(),
        model_version: row.opt_text("model_version")?,
        outcome: row.opt_text("outcome")?.as_deref().and_then(outcome),
    }))
}

fn parsed<T: DeserializeOwned>(column: &str, text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Internal(format!("column {column}: {error}")))
}

fn outcome(word: &str) -> Option<TurnOutcome> {
    [TurnOutcome::Complete, TurnOutcome::Truncated, TurnOutcome::Refused, TurnOutcome::Partial]
        .into_iter()
        .find(|o| o.word() == word)
}

/// One row of a conversation.
pub(crate) fn summary(row: &Row) -> Result<Summary, DbError> {
    Ok(Summary {
        id: row.i64("id")?,
        title: row.text("title")?,
        created_at: row.text("created_at")?,
        updated_at: row.text("updated_at")?,
    })
}

//! The tool calls that wait for the user's decision.

use assistant::{CallOutcome, ToolCall};
use db::{DbError, Param};
use http_api::ApiError;

use super::connection::ConversationStore;
use super::rows::parse_json;
use super::statements;
use crate::error::ChatError;

/// An action as it was found, and whether it is claimed now.
pub(crate) struct StoredAction {
    pub(crate) conversation: i64,
    /// The turn that asked.
    pub(crate) turn: i64,
    /// `pending`, `running`, `done`, `failed` or `denied`.
    pub(crate) state: String,
    pub(crate) is_claimed: bool,
    /// What the call would do, in words.
    pub(crate) summary: String,
    /// The call; with its outcome if the action is decided.
    pub(crate) call: ToolCall,
}

impl ConversationStore<'_> {
    /// The ids of the actions that wait for the user's response to turn `turn`, each with the name of its tool.
    pub(crate) fn waiting_actions(&self, conversation: i64, turn: i64) -> Result<Vec<(String, String)>, ChatError> {
        let rows = self.query(statements::WAITING_ACTIONS, &[Param::Int64(conversation), Param::Int64(turn)])?;
        Ok(rows.iter().map(|row| Ok((row.text("id")?, row.text("tool")?))).collect::<Result<_, DbError>>()?)
    }

    /// An action as it is. If `claim`, and it can still be carried out, it is claimed.
    pub(crate) fn claim_action(&self, id: &str, claim: bool) -> Result<StoredAction, ChatError> {
        let params = [Param::Str(id.to_owned()), Param::Boolean(claim)];
        let row = self.query_one(statements::CLAIM_ACTION, &params)?.ok_or(ChatError::ActionNotFound)?;
        let call = match row.opt_text("outcome")? {
            Some(call) => parse_json("outcome", &call)?,
            None => ToolCall {
                id: row.text("call_id")?,
                name: row.text("tool")?,
                arguments: parse_json("arguments", &row.text("arguments")?)?,
                outcome: CallOutcome::Failed { error: "not decided".to_owned() },
            },
        };
        Ok(StoredAction {
            conversation: row.i64("conversation_id")?,
            turn: row.i64("turn")?,
            state: row.text("state")?,
            is_claimed: row.bool("claimed")?,
            summary: row.text("summary")?,
            call,
        })
    }

    /// Stores the outcome of an action and its new state; false if it was not in the state `from` any more.
    pub(crate) fn finish_action(&self, id: &str, state: &str, call: &ToolCall, from: &str) -> Result<bool, ChatError> {
        let call = serde_json::to_string(call).map_err(ApiError::internal)?;
        let params = [id, state, &call, from].map(|text| Param::Str(text.to_owned()));
        Ok(self.execute(statements::FINISH_ACTION, &params)? > 0)
    }

    /// Makes an action wait again that could not be carried out.
    pub(crate) fn reopen_action(&self, id: &str) -> Result<(), ChatError> {
        self.execute(statements::REOPEN_ACTION, &[Param::Str(id.to_owned())])?;
        Ok(())
    }
}

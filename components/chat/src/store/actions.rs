//! The calls that wait for the user's word.

use assistant::ToolCall;
use db::{Param, Row};
use http_api::ApiError;

use super::Store;
use crate::sql;

impl Store<'_> {
    /// The actions that wait for an answer to turn `turn`.
    pub(crate) fn waiting(&self, conversation: i64, turn: i64) -> Result<Vec<String>, ApiError> {
        let rows = self.query(sql::WAITING, &[Param::Int64(conversation), Param::Int64(turn)])?;
        Ok(rows.iter().map(|row| row.text("id")).collect::<Result<_, _>>()?)
    }

    /// An action as it is; claimed for being done now if `claim` and it still can be.
    pub(crate) fn decide(&self, id: &str, claim: bool) -> Result<Option<Row>, ApiError> {
        let rows = self.query(sql::DECIDE, &[Param::Str(id.to_owned()), Param::Boolean(claim)])?;
        Ok(rows.into_iter().next())
    }

    /// Stores what came of an action; false if it was not in the state `from` any more.
    pub(crate) fn finish(&self, id: &str, state: &str, call: &ToolCall, from: &str) -> Result<bool, ApiError> {
        let call = serde_json::to_string(call).map_err(ApiError::internal)?;
        let params = [id, state, &call, from].map(|text| Param::Str(text.to_owned()));
        Ok(self.execute(sql::FINISH, &params)? > 0)
    }

    /// Puts an action back that could not be done.
    pub(crate) fn put_back(&self, id: &str) -> Result<(), ApiError> {
        Ok(self.execute(sql::PUT_BACK, &[Param::Str(id.to_owned())]).map(drop)?)
    }
}

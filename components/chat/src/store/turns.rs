//! Turns: how one starts, goes on, is recorded and read.

use assistant::{ModelStep, ToolCall, Turn};
use conversation::{ModelBudget, TimeZone};
use db::{DbError, Param, Row};
use http_api::{Allowance, ApiError, IdempotencyKey};
use rate_limit::Rate;
use task::UserClock;

use super::connection::{ConversationStore, count, number_or_null, text_or_null};
use super::rows::{StoredTurns, read_turns};
use super::spending::{blocked, cost_params, reservation};
use super::statements;
use crate::budget::ModelCost;
use crate::error::ChatError;
use crate::request::ChatRequest;

/// How many turns a model is shown at most; older ones are in the summary.
const SHOWN_TURNS: i64 = 40;

/// The right to write one turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct TurnClaim {
    pub(crate) conversation: i64,
    pub(crate) turn: i64,
    /// Numbers the claims of a turn: only the last one may write.
    pub(crate) attempt: i64,
    /// What the user's clock showed when the turn was claimed.
    pub(crate) clock: UserClock,
}

/// A turn that began with an earlier request.
pub(crate) enum ExistingTurn {
    /// It was cut off, and is claimed again.
    Resumed(TurnClaim),
    /// It is over.
    Over(TurnClaim),
}

impl ConversationStore<'_> {
    /// Counts the user's message against their limits, stores it and claims its turn. `None` if a turn began with the same
    /// idempotency key before. Without a budget no model is asked.
    pub(crate) fn start_turn(
        &self,
        request: &ChatRequest,
        rate: Rate,
        budget: Option<ModelBudget>,
    ) -> Result<Option<(TurnClaim, Allowance)>, ChatError> {
        let message = [
            text_or_null(request.key.as_ref().map(IdempotencyKey::as_str)),
            number_or_null(request.conversation),
            Param::Str(request.message.to_title()),
            Param::Str(request.message.as_str().to_owned()),
            text_or_null(request.time_zone.as_ref().map(TimeZone::as_str)),
        ];
        let params = [&rate_limit::params(rate, self.owner, 1)[..], &message, &reservation(budget)].concat();
        let row = self.open()?.query_one(statements::START_TURN, &params).map_err(start_error)?;
        let Some(row) = row else { return Ok(None) };
        let allowance = rate_limit::read_allowance(rate, &row)?;
        if let Some(reason) = row.opt_text("refused")? {
            return Err(match reason.as_str() {
                "running" => ChatError::TurnRunning,
                "unknown" => ChatError::ConversationNotFound,
                reason => blocked(reason, row.i64("wait")?),
            });
        }
        let (conversation, turn) = (row.i64("begun")?, row.i64("begun_turn")?);
        Ok(Some((TurnClaim { conversation, turn, attempt: 0, clock: read_clock(&row)? }, allowance)))
    }

    /// The turn that began with the same idempotency key, claimed again if it was cut off.
    pub(crate) fn find_started(&self, request: &ChatRequest) -> Result<ExistingTurn, ChatError> {
        let key = text_or_null(request.key.as_ref().map(IdempotencyKey::as_str));
        let zone = text_or_null(request.time_zone.as_ref().map(TimeZone::as_str));
        let params = [key, zone, Param::DbNull, Param::DbNull];
        let row = self.query_one(statements::FIND_TURN, &params)?.ok_or(ChatError::TurnRunning)?;
        let conversation = row.i64("conversation_id")?;
        let elsewhere = request.conversation.is_some_and(|asked| asked != conversation);
        if elsewhere || row.text("text")? != request.message.as_str() {
            return Err(ChatError::KeyReused);
        }
        existing_turn(&row)
    }

    /// A turn by its number, claimed again if it was cut off, and the message that it began with.
    pub(crate) fn resume_turn(
        &self,
        conversation: i64,
        turn: i64,
        time_zone: Option<&TimeZone>,
    ) -> Result<(ExistingTurn, String), ChatError> {
        let zone = text_or_null(time_zone.map(TimeZone::as_str));
        let params = [Param::DbNull, zone, Param::Int64(conversation), Param::Int64(turn)];
        let row = self.query_one(statements::FIND_TURN, &params)?.ok_or(ChatError::ConversationNotFound)?;
        Ok((existing_turn(&row)?, row.text("text")?))
    }

    /// Counts a turn that goes on against the user's limits, like a message.
    pub(crate) fn count_again(
        &self,
        claim: &TurnClaim,
        rate: Rate,
        budget: Option<ModelBudget>,
    ) -> Result<Allowance, ChatError> {
        let db = self.open()?;
        let allowance = rate_limit::take(&db, rate, self.owner)?;
        let params = [&[Param::Int64(claim.conversation)][..], &reservation(budget)].concat();
        let row = db.query_row(statements::RESERVE_TURN, &self.owned(&params))?;
        match row.opt_text("refused")? {
            Some(reason) => Err(blocked(&reason, row.i64("wait")?)),
            None => Ok(allowance),
        }
    }

    /// The turns up to number `last` that a model is shown.
    pub(crate) fn shown_turns(&self, conversation: i64, last: i64) -> Result<StoredTurns, ChatError> {
        match last {
            0 => Ok(StoredTurns::default()),
            _ => Ok(self.read_turns(conversation, last, SHOWN_TURNS, false)?),
        }
    }

    /// One turn.
    pub(crate) fn read_turn(&self, claim: &TurnClaim) -> Result<Turn, ChatError> {
        let found = self.read_turns(claim.conversation, claim.turn, 1, true)?;
        found.turns.into_iter().next().map(|stored| stored.turn).ok_or(ChatError::ConversationNotFound)
    }

    /// Stores a response of the model, and what it cost.
    pub(crate) fn record_response(
        &self,
        claim: &TurnClaim,
        number: usize,
        response: &ModelStep,
        cost: ModelCost,
    ) -> Result<(), ChatError> {
        let params = response_params(claim, count(number)?, response);
        let params = [&params[..], &cost_params(cost)].concat();
        let row = self.open()?.query_row(statements::RECORD_RESPONSE, &self.owned(&params))?;
        if row.bool("recorded")? { Ok(()) } else { Err(ChatError::TurnLost) }
    }

    /// Stores the results of calls. Returns the tokens that the user has used today, with those that running turns have reserved.
    pub(crate) fn record_calls(&self, claim: &TurnClaim, number: usize, calls: &[ToolCall]) -> Result<u64, ChatError> {
        let calls = Param::Str(serde_json::to_string(calls).map_err(ApiError::internal)?);
        let [conversation, turn, attempt] = claim.params();
        let params = [conversation, turn, attempt, Param::Int64(count(number)?), calls];
        let row = self.open()?.query_row(statements::RECORD_CALLS, &self.owned(&params))?;
        if !row.bool("recorded")? {
            return Err(ChatError::TurnLost);
        }
        Ok(u64::try_from(row.i64("used")?).unwrap_or(0))
    }

    /// Gives up a claim.
    pub(crate) fn release(&self, claim: &TurnClaim) -> Result<(), DbError> {
        self.execute(statements::RELEASE_CLAIM, &claim.params()).map(drop)
    }

    /// Puts the turns up to `last` into the summary.
    pub(crate) fn save_summary(&self, conversation: i64, last: i64, text: String) -> Result<(), DbError> {
        let params = [Param::Int64(conversation), Param::Int64(last), Param::Str(text)];
        self.execute(statements::SAVE_SUMMARY, &params).map(drop)
    }

    fn read_turns(&self, conversation: i64, last: i64, most: i64, all: bool) -> Result<StoredTurns, DbError> {
        let params = [Param::Int64(conversation), Param::Int64(last), Param::Int64(most), Param::Boolean(all)];
        read_turns(&self.query(statements::READ_TURNS, &params)?)
    }
}

impl TurnClaim {
    fn params(&self) -> [Param; 3] {
        [self.conversation, self.turn, self.attempt].map(Param::Int64)
    }
}

fn read_clock(row: &Row) -> Result<UserClock, ApiError> {
    let [zone, local, today, utc, week_start] =
        ["zone", "local", "today", "utc", "week_start"].map(|column| row.text(column));
    UserClock::parse(zone?, &local?, &today?, &utc?, &week_start?)
        .ok_or_else(|| ApiError::internal("the clock cannot be read"))
}

fn existing_turn(row: &Row) -> Result<ExistingTurn, ChatError> {
    let claim = TurnClaim {
        conversation: row.i64("conversation_id")?,
        turn: row.i64("turn")?,
        attempt: 0,
        clock: read_clock(row)?,
    };
    match (row.bool("over")?, row.get::<Option<i64>>("attempt")?) {
        (true, _) => Ok(ExistingTurn::Over(claim)),
        (false, Some(attempt)) => Ok(ExistingTurn::Resumed(TurnClaim { attempt, ..claim })),
        (false, None) => Err(ChatError::TurnRunning),
    }
}

fn response_params(claim: &TurnClaim, step: i64, response: &ModelStep) -> [Param; 9] {
    let [conversation, turn, attempt] = claim.params();
    [
        conversation,
        turn,
        attempt,
        Param::Int64(step),
        Param::Str(response.text.clone()),
        text_or_null(response.content.as_ref().map(|content| content.get())),
        Param::Str(response.model.clone()),
        text_or_null(response.model_version.as_deref()),
        text_or_null(response.outcome.map(|outcome| outcome.word())),
    ]
}

/// A token may outlive its user, and two requests with the same key may come at once.
fn start_error(error: DbError) -> ChatError {
    if error.violates("conversation_user_id_fkey") || error.violates("token_usage_user_id_fkey") {
        return ApiError::invalid_token("the user does not exist any more").into();
    }
    if error.violates("message_idempotency_key_idx") {
        return ChatError::TurnRunning;
    }
    error.into()
}

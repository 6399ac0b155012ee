//! Conversations of one user in the database. Each function is one statement (`sql.rs`) on a connection of its own:
//! a turn waits for the model for seconds, and must not keep a connection from others while it does.

mod actions;
mod conversations;

use assistant::{Language, ModelStep, StepRecord, Turn};
use conversation::{ModelBudget, TimeZone};
use db::{Db, DbError, Param, Row};
use http::header::RETRY_AFTER;
use http_api::{Allowance, ApiError, IdempotencyKey};
use rate_limit::Rate;

use crate::conversations::no_conversation;
use crate::limits::{self, Ledger};
use crate::message::Asked;
use crate::rows::{Stored, stored};
use crate::sql;

/// Turns that are read for a model at most; those beyond are in the summary.
const READ_TURNS: i64 = 40;

/// The conversations of one user.
pub(crate) struct Store<'a> {
    /// The database.
    pub(crate) url: &'a str,
    /// The user.
    pub(crate) owner: &'a str,
    /// Of refusals.
    pub(crate) language: Language,
}

/// The right to write one turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claim {
    pub(crate) conversation: i64,
    pub(crate) turn: i64,
    pub(crate) attempt: i64,
    /// The user's date and time, in words, if their zone is known.
    pub(crate) today: Option<String>,
}

/// What stands under an idempotency key.
pub(crate) enum Known {
    /// The turn was cut off, and is claimed again.
    Resumed(Claim),
    /// The turn is over.
    Over(Claim),
}

impl Store<'_> {
    /// Counts the user's message against their limits, stores it and claims its turn: 404 for a conversation that the user does not
    /// have, 409 while another turn runs. `None` if it was begun before, with the same key. Without a budget no model is asked.
    pub(crate) fn begin(
        &self,
        asked: &Asked,
        rate: Rate,
        budget: Option<ModelBudget>,
    ) -> Result<Option<(Claim, Allowance)>, ApiError> {
        let asks = [
            optional(asked.key.as_ref().map(IdempotencyKey::to_string)),
            asked.conversation.map_or(Param::DbNull, Param::Int64),
            Param::Str(asked.message.to_title()),
            Param::Str(asked.message.as_str().to_owned()),
            optional(zone_name(asked.zone.as_ref())),
        ];
        let params = [&rate_limit::params(rate, self.owner, 1)[..], &asks, &limits::reservation(budget)].concat();
        let Some(row) =
            Db::open(self.url)?.query_one(sql::BEGIN, &params).map_err(|error| refused(error, self.language))?
        else {
            return Ok(None);
        };
        let allowance = rate_limit::read_allowance(rate, &row)?;
        if let Some(reason) = row.opt_text("refused")? {
            return Err(match reason.as_str() {
                "running" => still_running(self.language),
                "unknown" => no_conversation(),
                _ => limits::exhausted(&reason, row.i64("wait")?, self.language.texts()),
            });
        }
        let (conversation, turn) = (row.i64("begun")?, row.i64("begun_turn")?);
        Ok(Some((Claim { conversation, turn, attempt: 0, today: row.opt_text("today")? }, allowance)))
    }

    /// The turn that was begun with the same key: 409 while it runs, 422 for another message.
    pub(crate) fn known(&self, asked: &Asked) -> Result<Known, ApiError> {
        let key = asked.key.as_ref().map(IdempotencyKey::to_string);
        let params = [optional(key), optional(zone_name(asked.zone.as_ref())), Param::DbNull, Param::DbNull];
        let rows = self.query(sql::RESUME, &params)?;
        let Some(row) = rows.first() else { return Err(still_running(self.language)) };
        let conversation = row.i64("conversation_id")?;
        let other = asked.conversation.is_some_and(|asked| asked != conversation);
        if other || row.text("text")? != asked.message.as_str() {
            let detail = "This Idempotency-Key was used with another message. Use a new one for each message.";
            return Err(ApiError::new(http::StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail));
        }
        resumed(row, self.language)
    }

    /// A turn by its number, and the message that began it; `None` if there is none.
    pub(crate) fn again(
        &self,
        conversation: i64,
        turn: i64,
        zone: Option<&TimeZone>,
    ) -> Result<Option<(Known, String)>, ApiError> {
        let params = [Param::DbNull, optional(zone_name(zone)), Param::Int64(conversation), Param::Int64(turn)];
        let rows = self.query(sql::RESUME, &params)?;
        rows.first().map(|row| Ok((resumed(row, self.language)?, row.text("text")?))).transpose()
    }

    /// The turns up to number `last` that a model may be shown.
    pub(crate) fn history(&self, conversation: i64, last: i64) -> Result<Stored, ApiError> {
        match last {
            0 => Ok(Stored::default()),
            _ => Ok(self.turns(conversation, last, READ_TURNS, false)?),
        }
    }

    /// One turn.
    pub(crate) fn turn(&self, claim: &Claim) -> Result<Turn, ApiError> {
        let found = self.turns(claim.conversation, claim.turn, 1, true)?;
        found.turns.into_iter().next().map(|stored| stored.turn).ok_or_else(no_conversation)
    }

    /// Counts a turn that goes on against the user's limits, like a message: what is left, or why it may not.
    pub(crate) fn count(&self, claim: &Claim, rate: Rate, budget: Option<ModelBudget>) -> Result<Allowance, ApiError> {
        let db = Db::open(self.url)?;
        let allowance = rate_limit::take(&db, rate, self.owner)?;
        let params = [&[Param::Int64(claim.conversation)][..], &limits::reservation(budget)].concat();
        let row = db.query_row(sql::RESERVE, &self.owned(&params))?;
        match row.opt_text("refused")? {
            Some(reason) => Err(limits::exhausted(&reason, row.i64("wait")?, self.language.texts())),
            None => Ok(allowance),
        }
    }

    /// Stores a step, an answer with what it cost: 409 if the turn is not this one's to write any more.
    pub(crate) fn keep(&self, claim: &Claim, record: StepRecord, ledger: &Ledger) -> Result<(), ApiError> {
        let written = match record {
            StepRecord::Model(step, answer) => {
                let cost = ledger.bill().map(Param::Int64);
                let params = answer_params(claim, count(step)?, answer);
                self.execute(sql::KEEP_ANSWER, &[&params[..], &cost[..]].concat())?
            }
            StepRecord::Calls(step, calls) => {
                let calls = Param::Str(serde_json::to_string(calls).map_err(ApiError::internal)?);
                let [conversation, turn, attempt] = claim.params();
                self.execute(sql::KEEP_CALLS, &[conversation, turn, attempt, Param::Int64(count(step)?), calls])?
            }
        };
        match written {
            0 => Err(ApiError::conflict("The conversation was deleted, or went on elsewhere, while this ran.")),
            _ => Ok(()),
        }
    }

    /// Gives up a claim.
    pub(crate) fn release(&self, claim: &Claim) -> Result<(), DbError> {
        self.execute(sql::RELEASE, &claim.params()).map(drop)
    }

    /// Puts the turns up to `last` into the summary.
    pub(crate) fn summarize(&self, conversation: i64, last: i64, text: String) -> Result<(), DbError> {
        let params = [Param::Int64(conversation), Param::Int64(last), Param::Str(text)];
        self.execute(sql::SUMMARIZE, &params).map(drop)
    }

    fn turns(&self, conversation: i64, last: i64, most: i64, all: bool) -> Result<Stored, DbError> {
        let params = [Param::Int64(conversation), Param::Int64(last), Param::Int64(most), Param::Boolean(all)];
        stored(&self.query(sql::HISTORY, &params)?)
    }

    fn query(&self, statement: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        Db::open(self.url)?.query(statement, &self.owned(params))
    }

    pub(crate) fn execute(&self, statement: &str, params: &[Param]) -> Result<u64, DbError> {
        Db::open(self.url)?.execute(statement, &self.owned(params))
    }

    /// Every statement's first parameter is the owner.
    fn owned(&self, params: &[Param]) -> Vec<Param> {
        std::iter::once(Param::Str(self.owner.to_owned())).chain(params.iter().cloned()).collect()
    }
}

/// A turn that was begun before.
fn resumed(row: &Row, language: Language) -> Result<Known, ApiError> {
    let (conversation, turn, today) = (row.i64("conversation_id")?, row.i64("turn")?, row.opt_text("today")?);
    match (row.bool("over")?, row.get::<Option<i64>>("attempt")?) {
        (true, _) => Ok(Known::Over(Claim { conversation, turn, attempt: 0, today })),
        (false, Some(attempt)) => Ok(Known::Resumed(Claim { conversation, turn, attempt, today })),
        (false, None) => Err(still_running(language)),
    }
}

impl Claim {
    fn params(&self) -> [Param; 3] {
        [self.conversation, self.turn, self.attempt].map(Param::Int64)
    }
}

fn answer_params(claim: &Claim, step: i64, answer: &ModelStep) -> [Param; 9] {
    let [conversation, turn, attempt] = claim.params();
    [
        conversation,
        turn,
        attempt,
        Param::Int64(step),
        Param::Str(answer.text.clone()),
        optional(answer.content.as_ref().map(|content| content.get().to_owned())),
        Param::Str(answer.model.clone()),
        optional(answer.model_version.clone()),
        optional(answer.outcome.map(|outcome| outcome.word().to_owned())),
    ]
}

fn count(number: usize) -> Result<i64, ApiError> {
    i64::try_from(number).map_err(ApiError::internal)
}

fn zone_name(zone: Option<&TimeZone>) -> Option<String> {
    zone.map(|zone| zone.as_str().to_owned())
}

fn optional(text: Option<String>) -> Param {
    text.map_or(Param::DbNull, Param::Str)
}

/// The token may outlive its user; two requests with one key may come at once.
fn refused(error: DbError, language: Language) -> ApiError {
    if error.violates("conversation_user_id_fkey") || error.violates("token_usage_user_id_fkey") {
        return ApiError::invalid_token("the user does not exist any more");
    }
    if error.violates("message_idempotency_key_idx") {
        return still_running(language);
    }
    error.into()
}

fn still_running(language: Language) -> ApiError {
    ApiError::conflict(language.texts().still_running).with(RETRY_AFTER, "5")
}

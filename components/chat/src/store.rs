//! Conversations of one user in the database. Each function is one statement (`sql.rs`) on a connection of its own:
//! a turn waits for the model for seconds, and must not keep a connection from others while it does.

use assistant::{HISTORY_TURNS, ModelStep, Step, Turn};
use db::{Db, DbError, Param, Row};
use edge::ApiError;
use http::header::RETRY_AFTER;

use crate::conversations::{Summary, no_conversation};
use crate::message::Message;
use crate::rows::{StoredTurn, summary, turns};
use crate::sql;

/// Turns that are shown of one conversation at most.
const SHOWN_TURNS: i64 = 100;

/// The conversations of one user.
pub(crate) struct Store<'a> {
    /// The database.
    pub(crate) url: &'a str,
    /// The user.
    pub(crate) owner: &'a str,
}

/// The right to write one turn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    pub(crate) conversation: i64,
    pub(crate) turn: i64,
}

impl Store<'_> {
    /// Stores the user's message and claims the turn: 404 for a conversation that the user does not have, 409 while
    /// another turn runs.
    pub(crate) fn begin(&self, conversation: Option<i64>, message: &Message) -> Result<Claim, ApiError> {
        let text = Param::Str(message.as_str().to_owned());
        let Some(conversation) = conversation else {
            let row = self.one(sql::BEGIN_NEW, &[Param::Str(message.title()), text]).map_err(refused)?;
            return Ok(Claim { conversation: row.i64("id")?, turn: row.i64("turn")? });
        };
        let row = self.one(sql::BEGIN_NEXT, &[Param::Int64(conversation), text]).map_err(refused)?;
        match (row.get::<Option<i64>>("turn")?, row.bool("known")?) {
            (Some(turn), _) => Ok(Claim { conversation, turn }),
            (None, true) => {
                Err(ApiError::conflict("The assistant is still answering in this conversation.").with(RETRY_AFTER, "5"))
            }
            (None, false) => Err(no_conversation()),
        }
    }

    /// The turns before the claimed one that a model may be shown.
    pub(crate) fn history(&self, claim: &Claim) -> Result<Vec<Turn>, ApiError> {
        if claim.turn == 1 {
            return Ok(Vec::new());
        }
        let most = i64::try_from(HISTORY_TURNS).map_err(ApiError::internal)?;
        let rows = self.turns(claim.conversation, claim.turn, most)?;
        Ok(rows.into_iter().map(|stored| stored.turn).collect())
    }

    /// Stores one answer of the model, with the results of its calls, from `step` on.
    pub(crate) fn keep(&self, claim: &Claim, step: i64, steps: &[Step]) -> Result<(), ApiError> {
        let (answer, calls) = match steps {
            [Step::Model(answer)] => (answer, None),
            [Step::Model(answer), Step::Tools(calls)] => (answer, Some(calls)),
            _ => return Err(ApiError::internal("steps are kept as an answer and the results of its calls")),
        };
        let calls = calls.map(serde_json::to_string).transpose().map_err(ApiError::internal)?;
        let params = keep_params(claim, step, answer, calls);
        match self.execute(sql::KEEP, &params)? {
            0 => Err(ApiError::conflict("The conversation was deleted, or went on elsewhere, while this ran.")),
            _ => Ok(()),
        }
    }

    /// Gives up a claim.
    pub(crate) fn release(&self, claim: &Claim) -> Result<(), DbError> {
        self.execute(sql::RELEASE, &[Param::Int64(claim.conversation), Param::Int64(claim.turn)]).map(drop)
    }

    /// The newest conversations.
    pub(crate) fn conversations(&self) -> Result<Vec<Summary>, ApiError> {
        Ok(self.query(sql::LIST, &[])?.iter().map(summary).collect::<Result<_, _>>()?)
    }

    /// One conversation, whether a turn runs in it, and its newest turns.
    pub(crate) fn conversation(&self, id: i64) -> Result<Option<(Summary, bool, Vec<StoredTurn>)>, ApiError> {
        let rows = self.query(sql::GET, &[Param::Int64(id)])?;
        let Some(row) = rows.first() else { return Ok(None) };
        let next = row.i64("turn")?.saturating_add(1);
        Ok(Some((summary(row)?, row.bool("running")?, self.turns(id, next, SHOWN_TURNS)?)))
    }

    /// Deletes one conversation; false if there is none.
    pub(crate) fn delete(&self, id: i64) -> Result<bool, ApiError> {
        Ok(self.execute(sql::DELETE, &[Param::Int64(id)])? > 0)
    }

    fn turns(&self, conversation: i64, before: i64, most: i64) -> Result<Vec<StoredTurn>, DbError> {
        let params = [Param::Int64(conversation), Param::Int64(before), Param::Int64(most)];
        turns(&self.query(sql::HISTORY, &params)?)
    }

    fn one(&self, statement: &str, params: &[Param]) -> Result<Row, DbError> {
        let row = Db::open(self.url)?.query_one(statement, &self.owned(params))?;
        row.ok_or_else(|| DbError::Internal("the statement answered no row".to_owned()))
    }

    fn query(&self, statement: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        Db::open(self.url)?.query(statement, &self.owned(params))
    }

    fn execute(&self, statement: &str, params: &[Param]) -> Result<u64, DbError> {
        Db::open(self.url)?.execute(statement, &self.owned(params))
    }

    /// Every statement's first parameter is the owner.
    fn owned(&self, params: &[Param]) -> Vec<Param> {
        std::iter::once(Param::Str(self.owner.to_owned())).chain(params.iter().cloned()).collect()
    }
}

fn keep_params(claim: &Claim, step: i64, answer: &ModelStep, calls: Option<String>) -> [Param; 9] {
    let optional = |text: Option<String>| text.map_or(Param::DbNull, Param::Str);
    [
        Param::Int64(claim.conversation),
        Param::Int64(claim.turn),
        Param::Int64(step),
        Param::Str(answer.text.clone()),
        optional(answer.content.as_ref().map(|content| content.get().to_owned())),
        Param::Str(answer.model.clone()),
        optional(answer.model_version.clone()),
        optional(answer.outcome.map(|outcome| outcome.word().to_owned())),
        optional(calls),
    ]
}

/// The token may outlive its user.
fn refused(error: DbError) -> ApiError {
    match error.violates("conversation_user_id_fkey") {
        true => ApiError::invalid_token("the user does not exist any more"),
        false => error.into(),
    }
}

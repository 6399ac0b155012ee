//! What may be used up: messages of a user in a while, their tokens in a day, everybody's money in a day; and the circuit
//! breaker that leaves a failing model alone. A 429 means the user's own limit; what is not their doing is a 503.

use assistant::{GeminiModel, Texts};
use conversation::{CircuitBreaker, ModelBudget, RESERVED_TOKENS};
use db::Param;
use http::StatusCode;
use http::header::RETRY_AFTER;
use http_api::ApiError;

use crate::sql;
use crate::store::Store;

/// What is reserved for a turn, of how much, and whether the model may have to rest: nothing if none is asked.
pub(crate) fn reservation(budget: Option<ModelBudget>) -> [Param; 5] {
    let (numbers, rests) = match budget {
        None => ([0; 4], false),
        Some(ModelBudget { daily_tokens, daily_micro_usd, prices, breaker }) => {
            let [most_tokens, most_price] = [daily_tokens, daily_micro_usd].map(count);
            ([count(RESERVED_TOKENS), prices.cost(RESERVED_TOKENS, 0), most_tokens, most_price], breaker.failures > 0)
        }
    };
    let [tokens, price, most_tokens, most_price] = numbers.map(Param::Int64);
    [tokens, price, most_tokens, most_price, Param::Boolean(rests)]
}

/// Why the model may not be asked now, for so many seconds: 429 when the user's tokens for today are used up, 503 when the model
/// costs too much or fails too often for everybody.
pub(crate) fn exhausted(reason: &str, seconds: i64, words: &Texts) -> ApiError {
    let seconds = u32::try_from(seconds.clamp(1, 86_400)).unwrap_or(3600);
    match reason {
        "tokens" => {
            let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "daily_limit_reached", words.daily_limit_reached);
            error.with(RETRY_AFTER, seconds.to_string())
        }
        "money" => ApiError::unavailable(words.over_budget, seconds).because("daily spend limit reached"),
        _ => ApiError::unavailable(words.model_paused, seconds).because("circuit breaker open"),
    }
}

/// What a turn uses of the model that it asks, if any, and of what that may cost.
pub(crate) struct Ledger<'a>(pub(crate) Option<(&'a GeminiModel<'a>, ModelBudget)>);

impl Ledger<'_> {
    /// What is to be added to the accounts of the day, once: tokens read, cached, written and thought, and money.
    pub(crate) fn bill(&self) -> [i64; 5] {
        let Some((model, budget)) = self.0 else { return [0; 5] };
        let used = model.take_usage();
        let [prompt, cached, answer, thought] = [used.prompt, used.cached, used.output, used.thought].map(count);
        [prompt, cached, answer, thought, budget.prices.cost(used.prompt, used.output + used.thought)]
    }

    /// Writes down what is not yet, and whether the model failed.
    pub(crate) fn settle(&self, store: &Store) -> Result<(), ApiError> {
        let bill = self.bill();
        if bill != [0; 5] {
            store.execute(sql::USED, &bill.map(Param::Int64))?;
        }
        let Some((model, ModelBudget { breaker: CircuitBreaker { failures, within, rest }, .. })) = self.0 else {
            return Ok(());
        };
        let faults = model.take_faults().min(failures);
        if faults > 0 {
            store.execute(sql::FAILED, &[failures, within, rest, faults].map(|n| Param::Int64(i64::from(n))))?;
        }
        Ok(())
    }
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

//! What may be used up: messages of a user in a while, their tokens in a day, everybody's money in a day; and the circuit
//! breaker that leaves a failing model alone. A 429 means the user's own limit; what is not their doing is a 503.

use assistant::{Gemini, Usage, Words};
use db::Param;
use http::StatusCode;
use http::header::RETRY_AFTER;
use http_api::ApiError;

use crate::sql;
use crate::store::Store;

/// What the model may cost, and when it is left alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// Tokens of one user in a day (UTC); 0 for any number.
    pub daily_tokens: u64,
    /// What all users may cost in a day, in millionths of a dollar; 0 for anything.
    pub daily_micro_usd: u64,
    /// What tokens cost.
    pub prices: Prices,
    /// When a failing model is left alone.
    pub breaker: Breaker,
}

/// Dollars for a million tokens, which is millionths of a dollar for one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Read.
    pub input: f64,
    /// Written or thought.
    pub output: f64,
}

/// So many failures within so many seconds, and the model rests for so many seconds; 0 failures for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// How many.
    pub failures: u32,
    /// Within how many seconds.
    pub within: u32,
    /// For how many seconds.
    pub rest: u32,
}

impl Prices {
    /// What these tokens cost, in millionths of a dollar, rounded up.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "far below 2^52")]
    pub(crate) fn of(self, usage: Usage) -> i64 {
        (usage.prompt as f64 * self.input + (usage.answer + usage.thought) as f64 * self.output).ceil() as i64
    }
}

/// Tokens that a turn is taken to use until it is known, so that turns at the same time do not all spend the same rest.
const RESERVED: Usage = Usage { prompt: 4000, cached: 0, answer: 0, thought: 0 };

/// What is reserved for a turn, of how much, and whether the model may have to rest: nothing if none is asked.
pub(crate) fn reservation(budget: Option<Budget>) -> [Param; 5] {
    let (numbers, rests) = match budget {
        None => ([0; 4], false),
        Some(Budget { daily_tokens, daily_micro_usd, prices, breaker }) => {
            let [most_tokens, most_price] = [daily_tokens, daily_micro_usd].map(count);
            ([count(RESERVED.prompt), prices.of(RESERVED), most_tokens, most_price], breaker.failures > 0)
        }
    };
    let [tokens, price, most_tokens, most_price] = numbers.map(Param::Int64);
    [tokens, price, most_tokens, most_price, Param::Boolean(rests)]
}

/// Why the model may not be asked now, for so many seconds: 429 when the user's tokens for today are used up, 503 when the model
/// costs too much or fails too often for everybody.
pub(crate) fn exhausted(reason: &str, seconds: i64, words: &Words) -> ApiError {
    let seconds = u32::try_from(seconds.clamp(1, 86_400)).unwrap_or(3600);
    match reason {
        "tokens" => {
            let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "daily_limit_reached", words.used_up);
            error.with(RETRY_AFTER, seconds.to_string())
        }
        "money" => ApiError::unavailable(words.over_budget, seconds).because("daily spend limit reached"),
        _ => ApiError::unavailable(words.resting, seconds).because("circuit breaker open"),
    }
}

/// What a turn uses of the model that it asks, if any, and of what that may cost.
pub(crate) struct Ledger<'a>(pub(crate) Option<(&'a Gemini<'a>, Budget)>);

impl Ledger<'_> {
    /// What is to be added to the accounts of the day, once: tokens read, cached, written and thought, and money.
    pub(crate) fn bill(&self) -> [i64; 5] {
        let Some((model, budget)) = self.0 else { return [0; 5] };
        let used = model.take_usage();
        let [prompt, cached, answer, thought] = [used.prompt, used.cached, used.answer, used.thought].map(count);
        [prompt, cached, answer, thought, budget.prices.of(used)]
    }

    /// Writes down what is not yet, and whether the model failed.
    pub(crate) fn settle(&self, store: &Store) -> Result<(), ApiError> {
        let bill = self.bill();
        if bill != [0; 5] {
            store.execute(sql::USED, &bill.map(Param::Int64))?;
        }
        let Some((model, Budget { breaker: Breaker { failures, within, rest }, .. })) = self.0 else { return Ok(()) };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thoughts_are_paid_like_answers_and_fractions_are_rounded_up() {
        let usage = Usage { prompt: 168, cached: 100, answer: 17, thought: 72 };
        assert_eq!(Prices { input: 0.30, output: 2.50 }.of(usage), 273); // 50.4 + 222.5
    }
}

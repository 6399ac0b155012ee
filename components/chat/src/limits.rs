//! What may be used up: messages of a user in a while, their tokens in a day, everybody's money in a day; and the circuit
//! breaker that leaves a failing model alone. A 429 means the user's own limit; what is not their doing is a 503.

use assistant::Usage;
use db::{Db, Param};
use edge::ApiError;
use http::StatusCode;
use http::header::RETRY_AFTER;
use rate::Rate;

use crate::sql;
use crate::store::Store;

/// The limits that the operator sets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// So many messages in so many seconds; 0 for any number.
    pub messages: (u32, u32),
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

/// Counts one message of the user: what is left, or 429.
pub(crate) fn count_message(store: &Store, limits: &Limits) -> Result<edge::Allowance, ApiError> {
    let (limit, window) = limits.messages;
    let rate = Rate { name: "chat", limit, window };
    rate::take(&Db::open(store.url)?, rate, store.owner)
}

/// Whether the model may be asked now: 429 when the user's tokens for today are used up, 503 when the model costs too much
/// or fails too often for everybody.
pub(crate) fn admit(store: &Store, limits: &Limits) -> Result<(), ApiError> {
    let row = store.one(sql::BUDGET, &[])?;
    let day_left = row.i64("day_left")?.clamp(1, 86_400);
    let reached = |used: i64, limit: u64| limit > 0 && u64::try_from(used).unwrap_or(0) >= limit;
    if reached(row.i64("tokens")?, limits.daily_tokens) {
        let detail = "You have used up the assistant for today. It is there again tomorrow; your tasks are as always.";
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "daily_limit_reached", detail);
        return Err(error.with(RETRY_AFTER, day_left.to_string()));
    }
    if reached(row.i64("micro_usd")?, limits.daily_micro_usd) {
        let detail = "The assistant rests until tomorrow: it has used up its budget. Your tasks are as always.";
        let retry_after = u32::try_from(day_left).unwrap_or(3600);
        return Err(ApiError::unavailable(detail, retry_after).because("daily spend limit reached"));
    }
    match u32::try_from(row.i64("open_for")?) {
        Ok(seconds) if seconds > 0 && limits.breaker.failures > 0 => {
            let detail = "The assistant is not available at the moment. Try again shortly.";
            Err(ApiError::unavailable(detail, seconds).because("circuit breaker open"))
        }
        _ => Ok(()),
    }
}

/// Writes down what answers cost, and whether the model failed.
pub(crate) fn settle(store: &Store, limits: &Limits, usage: Usage, failed: bool) -> Result<(), ApiError> {
    if usage != Usage::default() {
        let count = |n: u64| Param::Int64(i64::try_from(n).unwrap_or(i64::MAX));
        let Usage { prompt, cached, answer, thought } = usage;
        let [prompt, cached, answer, thought] = [prompt, cached, answer, thought].map(count);
        store.execute(sql::USED, &[prompt, cached, answer, thought, Param::Int64(limits.prices.of(usage))])?;
    }
    if failed && limits.breaker.failures > 0 {
        let Breaker { failures, within, rest } = limits.breaker;
        store.execute(sql::FAILED, &[failures, within, rest].map(|n| Param::Int64(i64::from(n))))?;
    }
    Ok(())
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

//! What the model costs: reservations, accounts and the circuit breaker.

use conversation::{CircuitBreaker, ModelBudget, RESERVED_TOKENS};
use db::{DbError, Param};

use super::connection::ConversationStore;
use super::statements;
use crate::budget::{ModelCost, ModelMeter, to_i64};
use crate::error::{ChatError, ModelBlock};

impl ConversationStore<'_> {
    /// Adds the cost that no step was recorded with to the accounts, and counts the failures of the model.
    pub(crate) fn settle(&self, meter: &ModelMeter) -> Result<(), ChatError> {
        let cost = meter.take_cost();
        if cost != ModelCost::default() {
            self.execute(statements::ADD_USAGE, &cost_params(cost))?;
        }
        match meter.take_failures() {
            Some((failures, breaker)) => Ok(self.count_failures(failures, breaker)?),
            None => Ok(()),
        }
    }

    fn count_failures(&self, count: u32, breaker: CircuitBreaker) -> Result<(), DbError> {
        let CircuitBreaker { failures, within, rest } = breaker;
        let params = [failures, within, rest, count].map(|number| Param::Int64(i64::from(number)));
        self.open()?.execute(statements::COUNT_FAILURES, &params).map(drop)
    }
}

/// What a turn reserves, of how much, and whether the circuit breaker is in use: nothing without a budget.
pub(super) fn reservation(budget: Option<ModelBudget>) -> [Param; 5] {
    let (numbers, has_breaker) = match budget {
        None => ([0; 4], false),
        Some(ModelBudget { daily_tokens, daily_micro_usd, prices, breaker, .. }) => {
            let [most_tokens, most_price] = [daily_tokens, daily_micro_usd].map(to_i64);
            let price = prices.cost(RESERVED_TOKENS, 0);
            ([to_i64(RESERVED_TOKENS), price, most_tokens, most_price], breaker.failures > 0)
        }
    };
    let [tokens, price, most_tokens, most_price] = numbers.map(Param::Int64);
    [tokens, price, most_tokens, most_price, Param::Boolean(has_breaker)]
}

pub(super) fn cost_params(cost: ModelCost) -> [Param; 5] {
    let ModelCost { prompt, cached, answer, thought, micro_usd } = cost;
    [prompt, cached, answer, thought, micro_usd].map(Param::Int64)
}

/// The error for the database's reason why the model may not be asked.
pub(super) fn blocked(reason: &str, seconds: i64) -> ChatError {
    let block = match reason {
        "tokens" => ModelBlock::UserTokens,
        "money" => ModelBlock::TotalCost,
        _ => ModelBlock::BreakerOpen,
    };
    ChatError::ModelBlocked(block, seconds)
}

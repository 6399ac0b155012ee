//! What a turn uses of the model.

use assistant::GeminiModel;
use conversation::{CircuitBreaker, ModelBudget};

/// Tokens that were used, and their price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ModelCost {
    pub(crate) prompt: i64,
    pub(crate) cached: i64,
    pub(crate) answer: i64,
    pub(crate) thought: i64,
    pub(crate) micro_usd: i64,
}

/// The meter of the model that a turn asks, if it asks one.
pub(crate) struct ModelMeter<'a>(pub(crate) Option<(&'a GeminiModel<'a>, ModelBudget)>);

impl ModelMeter<'_> {
    /// The cost since the last call of this.
    pub(crate) fn take_cost(&self) -> ModelCost {
        let Some((model, budget)) = self.0 else { return ModelCost::default() };
        let (mut used, fallback) = model.take_usage();
        let micro_usd = budget.prices.cost(used.prompt, used.output + used.thought)
            + budget.fallback_prices.cost(fallback.prompt, fallback.output + fallback.thought);
        used += fallback;
        let [prompt, cached, answer, thought] = [used.prompt, used.cached, used.output, used.thought].map(to_i64);
        ModelCost { prompt, cached, answer, thought, micro_usd }
    }

    /// The failures of the model since the last call of this, if there are any, and the circuit breaker that counts them.
    pub(crate) fn take_failures(&self) -> Option<(u32, CircuitBreaker)> {
        let (model, ModelBudget { breaker, .. }) = self.0?;
        let failures = model.take_faults().min(breaker.failures);
        (failures > 0).then_some((failures, breaker))
    }
}

/// A count as the database takes it.
pub(crate) fn to_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

//! A model that is asked only while the user's tokens of the day last.

use std::cell::Cell;

use assistant::{ChatModel, HearText, ModelError, ModelPrompt, ModelResponse};
use conversation::RESERVED_TOKENS;
use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};

/// The tokens of the day are looked at before each call but the first, which the start of the turn has admitted.
pub(super) struct BudgetedModel<'a> {
    pub(super) model: &'a dyn ChatModel,
    /// Tokens of the user in a day; 0 for any number.
    pub(super) daily_tokens: u64,
    /// What the accounts held when results were last stored, the reservation of this turn included; 0 before.
    pub(super) used_tokens: &'a Cell<u64>,
}

impl ChatModel for BudgetedModel<'_> {
    fn max_rounds(&self) -> usize {
        self.model.max_rounds()
    }

    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>> {
        if self.daily_tokens > 0 && self.used_tokens.get() >= self.daily_tokens + RESERVED_TOKENS {
            return ready(Err(ModelError::OverBudget)).boxed_local();
        }
        self.model.respond(prompt, hear)
    }
}

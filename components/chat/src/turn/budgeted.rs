//! A model that is asked only while the user's tokens of the day last.

use std::cell::Cell;

use assistant::{ChatModel, HearText, ModelError, ModelPrompt, ModelResponse};
use conversation::RESERVED_TOKENS;
use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};

use crate::store::ConversationStore;

/// The tokens of the day are looked at before each call but the first, which the start of the turn has admitted.
pub(super) struct BudgetedModel<'a> {
    pub(super) model: &'a dyn ChatModel,
    pub(super) store: &'a ConversationStore<'a>,
    /// Tokens of the user in a day; 0 for any number.
    pub(super) daily_tokens: u64,
    pub(super) has_asked: Cell<bool>,
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
        let is_first = !self.has_asked.replace(true);
        // The accounts hold what this turn has reserved, too.
        let is_spent = || self.store.used_tokens().is_ok_and(|used| used >= self.daily_tokens + RESERVED_TOKENS);
        if !is_first && self.daily_tokens > 0 && is_spent() {
            return ready(Err(ModelError::OverBudget)).boxed_local();
        }
        self.model.respond(prompt, hear)
    }
}

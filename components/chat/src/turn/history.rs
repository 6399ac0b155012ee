//! What a model is shown of a conversation: the newest turns, and a summary of the older ones that is made when they become
//! too many.

use assistant::{GeminiModel, Turn, fits_in_prompt};
use serde_json::json;

use crate::context::ChatContext;
use crate::error::ChatError;
use crate::request::ChatRequest;
use crate::store::TurnClaim;

/// The earlier turns of a conversation, and the current one with its steps so far.
pub(crate) struct TurnHistory {
    pub(crate) summary: Option<String>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) current: Turn,
}

impl TurnHistory {
    /// Reads the conversation up to the claimed turn. Where it has become too long for the model, the older half is summarized
    /// first. If that fails, the next turn tries again, and this one is run without its oldest turns.
    pub(crate) async fn load(
        request: &ChatRequest,
        claim: &TurnClaim,
        context: ChatContext<'_>,
        model: Option<&GeminiModel<'_>>,
    ) -> Result<Self, ChatError> {
        let is_first_attempt = claim.attempt == 0;
        let last = if is_first_attempt { claim.turn - 1 } else { claim.turn };
        let stored = context.store.shown_turns(claim.conversation, last)?;
        let (mut summary, mut turns) = (stored.summary, stored.turns);
        let current = match turns.pop_if(|last| last.number == claim.turn) {
            Some(current) => current.turn,
            None => Turn { message: request.message.as_str().to_owned(), steps: Vec::new() },
        };
        let all: Vec<&Turn> = turns.iter().map(|stored| &stored.turn).collect();
        if let Some(model) = model
            && !fits_in_prompt(&all)
        {
            let older = turns.len().div_ceil(2);
            let env = context.env.turn;
            let name = format!("not_summarized:{}", claim.conversation);
            // Not every message pays for another attempt while they fail.
            let result = match (env.recall)(&name) {
                Some(_) => Err("failed a short time ago".to_owned()),
                None => {
                    let last = turns[older - 1].number;
                    summarize(summary.as_deref(), &all[..older], last, claim, context, model).await
                }
            };
            match result {
                Ok(text) => {
                    summary = Some(text);
                    turns.drain(..older);
                }
                Err(reason) => {
                    (env.remember)(&name, "1");
                    (env.log)(json!({"event": "not_summarized", "reason": reason}));
                }
            }
        }
        Ok(Self { summary, turns: turns.into_iter().map(|stored| stored.turn).collect(), current })
    }
}

/// Summarizes the older turns and stores the summary. The error is for the log.
async fn summarize(
    before: Option<&str>,
    older: &[&Turn],
    last: i64,
    claim: &TurnClaim,
    context: ChatContext<'_>,
    model: &GeminiModel<'_>,
) -> Result<String, String> {
    let text = model.summarize(before, older).await.map_err(|error| error.to_string())?;
    let stored = context.store.save_summary(claim.conversation, last, text.clone());
    stored.map(|()| text).map_err(|error| error.to_string())
}

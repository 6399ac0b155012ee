//! What a model is shown of a conversation: the newest turns, and the older ones as a summary that is made when they
//! become too many.

use assistant::{GeminiModel, Turn, TurnEnv, fits_in_prompt};
use http_api::ApiError;
use serde_json::json;

use crate::store::{Claim, Store};

/// The earlier turns of a conversation and the current one as far as it came.
pub(crate) struct Earlier {
    pub(crate) summary: Option<String>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) current: Turn,
}

/// Reads the conversation up to the claimed turn. Where it has become too long for the model, the older half of it is
/// summed up first; if that fails it is tried again at the next turn, and the oldest turns are not shown in this one.
pub(crate) fn load(
    claim: &Claim,
    message: &str,
    store: &Store,
    model: Option<&GeminiModel>,
    outside: TurnEnv,
) -> Result<Earlier, ApiError> {
    let fresh = claim.attempt == 0;
    let stored = store.history(claim.conversation, if fresh { claim.turn - 1 } else { claim.turn })?;
    let (mut summary, mut turns) = (stored.summary, stored.turns);
    let current = match turns.pop_if(|last| last.number == claim.turn) {
        Some(current) => current.turn,
        None => Turn { message: message.to_owned(), steps: Vec::new() },
    };
    let all: Vec<&Turn> = turns.iter().map(|stored| &stored.turn).collect();
    if let Some(model) = model
        && !fits_in_prompt(&all)
    {
        let older = turns.len().div_ceil(2);
        match model.summarize(summary.as_deref(), &all[..older]) {
            Ok(text) => {
                store.summarize(claim.conversation, turns[older - 1].number, text.clone())?;
                summary = Some(text);
                turns.drain(..older);
            }
            Err(error) => (outside.log)(json!({"event": "not_summarized", "reason": error.to_string()})),
        }
    }
    Ok(Earlier { summary, turns: turns.into_iter().map(|stored| stored.turn).collect(), current })
}

//! A message that is a yes or no to what the turn before asked. No model has a part in it.

use assistant::{MAX_QUESTIONS, ModelStep, SpokenDecision, Texts, TurnEvent, TurnObserver, TurnOutcome, TurnReply};

use super::{actions, replay};
use crate::budget::ModelMeter;
use crate::context::ChatContext;
use crate::error::ChatError;
use crate::store::TurnClaim;

/// Decides the actions that wait since the turn before; `None` if there are none, or if the message approves of another act.
pub(crate) async fn confirm(
    decision: SpokenDecision,
    claim: &TurnClaim,
    context: ChatContext<'_>,
    meter: &ModelMeter<'_>,
    observer: &dyn TurnObserver,
) -> Result<Option<TurnReply>, ChatError> {
    let waiting = context.store.waiting_actions(claim.conversation, claim.turn - 1)?;
    let is_about = |(_, tool): &(String, String)| !decision.approve || decision.is_about(tool);
    if waiting.is_empty() || !waiting.iter().all(is_about) {
        return Ok(None);
    }
    let (mut texts, mut calls) = (Vec::new(), Vec::new());
    for (id, _) in waiting {
        match actions::decide(&id, decision.approve, context).await {
            Ok(decided) => {
                texts.push(decided.text);
                calls.push(decided.call);
            }
            Err(error) => {
                let error = error.into_api_error(context.env.language);
                if error.status.is_server_error() {
                    return Err(error.into());
                }
                texts.push(error.detail); // decided by its button meanwhile
            }
        }
    }
    if decision.approve && calls.len() == MAX_QUESTIONS {
        texts.push(Texts::of(context.env.language).next_ones.to_owned());
    }
    let (text, outcome) = (texts.join("\n"), TurnOutcome::Complete);
    let (model, stored_text) = ("confirmation".to_owned(), text.clone());
    let step = ModelStep { text: stored_text, model, outcome: Some(outcome), ..ModelStep::default() };
    context.store.record_response(claim, 1, &step, meter.take_cost())?;
    // Everything is done: a disconnected client stops nothing.
    let _gone = observer.observe(TurnEvent::RoundStarted);
    calls.iter().for_each(|call| replay::show_call(call, observer));
    let _gone = observer.observe(TurnEvent::Text(&text));
    Ok(Some(TurnReply { text, calls, outcome }))
}

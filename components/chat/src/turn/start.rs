//! How a turn starts: it is counted, its message is stored, and its conversation is claimed.

use http_api::Allowance;

use crate::context::ChatContext;
use crate::error::ChatError;
use crate::request::ChatRequest;
use crate::store::{ExistingTurn, TurnClaim};

/// A turn that may run, or that is over and can only be shown again.
pub(crate) struct StartedTurn {
    pub(crate) claim: TurnClaim,
    pub(crate) is_over: bool,
    /// What is left of the user's limit, if the turn was counted.
    pub(crate) allowance: Option<Allowance>,
}

/// Checks the limits, stores the message and claims its turn; or finds the turn that the same request began before.
pub(crate) fn start(request: &ChatRequest, context: ChatContext) -> Result<StartedTurn, ChatError> {
    let settings = context.env.settings;
    match context.store.start_turn(request, settings.rate()?, settings.budget()?)? {
        Some((claim, allowance)) => Ok(StartedTurn { claim, is_over: false, allowance: Some(allowance) }),
        None => resume(context.store.find_started(request)?, context),
    }
}

/// Goes on with a turn that was cut off. A model is asked again, so that counts as a message.
pub(crate) fn resume(turn: ExistingTurn, context: ChatContext) -> Result<StartedTurn, ChatError> {
    let claim = match turn {
        ExistingTurn::Resumed(claim) => claim,
        ExistingTurn::Over(claim) => return Ok(StartedTurn { claim, is_over: true, allowance: None }),
    };
    match count_again(&claim, context) {
        Ok(allowance) => Ok(StartedTurn { claim, is_over: false, allowance: Some(allowance) }),
        Err(error) => {
            context.store.release(&claim)?;
            Err(error)
        }
    }
}

fn count_again(claim: &TurnClaim, context: ChatContext) -> Result<Allowance, ChatError> {
    let settings = context.env.settings;
    let budget = settings.budget()?;
    context.store.count_again(claim, settings.rate()?, budget)
}

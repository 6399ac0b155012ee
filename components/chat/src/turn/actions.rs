//! Tool calls that wait for the user's decision: exactly the call that was asked about is made, once, when the user approves it.

use assistant::{CallOptions, CallOutcome, TOOL_TIMEOUT, ToolCall, report};

use crate::context::ChatContext;
use crate::error::ChatError;

/// An action that is decided.
pub(crate) struct DecidedAction {
    pub(crate) conversation: i64,
    pub(crate) call: ToolCall,
    /// The outcome, for people.
    pub(crate) text: String,
}

/// Makes the call that the user approves, or notes that they do not. The same decision sent again changes nothing.
pub(crate) async fn decide(id: &str, approve: bool, context: ChatContext<'_>) -> Result<DecidedAction, ChatError> {
    let action = context.store.claim_action(id, approve)?;
    let mut call = action.call;
    match (action.state.as_str(), approve) {
        ("pending" | "running", true) if action.is_claimed => {
            let turn = format!("{}-{}", action.conversation, action.turn);
            make_call(id, &mut call, &turn, context).await?;
        }
        ("pending", false) => {
            call.outcome = CallOutcome::Denied { error: "The user did not want it.".to_owned() };
            if !context.store.finish_action(id, "denied", &call, "pending")? {
                return Err(ChatError::ActionRunning);
            }
        }
        ("done" | "failed", true) | ("denied", false) => {}
        ("running", _) => return Err(ChatError::ActionRunning),
        ("pending", true) => return Err(ChatError::ActionExpired),
        _ => return Err(ChatError::ActionDecided),
    }
    let text = report(&call, &action.summary, context.env.language);
    Ok(DecidedAction { conversation: action.conversation, text, call })
}

/// Makes the call. The server is reached first: a call that could not be sent can be approved again.
async fn make_call(id: &str, call: &mut ToolCall, turn: &str, context: ChatContext<'_>) -> Result<(), ChatError> {
    let tools = match context.env.settings.tools() {
        Ok(tools) => tools,
        Err(error) => {
            context.store.reopen_action(id)?;
            return Err(error.into());
        }
    };
    let mcp = context.mcp_client(&tools, turn);
    if let Err(error) = mcp.reach(TOOL_TIMEOUT).await {
        context.store.reopen_action(id)?;
        return Err(ChatError::ActionNotTried(error.to_string()));
    }
    let options = CallOptions { idempotency_key: id, repeatable: false };
    let (state, outcome) = match mcp.call(&call.name, &call.arguments, options, TOOL_TIMEOUT).await {
        Ok(result) => ("done", CallOutcome::Done { result }),
        Err(error) => ("failed", CallOutcome::Failed { error }),
    };
    call.outcome = outcome;
    context.store.finish_action(id, state, call, "running")?;
    Ok(())
}

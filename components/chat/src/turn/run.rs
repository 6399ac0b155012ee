//! Runs a turn that started: the model is asked, every step is stored, the observer hears of it.

use std::cell::Cell;

use assistant::{
    Assistant, ChatModel, GeminiModel, OfflineModel, StepRecord, TurnEnv, TurnObserver, TurnReply, parse_yes_or_no,
};
use http_api::{ApiError, User};
use serde_json::{Value, json};

use super::budgeted::BudgetedModel;
use super::history::TurnHistory;
use super::start::StartedTurn;
use super::{confirmation, replay};
use crate::budget::ModelMeter;
use crate::context::ChatContext;
use crate::env::ChatEnv;
use crate::error::ChatError;
use crate::request::ChatRequest;
use crate::store::TurnClaim;

/// Runs the turn, or shows one that is over again. The outcome is logged; an error has its response.
pub(crate) async fn run(
    request: &ChatRequest,
    started: &StartedTurn,
    context: ChatContext<'_>,
    observer: &dyn TurnObserver,
) -> Result<TurnReply, ChatError> {
    let claim = &started.claim;
    if started.is_over {
        let turn = context.store.read_turn(claim)?;
        replay::replay(&turn, observer);
        return Ok(replay::stored_reply(turn, context.env.language));
    }
    let log = |event| (context.env.turn.log)(with_context(event, context.user, claim));
    let env = &ChatEnv { turn: TurnEnv { log: &log, ..context.env.turn }, ..*context.env };
    let context = ChatContext { env, ..context };
    let now_ms = env.turn.now_ms;
    let began = now_ms();
    let result = run_and_settle(request, claim, context, observer).await;
    let result = result.map_err(|error| error.into_api_error(env.language));
    log_turn(&result, claim, now_ms().saturating_sub(began), observer, &log);
    if result.is_err()
        && let Err(error) = context.store.release(claim)
    {
        // It lapses by itself.
        log(json!({"event": "claim_not_released", "reason": error.to_string()}));
    }
    Ok(result?)
}

fn log_turn(
    result: &Result<TurnReply, ApiError>,
    claim: &TurnClaim,
    ms: u64,
    observer: &dyn TurnObserver,
    log: &dyn Fn(Value),
) {
    let (turn, attempt) = (claim.turn, claim.attempt);
    let mut event = json!({"event": "turn", "ms": ms, "turn": turn, "attempt": attempt, "live": observer.is_live()});
    match result {
        Ok(reply) => {
            event["outcome"] = json!(reply.outcome.word());
            event["calls"] = json!(reply.calls.len());
        }
        Err(error) => event["outcome"] = json!(error.code),
    }
    log(event);
}

/// A log line with its user (hashed) and conversation.
fn with_context(mut event: Value, user: &User, claim: &TurnClaim) -> Value {
    event["user"] = json!(http_api::pseudonym(&user.id));
    event["conversation"] = json!(claim.conversation);
    event
}

/// Runs the turn and adds to the accounts what it used of the model.
async fn run_and_settle(
    request: &ChatRequest,
    claim: &TurnClaim,
    context: ChatContext<'_>,
    observer: &dyn TurnObserver,
) -> Result<TurnReply, ChatError> {
    let settings = context.env.settings;
    let (gemini, budget) = (settings.gemini()?, settings.budget()?);
    let gemini = gemini.as_ref().map(|settings| GeminiModel::new(settings, context.env.turn));
    let meter = ModelMeter(gemini.as_ref().zip(budget));
    let result = match parse_yes_or_no(request.message.as_str()).filter(|_| claim.turn > 1) {
        Some(decision) => confirmation::confirm(decision, claim, context, &meter, observer).await,
        None => Ok(None),
    };
    let result = match result {
        Ok(None) => assist(request, claim, context, gemini.as_ref(), &meter, observer).await,
        Ok(Some(reply)) => Ok(reply),
        Err(error) => Err(error),
    };
    context.store.settle(&meter)?;
    result
}

/// The assistant's reply.
async fn assist(
    request: &ChatRequest,
    claim: &TurnClaim,
    context: ChatContext<'_>,
    gemini: Option<&GeminiModel<'_>>,
    meter: &ModelMeter<'_>,
    observer: &dyn TurnObserver,
) -> Result<TurnReply, ChatError> {
    let ChatEnv { settings, language, turn: env, .. } = *context.env;
    let tools = settings.tools()?;
    let turn_id = format!("{}-{}", claim.conversation, claim.turn);
    let mcp = context.mcp_client(&tools, &turn_id);
    let TurnHistory { summary, turns, current } = TurnHistory::load(request, claim, context, gemini).await?;
    let offline = OfflineModel::new(language, &claim.clock);
    let model: &dyn ChatModel = match gemini {
        Some(gemini) => gemini,
        None => &offline,
    };
    let daily_tokens = settings.budget()?.map_or(0, |budget| budget.daily_tokens);
    let used_tokens = Cell::new(0);
    let model = &BudgetedModel { model, daily_tokens, used_tokens: &used_tokens };
    let assistant = Assistant { model, mcp: &mcp, env, clock: &claim.clock, language, turn_id: &turn_id };
    let record = |step: StepRecord| match step {
        StepRecord::Model(number, response) => {
            context.store.record_response(claim, number, response, meter.take_cost())
        }
        StepRecord::Calls(number, calls) => {
            used_tokens.set(context.store.record_calls(claim, number, calls)?);
            Ok(())
        }
    };
    Ok(assistant.run(summary.as_deref(), &turns, current, &record, observer).await?)
}

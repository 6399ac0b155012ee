//! One turn over HTTP: count it, claim the conversation, run the turn, keep every step, answer, whole or as a stream.

use assistant::{
    Assistant, ChatModel, GeminiModel, Language, ModelError, ModelStep, OfflineModel, SilentObserver, StepRecord,
    ToolCall, Turn, TurnEnv, TurnError, TurnEvent, TurnObserver, TurnOutcome, TurnReply, parse_yes_or_no,
};
use http::StatusCode;
use http::header::LINK;
use http_api::{ApiError, QueryParams, Request, Response, User, json};
use serde::Serialize;
use serde_json::{Value, json};

use crate::actions;
use crate::history::{self, Earlier};
use crate::limits::Ledger;
use crate::message::Asked;
use crate::routes::Around;
use crate::store::{Claim, Known, Store};
use crate::stream::{self, UiStream};

/// The whole answer to a message, or to an action.
#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    pub(crate) conversation_id: i64,
    pub(crate) response: &'a str,
    pub(crate) tool_calls: &'a [ToolCall],
}

/// `POST /api/{user_id}/chat`.
pub(crate) fn answer(request: &Request, user: &User, store: &Store, around: &Around) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let asked = Asked::read(request)?;
    let begun = begin(&asked, store, around)?;
    let claim = &begun.claim;
    let result = if stream::wanted(request) {
        let mut head = stream::head();
        head.headers_mut().extend([stream::FORMAT]);
        begun.allowance.iter().for_each(|allowance| allowance.show(&mut head));
        (around.begin)(head);
        streamed(&asked, &begun, user, store, around).map(|()| Response::default())
    } else {
        turn(&asked, &begun, user, store, around, &SilentObserver).map(|TurnReply { text, calls, .. }| {
            let answer = Answer { conversation_id: claim.conversation, response: &text, tool_calls: &calls };
            let mut response = json(StatusCode::OK, &answer);
            begun.allowance.iter().for_each(|allowance| allowance.show(&mut response));
            response
        })
    };
    // The message is kept: the client can go on in the same conversation.
    let parent = request.uri().path().trim_end_matches("chat");
    result.map_err(|error| error.with(LINK, format!("<{parent}conversations/{}>; rel=\"related\"", claim.conversation)))
}

/// A turn that may run, or was over before.
pub(crate) struct Begun {
    pub(crate) claim: Claim,
    over: bool,
    pub(crate) allowance: Option<http_api::Allowance>,
}

/// Checks the limits, stores the message and claims its turn; or finds the turn that the same request began before.
pub(crate) fn begin(asked: &Asked, store: &Store, around: &Around) -> Result<Begun, ApiError> {
    let settings = around.settings;
    if let Some((claim, allowance)) = store.begin(asked, settings.rate()?, settings.budget()?)? {
        return Ok(Begun { claim, over: false, allowance: Some(allowance) });
    }
    again(store.known(asked)?, store, around)
}

/// Goes on with a turn that was begun before: a model is asked again, so that counts as a message. One that is over is only told again.
pub(crate) fn again(known: Known, store: &Store, around: &Around) -> Result<Begun, ApiError> {
    let claim = match known {
        Known::Resumed(claim) => claim,
        Known::Over(claim) => return Ok(Begun { claim, over: true, allowance: None }),
    };
    let settings = around.settings;
    match settings.budget().and_then(|budget| store.count(&claim, settings.rate()?, budget)) {
        Ok(allowance) => Ok(Begun { claim, over: false, allowance: Some(allowance) }),
        Err(error) => {
            store.release(&claim)?;
            Err(error)
        }
    }
}

fn streamed(asked: &Asked, begun: &Begun, user: &User, store: &Store, around: &Around) -> Result<(), ApiError> {
    let stream = UiStream::begin(around.send, &begun.claim);
    match turn(asked, begun, user, store, around, &stream) {
        Ok(reply) => {
            stream.finish(reply.outcome);
            Ok(())
        }
        Err(error) => {
            stream.fail(&error.detail);
            Err(error)
        }
    }
}

/// Runs the turn, or finds the answer of one that is over.
pub(crate) fn turn(
    asked: &Asked,
    begun: &Begun,
    user: &User,
    store: &Store,
    around: &Around,
    observer: &dyn TurnObserver,
) -> Result<TurnReply, ApiError> {
    let claim = &begun.claim;
    if begun.over {
        let turn = store.turn(claim)?;
        stream::replay(&turn, observer);
        return Ok(said_before(turn, around.language));
    }
    let log = |event| (around.outside.log)(in_context(event, user, claim));
    let around = &Around { outside: TurnEnv { log: &log, ..around.outside }, ..*around };
    let began = (around.outside.now_ms)();
    let result = run(asked, begun, user, store, around, observer);
    let ms = (around.outside.now_ms)().saturating_sub(began);
    let mut event =
        json!({"event": "turn", "ms": ms, "turn": claim.turn, "attempt": claim.attempt, "live": observer.is_live()});
    match &result {
        Ok(reply) => {
            event["outcome"] = json!(reply.outcome.word());
            event["calls"] = json!(reply.calls.len());
        }
        Err(error) => event["outcome"] = json!(error.code),
    }
    (around.outside.log)(event);
    if result.is_err()
        && let Err(failure) = store.release(claim)
    {
        // It lapses by itself.
        (around.outside.log)(json!({"event": "claim_not_released", "reason": failure.to_string()}));
    }
    result
}

fn said_before(turn: Turn, language: Language) -> TurnReply {
    let outcome = turn.outcome().unwrap_or(TurnOutcome::Partial);
    let calls = turn.calls().cloned().collect();
    let text = match turn.steps.into_iter().next_back() {
        Some(assistant::Step::Model(step)) if step.outcome.is_some() => step.text,
        _ => language.texts().interrupted.to_owned(),
    };
    TurnReply { text, calls, outcome }
}

fn run(
    asked: &Asked,
    begun: &Begun,
    user: &User,
    store: &Store,
    around: &Around,
    observer: &dyn TurnObserver,
) -> Result<TurnReply, ApiError> {
    let settings = around.settings;
    let (gemini, budget) = (settings.gemini()?, settings.budget()?);
    let gemini = gemini.as_ref().map(|settings| GeminiModel::new(settings, around.outside));
    let model = gemini.as_ref();
    let ledger = Ledger(model.zip(budget));
    let (message, claim, ledger) = (asked.message.as_str(), &begun.claim, &ledger);
    let run = Run { message, claim, user, store, around, observer, model, ledger };
    let result = match run.decision() {
        Ok(None) => run.assist(),
        Ok(Some(reply)) => Ok(reply),
        Err(error) => Err(error),
    };
    ledger.settle(store)?;
    result
}

/// A turn that runs.
struct Run<'a> {
    message: &'a str,
    claim: &'a Claim,
    user: &'a User,
    store: &'a Store<'a>,
    around: &'a Around<'a>,
    observer: &'a dyn TurnObserver,
    model: Option<&'a GeminiModel<'a>>,
    ledger: &'a Ledger<'a>,
}

impl Run<'_> {
    /// The assistant's answer.
    fn assist(&self) -> Result<TurnReply, ApiError> {
        let Self { message, claim, user, store, around, observer, .. } = self;
        let tools = around.settings.tools()?;
        let (mcp, env, language) = (around.mcp(&tools, user), around.outside, around.language);
        let Earlier { summary, turns, current } = history::load(claim, message, store, self.model, env)?;
        let record = |step: StepRecord| store.keep(claim, step, self.ledger);
        let turn_id = format!("{}-{}", claim.conversation, claim.turn);
        let offline = OfflineModel(language);
        let model: &dyn ChatModel = match self.model {
            Some(gemini) => gemini,
            None => &offline,
        };
        let today = claim.today.as_deref();
        let assistant = Assistant { model, mcp: &mcp, env, today, language, turn_id: &turn_id };
        assistant.run(summary.as_deref(), &turns, current, &record, *observer).map_err(|error| failed(error, language))
    }

    /// The user's yes or no to what the turn before asked, if this is one and something was asked. No model has a part in it.
    fn decision(&self) -> Result<Option<TurnReply>, ApiError> {
        let Self { claim, user, store, around, observer, .. } = self;
        let Some(approve) = parse_yes_or_no(self.message).filter(|_| claim.turn > 1) else { return Ok(None) };
        let waiting = store.waiting(claim.conversation, claim.turn - 1)?;
        if waiting.is_empty() {
            return Ok(None);
        }
        let (mut texts, mut calls) = (Vec::new(), Vec::new());
        for id in waiting {
            match actions::decide(&id, approve, user, store, around) {
                Ok(decided) => {
                    texts.push(decided.text);
                    calls.push(decided.call);
                }
                Err(error) if error.status.is_server_error() => return Err(error),
                Err(error) => texts.push(error.detail), // answered by the button meanwhile
            }
        }
        let text = texts.join("\n");
        let outcome = TurnOutcome::Complete;
        let (model, said) = ("confirmation".to_owned(), text.clone());
        let step = ModelStep { text: said, model, outcome: Some(outcome), ..ModelStep::default() };
        store.keep(claim, StepRecord::Model(1, &step), self.ledger)?;
        let _gone = observer.observe(TurnEvent::RoundStarted); // it is all done
        for call in &calls {
            let _gone =
                observer.observe(TurnEvent::CallStarted { id: &call.id, name: &call.name, arguments: &call.arguments });
            let _gone = observer.observe(TurnEvent::CallEnded(call));
        }
        let _gone = observer.observe(TurnEvent::Text(&text));
        Ok(Some(TurnReply { text, calls, outcome }))
    }
}

fn failed(error: TurnError<ApiError>, language: Language) -> ApiError {
    let words = language.texts();
    let cause = error.to_string();
    let (detail, retry_after) = match error {
        TurnError::Storage(error) => return error,
        TurnError::Tools(_) => (words.tools_unreachable, 5),
        TurnError::Model(ModelError::Unavailable { retry_after, .. }) => (words.model_unavailable, retry_after),
        TurnError::Model(ModelError::Misconfigured { .. }) => (words.model_misconfigured, 300),
        TurnError::Model(ModelError::Unusable { .. }) => (words.no_usable_response, 1),
        TurnError::Model(ModelError::Stopped) => (words.client_gone, 1),
    };
    ApiError::unavailable(detail, retry_after).because(cause)
}

/// A log line: the event, and to which user (hashed) and conversation it belongs.
fn in_context(mut event: Value, user: &User, claim: &Claim) -> Value {
    event["user"] = json!(http_api::pseudonym(&user.id));
    event["conversation"] = json!(claim.conversation);
    event
}

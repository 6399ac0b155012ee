//! The end of a turn: the model's last response, or the assistant's own text where there is none.

use serde_json::json;

use crate::agent::assistant::{Assistant, TurnError, TurnReply};
use crate::agent::deeds::{deeds, failures};
use crate::agent::question::confirmation_request;
use crate::language::{Language, Texts};
use crate::model::{FinishReason, ModelError, ModelResponse};
use crate::observer::{TurnEvent, TurnObserver};
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ModelStep, RecordStep, StepRecord, ToolCall, Turn, TurnOutcome};

impl Assistant<'_> {
    /// Ends the turn with the model's last response. If there is none although calls ran, the assistant's own text says so,
    /// so that the user does not repeat what was already done. Questions to the user come last, in the assistant's own words.
    pub(crate) fn conclude<E>(
        &self,
        turn: Turn,
        last: Result<ModelResponse, ModelError>,
        record: &RecordStep<E>,
        observer: &dyn TurnObserver,
    ) -> Result<TurnReply, TurnError<E>> {
        let texts = Texts::of(self.language);
        let calls: Vec<ToolCall> = turn.calls().cloned().collect();
        let question = confirmation_request(&calls, self.language);
        let (mut step, streamed) = match last {
            Ok(response) => {
                let streamed = response.text.clone();
                let stopped = stopped(&calls, self.language);
                (last_step(response, question.is_some(), observer.is_live(), texts, &stopped), streamed)
            }
            Err(ModelError::Stopped) => (own_step(&stopped(&calls, self.language)), String::new()),
            Err(error) if turn.steps.is_empty() => return Err(TurnError::Model(error)),
            Err(error) => {
                (self.env.log)(json!({"event": "turn_cut", "reason": error.to_string()}));
                let mut text = no_summary(&calls, self.language);
                if error == ModelError::OverBudget {
                    text = format!("{text}\n{}", texts.daily_limit_reached);
                }
                (own_step(&text), String::new())
            }
        };
        if let Some(question) = question {
            step.text = format!("{}\n\n{question}", step.text).trim().to_owned();
        }
        record(StepRecord::Model(turn.steps.len() + 1, &step)).map_err(TurnError::Storage)?;
        let rest = step.text.strip_prefix(&streamed).unwrap_or(&step.text);
        if !rest.is_empty() {
            let _gone = observer.observe(TurnEvent::Text(rest)); // the turn is over either way
        }
        let outcome = step.outcome.unwrap_or(TurnOutcome::Partial);
        Ok(TurnReply { text: step.text, calls, outcome })
    }
}

/// What was done and what failed, where the model does not say it.
fn no_summary(calls: &[ToolCall], language: Language) -> String {
    let texts = Texts::of(language);
    let any_done = calls.iter().any(|call| matches!(call.outcome, CallOutcome::Done { .. }) && call.name != LIST_TASKS);
    let first = if any_done { texts.no_summary } else { texts.nothing_changed };
    let lines = deeds(calls, language).into_iter().chain(failures(calls)).map(|line| format!("- {line}"));
    std::iter::once(first.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

/// That the client stopped the turn, and what was done until then.
fn stopped(calls: &[ToolCall], language: Language) -> String {
    let mut sentences = vec![Texts::of(language).stopped.to_owned()];
    sentences.extend(deeds(calls, language));
    sentences.join(" ")
}

/// A last step in the assistant's own words.
fn own_step(text: &str) -> ModelStep {
    ModelStep { text: text.into(), outcome: Some(TurnOutcome::Partial), ..ModelStep::default() }
}

/// The response that ends a turn. Calls in it did not run, so its content is not echoed then.
fn last_step(response: ModelResponse, asks: bool, heard: bool, texts: &Texts, stopped: &str) -> ModelStep {
    let has_calls = !response.calls.is_empty();
    let finish = response.finish;
    let mut step = response.into_step(None);
    let (outcome, note) = match finish {
        FinishReason::Refused => (TurnOutcome::Refused, texts.refused),
        FinishReason::Truncated => (TurnOutcome::Truncated, texts.cut_off),
        FinishReason::Stopped => (TurnOutcome::Partial, stopped),
        FinishReason::Complete if has_calls || (step.text.is_empty() && !asks) => {
            (TurnOutcome::Partial, texts.too_many_steps)
        }
        FinishReason::Complete => (TurnOutcome::Complete, ""),
    };
    if has_calls || outcome != TurnOutcome::Complete || step.text.is_empty() {
        step.content = None;
    }
    step.text = match outcome {
        // What was heard stays: the refusal is a paragraph of its own.
        TurnOutcome::Refused if !heard => note.into(),
        TurnOutcome::Truncated if has_calls => format!("{}\n\n{note} {}", step.text, texts.not_begun).trim().into(),
        _ => format!("{}\n\n{note}", step.text).trim().into(),
    };
    step.outcome = Some(outcome);
    step
}

//! The end of a turn: the model's last words, or ours where it has none.

use serde_json::json;

use crate::language::Texts;
use crate::model::{FinishReason, ModelError, ModelResponse};
use crate::observer::{TurnEvent, TurnObserver};
use crate::question;
use crate::rounds::{Assistant, TurnError, TurnReply};
use crate::turn::{ModelStep, RecordStep, StepRecord, ToolCall, Turn, TurnOutcome};

impl Assistant<'_> {
    /// Ends the turn with the model's last answer; if there is none although calls ran, with our own words, so that
    /// nobody repeats what was already done. What waits for the user's word is said last, in our own words too.
    pub(crate) fn conclude<E>(
        &self,
        turn: Turn,
        last: Result<ModelResponse, ModelError>,
        record: &RecordStep<E>,
        observer: &dyn TurnObserver,
    ) -> Result<TurnReply, TurnError<E>> {
        let words = self.language.texts();
        let own =
            |text: &str| ModelStep { text: text.into(), outcome: Some(TurnOutcome::Partial), ..ModelStep::default() };
        let calls: Vec<ToolCall> = turn.calls().cloned().collect();
        let question = question::ask(&calls, self.language);
        let (mut step, mut said) = match last {
            Ok(answer) => {
                let said = answer.text.clone();
                (last_step(answer, question.is_some(), words), said)
            }
            Err(ModelError::Stopped) => (own(words.stopped), String::new()),
            Err(error) if turn.steps.is_empty() => return Err(TurnError::Model(error)),
            Err(error) => {
                (self.env.log)(json!({"event": "turn_cut", "reason": error.to_string()}));
                (own(words.no_last_word), String::new())
            }
        };
        if let Some(question) = question {
            step.text = format!("{}\n\n{question}", step.text).trim().to_owned();
        }
        record(StepRecord::Model(turn.steps.len() + 1, &step)).map_err(TurnError::Storage)?;
        if !step.text.starts_with(&said) {
            said = String::new(); // what was heard of a refused answer is not part of it
        }
        let rest = &step.text[said.len()..];
        if !rest.is_empty() {
            let _gone = observer.observe(TurnEvent::Text(rest)); // the turn is over either way
        }
        let outcome = step.outcome.unwrap_or(TurnOutcome::Partial);
        Ok(TurnReply { text: step.text, calls, outcome })
    }
}

/// An answer, as it is kept.
pub(crate) fn kept(answer: ModelResponse, outcome: Option<TurnOutcome>) -> ModelStep {
    let ModelResponse { content, text, model, model_version, .. } = answer;
    ModelStep { content: Some(content), text, model, model_version, outcome }
}

/// The answer that ends a turn. Calls in it did not run, so its content is not echoed then.
fn last_step(answer: ModelResponse, asks: bool, words: &Texts) -> ModelStep {
    let dangling = !answer.calls.is_empty();
    let finish = answer.finish;
    let mut step = kept(answer, None);
    let (outcome, note) = match finish {
        FinishReason::Refused => (TurnOutcome::Refused, words.refused),
        FinishReason::Truncated => (TurnOutcome::Truncated, words.cut_off),
        FinishReason::Complete if dangling || (step.text.is_empty() && !asks) => {
            (TurnOutcome::Partial, words.too_many_steps)
        }
        FinishReason::Complete => (TurnOutcome::Complete, ""),
    };
    if dangling || outcome != TurnOutcome::Complete || step.text.is_empty() {
        step.content = None;
    }
    step.text = match outcome {
        TurnOutcome::Refused => note.into(),
        _ => format!("{}\n\n{note}", step.text).trim().into(),
    };
    step.outcome = Some(outcome);
    step
}

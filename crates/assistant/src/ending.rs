//! The end of a turn: the model's last words, or ours where it has none.

use serde_json::json;

use crate::language::Words;
use crate::model::{Answer, Finish, ModelError};
use crate::question;
use crate::rounds::{Assistant, Event, Kept, Reply, TurnError, Witness};
use crate::turn::{ModelStep, Outcome, ToolCall, Turn};

impl Assistant<'_> {
    /// Ends the turn with the model's last answer; if there is none although calls ran, with our own words, so that
    /// nobody repeats what was already done. What waits for the user's word is said last, in our own words too.
    pub(crate) fn conclude<E>(
        &self,
        turn: Turn,
        last: Result<Answer, ModelError>,
        witness: &Witness<E>,
    ) -> Result<Reply, TurnError<E>> {
        let words = self.language.words();
        let own = |text: &str| ModelStep { text: text.into(), outcome: Some(Outcome::Partial), ..ModelStep::default() };
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
                (self.outside.log)(json!({"event": "turn_cut", "reason": error.to_string()}));
                (own(words.no_last_word), String::new())
            }
        };
        if let Some(question) = question {
            step.text = format!("{}\n\n{question}", step.text).trim().to_owned();
        }
        (witness.keep)(Kept::Answer(turn.steps.len() + 1, &step)).map_err(TurnError::Keep)?;
        if !step.text.starts_with(&said) {
            said = String::new(); // what was heard of a refused answer is not part of it
        }
        let rest = &step.text[said.len()..];
        if !rest.is_empty() {
            let _gone = (witness.watch)(Event::Text(rest)); // the turn is over either way
        }
        let outcome = step.outcome.unwrap_or(Outcome::Partial);
        Ok(Reply { text: step.text, calls, outcome })
    }
}

/// An answer, as it is kept.
pub(crate) fn kept(answer: Answer, outcome: Option<Outcome>) -> ModelStep {
    let Answer { content, text, model, model_version, .. } = answer;
    ModelStep { content: Some(content), text, model, model_version, outcome }
}

/// The answer that ends a turn. Calls in it did not run, so its content is not echoed then.
fn last_step(answer: Answer, asks: bool, words: &Words) -> ModelStep {
    let dangling = !answer.calls.is_empty();
    let finish = answer.finish;
    let mut step = kept(answer, None);
    let (outcome, note) = match finish {
        Finish::Refused => (Outcome::Refused, words.refused),
        Finish::Truncated => (Outcome::Truncated, words.cut_off),
        Finish::Complete if dangling || (step.text.is_empty() && !asks) => (Outcome::Partial, words.too_many_steps),
        Finish::Complete => (Outcome::Complete, ""),
    };
    if dangling || outcome != Outcome::Complete || step.text.is_empty() {
        step.content = None;
    }
    step.text = match outcome {
        Outcome::Refused => note.into(),
        _ => format!("{}\n\n{note}", step.text).trim().into(),
    };
    step.outcome = Some(outcome);
    step
}

//! A turn that is over, shown again as if it ran now.

use assistant::{Language, Step, Texts, ToolCall, Turn, TurnEvent, TurnObserver, TurnOutcome, TurnReply};

/// Passes the steps of a turn to an observer. Nothing runs that a disconnected client could stop.
pub(crate) fn replay(turn: &Turn, observer: &dyn TurnObserver) {
    for step in &turn.steps {
        match step {
            Step::Model(step) => {
                let _gone = observer.observe(TurnEvent::RoundStarted);
                if !step.text.is_empty() {
                    let _gone = observer.observe(TurnEvent::Text(&step.text));
                }
            }
            Step::Tools(calls) => calls.iter().for_each(|call| show_call(call, observer)),
        }
    }
}

/// Passes a call and its end to an observer.
pub(crate) fn show_call(call: &ToolCall, observer: &dyn TurnObserver) {
    let ToolCall { id, name, arguments, .. } = call;
    let _gone = observer.observe(TurnEvent::CallStarted { id, name, arguments });
    let _gone = observer.observe(TurnEvent::CallEnded(call));
}

/// The reply of a turn that is over.
pub(crate) fn stored_reply(turn: Turn, language: Language) -> TurnReply {
    let outcome = turn.outcome().unwrap_or(TurnOutcome::Partial);
    let calls = turn.calls().cloned().collect();
    let text = match turn.steps.into_iter().next_back() {
        Some(Step::Model(step)) if step.outcome.is_some() => step.text,
        _ => Texts::of(language).interrupted.to_owned(),
    };
    TurnReply { text, calls, outcome }
}

//! What happens in a turn, and the trait for what receives it.

use std::cell::Cell;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::turn::ToolCall;

/// Something that happens in a turn.
#[derive(Debug, Clone, Copy)]
pub enum TurnEvent<'a> {
    /// The model is asked.
    RoundStarted,
    /// A piece of the assistant's text.
    Text(&'a str),
    /// A tool call starts.
    CallStarted {
        /// Unique within the turn.
        id: &'a str,
        /// Name of the tool.
        name: &'a str,
        /// Arguments of the call.
        arguments: &'a Map<String, Value>,
    },
    /// A tool call ended, or waits for the user's confirmation.
    CallEnded(&'a ToolCall),
}

/// Receives the events of a turn in order, for example to encode them as a stream.
pub trait TurnObserver {
    /// Whether text is wanted piece by piece while the model writes it.
    fn is_live(&self) -> bool;

    /// Receives one event. Breaks when the client has gone, so that the turn can stop.
    fn observe(&self, event: TurnEvent) -> ControlFlow<()>;
}

/// Passes events on until the observer breaks, and breaks from then on.
pub(crate) struct StoppableObserver<'a> {
    observer: &'a dyn TurnObserver,
    gone: Cell<bool>,
}

impl<'a> StoppableObserver<'a> {
    pub(crate) fn new(observer: &'a dyn TurnObserver) -> Self {
        Self { observer, gone: Cell::new(false) }
    }
}

impl TurnObserver for StoppableObserver<'_> {
    fn is_live(&self) -> bool {
        self.observer.is_live()
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        self.gone.set(self.gone.get() || self.observer.observe(event).is_break());
        if self.gone.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

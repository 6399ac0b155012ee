//! Which calls run at once and which need the user's confirmation first. The rule depends on the user's latest message alone,
//! never on what a model or a tool result says. A call runs at once if it
//! 1. reads, or
//! 2. is harmless and can be undone: it adds, completes, reopens, dates, tags or moves, and no more than three such acts are made
//!    in the turn, or
//! 3. is exactly what the user's whole message asks for, as the offline assistant understands it.
//!
//! Everything else waits for a confirmation, and so do several deletions or changes of texts. What is undone need not be
//! harmless, so an undo runs only where the message asks to undo.

use serde_json::{Map, Value};

use crate::model::{ToolDeclaration, ToolRequest};
use crate::offline::SpokenOrder;
use crate::tool_names::{
    ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, LIST_TASKS, UNDO, UPDATE_TASK,
};

/// So many harmless acts may be made in a turn although the message does not ask for them.
const MAX_UNASKED: usize = 3;

/// Members of a task that hold no text of the user's: to set them can be undone, and loses little.
const MARKS: [&str; 11] = [
    "task_id",
    "completed",
    "priority",
    "due",
    "repeat",
    "repeat_from",
    "remind",
    "tags",
    "list",
    "position",
    "parent",
];

/// What a call does to tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// Reads.
    Read,
    /// Adds something.
    Add,
    /// Completes, reopens, dates, tags or moves a task.
    Mark,
    /// Overwrites a text of a task.
    Change,
    /// Undoes a change, whatever that was.
    Undo,
    /// Deletes a task.
    Delete,
    /// Something else that its server declares destructive.
    Destructive,
}

impl CallKind {
    /// The kind of a call of the tool `name`; `reads` and `destructive` are what its server declares.
    pub(crate) fn of(name: &str, arguments: &Map<String, Value>, reads: bool, destructive: bool) -> Self {
        let marks = |(name, value): (&String, &Value)| value.is_null() || MARKS.contains(&name.as_str());
        match name {
            DELETE_TASK => Self::Delete,
            UPDATE_TASK if !arguments.iter().all(marks) => Self::Change,
            UPDATE_TASK | COMPLETE_TASK | COMPLETE_TASKS => Self::Mark,
            ADD_TASK | ADD_TASKS => Self::Add,
            UNDO => Self::Undo,
            LIST_TASKS => Self::Read,
            _ if destructive => Self::Destructive,
            _ if reads => Self::Read,
            _ => Self::Add,
        }
    }

    /// The kind of a request for this tool.
    pub(crate) fn of_request(request: &ToolRequest, tool: &ToolDeclaration) -> Self {
        Self::of(&request.name, &request.arguments, tool.reads, tool.destructive)
    }

    /// Whether a call of this kind loses nothing and can be undone.
    pub(crate) fn is_harmless(self) -> bool {
        matches!(self, Self::Add | Self::Mark)
    }
}

/// Whether a call of this kind may run at once. `alike` counts the calls of its kind in the turn, this one included, and
/// `unasked` the harmless ones of all kinds that the message does not ask for. `asked`: the message asks for just this call.
pub(crate) fn runs_at_once(kind: CallKind, order: &SpokenOrder, asked: bool, alike: usize, unasked: usize) -> bool {
    match kind {
        CallKind::Read => true,
        CallKind::Add | CallKind::Mark => asked || (unasked <= MAX_UNASKED && !order.forbids()),
        CallKind::Undo => asked && alike <= MAX_UNASKED,
        CallKind::Change | CallKind::Delete => asked && alike == 1,
        CallKind::Destructive => false,
    }
}

/// A task's number in the arguments of a call.
pub(crate) fn task_id(call: &ToolRequest) -> Option<i64> {
    call.arguments.get("task_id")?.as_i64()
}

#[cfg(test)]
mod tests;
